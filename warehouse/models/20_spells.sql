-- When each posting was open.
--
-- Feeds list all that is open. A posting opens with its first sighting and stays
-- open until a complete crawl of its source does not show it: it closed between
-- the last sighting (closed_after) and that crawl (closed_by), and counts as open
-- up to the day of that crawl. A crawl that is incomplete shows what it shows and
-- closes nothing. A posting that is back after it was missed opens a new spell.
--
-- Periodicals print an ad once. Each sighting opens the source's lifetime;
-- intervals of one posting that touch are one.

-- Whose spells may have changed: postings that were seen anew, those that a new
-- crawl may close, and all of a source whose crawls came out of order or whose
-- mode or lifetime was changed.
CREATE OR REPLACE TEMP TABLE respell AS
WITH arrived AS (
    SELECT c.source, min(c.started_at) AS earliest
    FROM store.crawls AS c SEMI JOIN store.dirty_crawls USING (crawl_id)
    GROUP BY c.source
), known AS (
    SELECT c.source, max(c.started_at) AS latest
    FROM store.crawls AS c ANTI JOIN store.dirty_crawls USING (crawl_id)
    GROUP BY c.source
)
SELECT posting_id, CAST(row_number() OVER () AS INTEGER) AS n -- a number for the sums below
FROM (
    SELECT posting_id FROM touched
    UNION
    SELECT s.posting_id
    FROM store.spells AS s JOIN arrived USING (source) LEFT JOIN known USING (source)
    WHERE s.mode = 'feed' AND (s.censored OR known.latest IS NULL OR arrived.earliest <= known.latest)
    UNION
    SELECT c.posting_id FROM store.current AS c SEMI JOIN store.dirty_sources USING (source)
);

DELETE FROM store.spells WHERE posting_id IN (SELECT posting_id FROM respell);

-- Every crawl's place among the complete ones of its source: 2n for the n-th
-- complete crawl, 2n + 1 for an incomplete one after it.
CREATE OR REPLACE TEMP TABLE crawl_places AS
SELECT crawl_id, source, started_at, complete,
       CAST(2 * count(*) FILTER (complete) OVER w + CASE WHEN complete THEN 0 ELSE 1 END AS INTEGER) AS place
FROM store.crawls
WINDOW w AS (PARTITION BY source ORDER BY started_at, crawl_id ROWS UNBOUNDED PRECEDING);

-- An answer "unchanged" says that what the page held when it was last fetched
-- still stands there.
CREATE OR REPLACE TEMP TABLE unchanged AS
SELECT u.crawl_id, u.fetched_at, f.page_id AS held_by
FROM (SELECT * FROM store.pages WHERE outcome = 'unchanged') AS u
ASOF JOIN (SELECT * FROM store.pages WHERE outcome = 'fetched') AS f
ON f.source = u.source AND f.url = u.url AND u.fetched_at > f.fetched_at;

CREATE OR REPLACE TEMP TABLE presence AS
WITH seen AS (
    SELECT r.n, s.crawl_id, s.seen_at FROM store.sightings AS s JOIN respell AS r USING (posting_id)
    UNION ALL
    SELECT r.n, u.crawl_id, u.fetched_at
    FROM unchanged AS u JOIN store.sightings AS s ON s.page_id = u.held_by JOIN respell AS r ON r.posting_id = s.posting_id
)
SELECT s.n, p.place, min(s.seen_at) AS first_at, max(s.seen_at) AS last_at, min(p.started_at) AS first_crawl, max(p.started_at) AS last_crawl
FROM seen AS s
JOIN crawl_places AS p USING (crawl_id)
JOIN store.sources AS o ON o.source = p.source AND o.mode = 'feed'
GROUP BY s.n, p.place;

INSERT INTO store.spells BY NAME
WITH steps AS (
    -- A complete crawl lies strictly between two places when the next even place
    -- after the first is before the second.
    SELECT *, coalesce(2 * (lag(place) OVER w // 2) + 2 < place, true) AS opens
    FROM presence
    WINDOW w AS (PARTITION BY n ORDER BY place)
), numbered AS (
    SELECT *, count(*) FILTER (opens) OVER (PARTITION BY n ORDER BY place ROWS UNBOUNDED PRECEDING) AS spell
    FROM steps
), spans AS (
    SELECT n, spell, min(place) AS first_place, max(place) AS last_place, min(first_at) AS opened_by, max(last_at) AS closed_after,
           min(first_crawl) AS first_crawl, max(last_crawl) AS last_crawl
    FROM numbered
    GROUP BY n, spell
)
SELECT c.posting_id, c.source, 'feed' AS mode, s.spell,
       earlier.started_at AS opened_after, s.opened_by,
       s.closed_after, gone.started_at AS closed_by,
       s.first_crawl, CASE WHEN gone.started_at IS NOT NULL THEN s.last_crawl END AS last_crawl,
       CAST(s.opened_by AS DATE) AS open_from,
       CAST(gone.started_at AS DATE) AS open_to,
       gone.started_at IS NULL AS censored
FROM spans AS s
JOIN respell AS r USING (n)
JOIN store.current AS c ON c.posting_id = r.posting_id
LEFT JOIN crawl_places AS gone ON gone.source = c.source AND gone.complete AND gone.place = 2 * (s.last_place // 2) + 2
LEFT JOIN crawl_places AS earlier ON earlier.source = c.source AND earlier.complete AND earlier.place = 2 * ((s.first_place - 1) // 2);

INSERT INTO store.spells BY NAME
WITH printed AS (
    SELECT DISTINCT s.posting_id, s.source, CAST(s.seen_at AS DATE) AS day, greatest(coalesce(o.lifetime_days, 0), 1) AS lifetime
    FROM store.sightings AS s
    SEMI JOIN respell USING (posting_id)
    JOIN store.sources AS o ON o.source = s.source AND o.mode = 'periodical'
), steps AS (
    SELECT *, coalesce(lag(day) OVER w + lifetime < day, true) AS opens
    FROM printed
    WINDOW w AS (PARTITION BY posting_id ORDER BY day)
), numbered AS (
    SELECT *, count(*) FILTER (opens) OVER (PARTITION BY posting_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS spell
    FROM steps
)
SELECT posting_id, any_value(source) AS source, 'periodical' AS mode, spell,
       min(day) AS open_from, max(day) + any_value(lifetime) AS open_to, false AS censored
FROM numbered
GROUP BY posting_id, spell;

DROP TABLE unchanged;
DROP TABLE presence;
