-- An employer's names are told apart by the site that their ads lead to: two may bear
-- one name. host_stated: the ad itself states the site, and not only leads there.
ALTER TABLE store.current ADD COLUMN host_stated BOOLEAN;
CREATE OR REPLACE TABLE store.employer_keys AS
SELECT employer_key, CAST(NULL AS VARCHAR) AS host, employer_id, agency FROM store.employer_keys LIMIT 0;
COMMENT ON TABLE store.employer_keys IS 'The names under which each employer advertises, as keys, and the sites that their ads lead to.';

CREATE TABLE store.employer_joins (
    employer_id VARCHAR,
    rule        VARCHAR,
    what        VARCHAR,
    key_one     VARCHAR,
    host_one    VARCHAR,
    key_two     VARCHAR,
    host_two    VARCHAR,
    posting_id  VARCHAR
);
COMMENT ON TABLE store.employer_joins IS 'Why two names, or one at two sites, are one employer: rule (name, site, board, link, author), what they have in common beyond it, and an ad that shows it.';
