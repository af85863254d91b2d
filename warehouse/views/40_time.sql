-- Time: how long jobs stay open, over which stretches sources were watched, and
-- how far published numbers have moved.

-- Kaplan-Meier over the spells of feeds whose beginning was seen: those already
-- open at a source's first complete crawl have an unknown age and stay out. A
-- closing lies between two crawls, so there are two curves: as if every job had
-- closed right after it was last seen, and as if right before it was missed.
CREATE OR REPLACE VIEW main.lifetimes AS
WITH spell AS (
    SELECT j.domain,
           CAST(s.closed_after AS DATE) - s.open_from AS earliest,
           coalesce(CAST(s.closed_by AS DATE), CAST(s.closed_after AS DATE)) - s.open_from AS latest,
           NOT s.censored AS closed
    FROM store.spells AS s
    JOIN store.job_postings AS p USING (posting_id)
    JOIN store.jobs AS j ON j.job_id = p.job_id
    WHERE s.mode = 'feed' AND s.opened_after IS NOT NULL
), duration AS (
    SELECT domain, 'earliest' AS bound, earliest AS days, closed FROM spell
    UNION ALL SELECT domain, 'latest', latest, closed FROM spell
    UNION ALL SELECT 'all', 'earliest', earliest, closed FROM spell
    UNION ALL SELECT 'all', 'latest', latest, closed FROM spell
), step AS (
    SELECT domain, bound, days, count(*) AS leaving, count(*) FILTER (closed) AS closed
    FROM duration WHERE domain IS NOT NULL
    GROUP BY domain, bound, days
), risk AS (
    SELECT *, sum(leaving) OVER (PARTITION BY domain, bound ORDER BY days DESC) AS at_risk FROM step
)
SELECT domain, bound, days, CAST(at_risk AS BIGINT) AS at_risk, closed,
       product(1 - closed / at_risk) OVER (PARTITION BY domain, bound ORDER BY days) AS survival
FROM risk;
COMMENT ON VIEW main.lifetimes IS 'Kaplan-Meier estimate of how long postings of feeds stay open; jobs that are still open count as such. The median is the least days with survival <= 0.5; it lies between those of the two bounds.';
COMMENT ON COLUMN main.lifetimes.domain IS 'domain of the job, or all';
COMMENT ON COLUMN main.lifetimes.bound IS 'earliest: as if closed right after it was last seen; latest: as if closed by the crawl that missed it';
COMMENT ON COLUMN main.lifetimes.days IS 'days since it was first seen';
COMMENT ON COLUMN main.lifetimes.at_risk IS 'spells that were watched at least so long';
COMMENT ON COLUMN main.lifetimes.closed IS 'spells that closed at this age';
COMMENT ON COLUMN main.lifetimes.survival IS 'share of jobs open longer than so many days';

-- A feed is watched from a complete crawl to the next, a periodical from one
-- printing to the next, where they are no more than 45 days apart.
CREATE OR REPLACE VIEW main.panel AS
WITH watched AS (
    SELECT c.source, CAST(c.started_at AS DATE) AS day
    FROM store.crawls AS c JOIN store.sources AS s ON s.source = c.source AND s.mode = 'feed'
    WHERE c.complete
    UNION
    SELECT g.source, CAST(g.seen_at AS DATE)
    FROM store.sightings AS g JOIN store.sources AS s ON s.source = g.source AND s.mode = 'periodical'
), step AS (
    SELECT *, coalesce(day - lag(day) OVER w > 45, true) AS begins, day - lag(day) OVER w AS gap
    FROM watched WINDOW w AS (PARTITION BY source ORDER BY day)
), numbered AS (
    SELECT *, count(*) FILTER (begins) OVER (PARTITION BY source ORDER BY day ROWS UNBOUNDED PRECEDING) AS stretch FROM step
)
SELECT n.source, s.kind, s.mode, s.selects, min(n.day) AS from_day, max(n.day) AS to_day,
       max(n.day) + CASE s.mode WHEN 'feed' THEN main.known_days() ELSE greatest(coalesce(s.lifetime_days, 0) - 1, 0) END AS known_to, count(*) AS days,
       coalesce(max(n.gap) FILTER (NOT n.begins), 0) AS longest_gap, s.simulated
FROM numbered AS n JOIN store.sources AS s USING (source)
GROUP BY n.source, s.kind, s.mode, s.selects, s.lifetime_days, s.simulated, n.stretch;
COMMENT ON VIEW main.panel IS 'Stretches of time over which a source was watched without a gap of more than 45 days. The fixed panel of a period: the sources with from_day <= its first day and to_day >= its last.';
COMMENT ON COLUMN main.panel.kind IS 'kind of the source';
COMMENT ON COLUMN main.panel.mode IS 'feed or periodical';
COMMENT ON COLUMN main.panel.selects IS 'on what the source selects; NULL when on nothing';
COMMENT ON COLUMN main.panel.from_day IS 'first day of the stretch';
COMMENT ON COLUMN main.panel.to_day IS 'last day of the stretch';
COMMENT ON COLUMN main.panel.known_to IS 'last day of which the stretch tells what is open: feeds 30 days after its last complete crawl, periodicals the last on which an ad of its last day counts as open';
COMMENT ON COLUMN main.panel.days IS 'days with a complete crawl, or with something printed';
COMMENT ON COLUMN main.panel.longest_gap IS 'most days between two of them';

CREATE OR REPLACE VIEW main.revisions AS
SELECT r.*, first_value(value) OVER w AS first_value, value - first_value(value) OVER w AS moved,
       row_number() OVER (PARTITION BY measure, part, day ORDER BY known_at DESC) = 1 AS newest
FROM store.revisions AS r
WINDOW w AS (PARTITION BY measure, part, day ORDER BY known_at);
COMMENT ON VIEW main.revisions IS 'Published numbers each time they were published as another number than before, and how far they have moved since the first time.';
COMMENT ON COLUMN main.revisions.measure IS 'what was counted';
COMMENT ON COLUMN main.revisions.part IS 'domain';
COMMENT ON COLUMN main.revisions.day IS 'day that was measured';
COMMENT ON COLUMN main.revisions.value IS 'the number';
COMMENT ON COLUMN main.revisions.known_at IS 'when it was published, UTC';
COMMENT ON COLUMN main.revisions.versions IS 'versions of the classifier and of the merging rules at that time';
COMMENT ON COLUMN main.revisions.first_value IS 'the number as first published';
COMMENT ON COLUMN main.revisions.moved IS 'how far it has moved since';
COMMENT ON COLUMN main.revisions.newest IS 'true for the number as last published';

CREATE OR REPLACE VIEW main.about AS FROM store.meta;
COMMENT ON VIEW main.about IS 'What this file holds: data is real or simulated; known_at, where it is set, is the time up to which pages were taken into account.';
COMMENT ON COLUMN main.about.name IS 'name of the fact';
COMMENT ON COLUMN main.about.value IS 'the fact';
