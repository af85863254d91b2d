-- The number that an employer or its board gives an opening, which several ads of
-- it share.
ALTER TABLE store.features ADD COLUMN opening_key VARCHAR;
ALTER TABLE store.nodes ADD COLUMN opening_key VARCHAR;
