-- Whether a name is an agency's, so that the ads of it that do not say so are
-- known for what they are.
ALTER TABLE store.employer_keys ADD COLUMN agency BOOLEAN DEFAULT false;
