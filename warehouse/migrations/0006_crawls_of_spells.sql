-- The crawls of a feed that showed a posting first and last, by their start; the
-- latter is NULL while the posting is open. Two postings that no crawl and no two
-- crawls about each other showed at once may be one job, even where an incomplete
-- crawl leaves it open when the first of them closed.
ALTER TABLE store.spells ADD COLUMN first_crawl TIMESTAMP;
ALTER TABLE store.spells ADD COLUMN last_crawl TIMESTAMP;
