-- The places that a title names, by which a sales territory is told from another.
ALTER TABLE store.features ADD COLUMN title_place_key VARCHAR;
ALTER TABLE store.nodes ADD COLUMN title_places VARCHAR;

-- Who wrote a forum's ad: names that one person signs may be one employer's.
ALTER TABLE store.current ADD COLUMN author VARCHAR;
