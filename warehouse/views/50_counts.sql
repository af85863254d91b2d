-- What is counted, in the unit and by the part that is asked for. Each is called
-- like a table: FROM flow(unit := 'postings', by := 'country', every := 'week').
--
-- unit   jobs, postings, employers, and for flow sightings
-- by     all, domain, source, country, remote, seniority, language (that an ad
--        names: an ad counts in each of its languages); an unknown part is NULL
-- every  day, week (from Monday), month, quarter, year
-- role   core, some (core too), any: what the market's language is to the work
-- Sources that select on the answer are left out, unless selecting is true.

-- The rows of openings that count, with their part.
CREATE OR REPLACE MACRO main.counted_openings(unit, "by", role, selecting) AS TABLE
SELECT o.posting_id, o.source, o.mode, o.open_from, o.open_to, o.watched_to, o.simulated,
       CASE unit WHEN 'jobs' THEN o.job_id WHEN 'postings' THEN o.posting_id WHEN 'employers' THEN o.employer_id WHEN 'sightings' THEN o.posting_id
            ELSE error('unit is jobs, postings, employers or sightings, and not ' || coalesce(unit, 'NULL')) END AS counted,
       CASE "by" WHEN 'all' THEN 'all' WHEN 'domain' THEN o.domain WHEN 'source' THEN o.source WHEN 'country' THEN o.country
            WHEN 'remote' THEN o.remote WHEN 'seniority' THEN o.seniority WHEN 'language' THEN m.term
            ELSE error('by is all, domain, source, country, remote, seniority or language, and not ' || coalesce("by", 'NULL')) END AS part
FROM main.openings AS o
LEFT JOIN (SELECT posting_id, term FROM main.mentions WHERE kind = 'language' AND "by" = 'language') AS m USING (posting_id)
WHERE o.is_job AND (o.selects IS NULL OR selecting)
  AND CASE role WHEN 'core' THEN o.market_role = 'core' WHEN 'some' THEN o.market_role IN ('core', 'some') WHEN 'any' THEN true
      ELSE error('role is core, some or any, and not ' || coalesce(role, 'NULL')) END;
COMMENT ON MACRO TABLE main.counted_openings IS 'The rows of openings that flow and stock count, each with what is counted and its part.';

CREATE OR REPLACE MACRO main.flow(unit := 'jobs', "by" := 'all', every := 'month', role := 'core', selecting := false) AS TABLE
WITH counted AS (
    SELECT * FROM main.counted_openings(unit, "by", role, selecting)
), firsts AS (
    SELECT c.part, c.counted, min(c.open_from) AS day, bool_or(c.simulated) AS simulated
    FROM counted AS c JOIN (SELECT source, CAST(first_seen AS DATE) AS begun FROM main.sources) AS s USING (source)
    WHERE unit <> 'sightings' AND c.counted IS NOT NULL
    GROUP BY c.part, c.counted
    HAVING NOT bool_or(c.mode = 'feed' AND c.open_from <= s.begun)
), seen AS (
    SELECT c.part, CAST(g.seen_at AS DATE) AS day, c.simulated
    FROM (SELECT DISTINCT posting_id, part, simulated FROM counted WHERE unit = 'sightings') AS c JOIN main.sightings AS g USING (posting_id)
)
SELECT CAST(date_trunc(every, day) AS DATE) AS period, part, count(*) AS n, bool_or(simulated) AS simulated
FROM (SELECT part, day, simulated FROM firsts UNION ALL SELECT part, day, simulated FROM seen)
GROUP BY ALL
ORDER BY ALL;
COMMENT ON MACRO TABLE main.flow IS 'flow(unit, by, every): what was first seen in each period, and of sightings all that were made. What a board showed at its first crawl is new to us and not new: it is in no flow.';

CREATE OR REPLACE MACRO main.stock(unit := 'jobs', "by" := 'all', every := 'month', role := 'core', selecting := false) AS TABLE
WITH last AS (
    SELECT CAST(max(last_seen) AS DATE) AS day FROM main.sources
), open AS (
    SELECT c.part, c.counted, c.simulated,
           -- The first day of a period on which it is open, and the day after the last.
           CAST(CASE WHEN date_trunc(every, c.open_from) = c.open_from THEN c.open_from
                     ELSE date_trunc(every, c.open_from) + CAST('1 ' || every AS INTERVAL) END AS DATE) AS from_day,
           least(coalesce(c.open_to, c.watched_to + 1, last.day + 1), last.day + 1) AS to_day
    FROM main.counted_openings(unit, "by", role, selecting) AS c, last
    WHERE c.counted IS NOT NULL
      AND (unit <> 'sightings' OR error('a sighting is of one moment and has no stock: ask flow, or count postings'))
), days AS (
    SELECT part, counted, simulated,
           unnest(generate_series(CAST(from_day AS TIMESTAMP), to_day - INTERVAL 1 DAY, CAST('1 ' || every AS INTERVAL))) AS on_day
    FROM open WHERE from_day < to_day
)
SELECT CAST(on_day AS DATE) AS day, part, count(DISTINCT counted) AS n, bool_or(simulated) AS simulated
FROM days
GROUP BY ALL
ORDER BY ALL;
COMMENT ON MACRO TABLE main.stock IS 'stock(unit, by, every): what is known to be open on the first day of each period, up to the last day on which a source was seen. What a feed showed at its last complete crawl is known for 30 days after it.';

-- A change of a domain's share is what happened within the sources, and what the
-- mix of sources did. With w the weight of a source in a period and p the share of
-- the domain in it, the share is sum(w * p), and its change is
--   sum(mean(w) * change of p)  within: what the sources that were there show
-- + sum(change of w * mean(p))  mix: sources that grew, shrank, came or went
-- (E. M. Kitagawa, Components of a Difference Between Two Rates, JASA 50, 1955). A
-- source that shows nothing in one of the two periods has no share in it, and
-- counts to the mix whole. A job belongs to the source that showed it first.
CREATE OR REPLACE MACRO main.share_changes(every := 'quarter', role := 'core', selecting := false) AS TABLE
WITH counted AS (
    SELECT c.counted, c.part AS domain, c.source, c.open_from, c.simulated, c.mode = 'feed' AND c.open_from <= s.begun AS old
    FROM main.counted_openings('jobs', 'domain', role, selecting) AS c
    JOIN (SELECT source, CAST(first_seen AS DATE) AS begun FROM main.sources) AS s USING (source)
), firsts AS (
    SELECT coalesce(any_value(domain), 'other') AS domain, arg_min(source, row(open_from, source)) AS source,
           CAST(date_trunc(every, min(open_from)) AS DATE) AS period, bool_or(simulated) AS simulated
    FROM counted GROUP BY counted HAVING NOT bool_or(old)
), cell AS (
    SELECT period, source, domain, count(*) AS n FROM firsts GROUP BY ALL
), total AS (
    SELECT period, sum(n) AS jobs FROM cell GROUP BY period
), step AS (
    SELECT period, jobs, lag(period) OVER (ORDER BY period) AS before, lag(jobs) OVER (ORDER BY period) AS jobs_before FROM total
), weight AS (
    SELECT period, source, sum(n) AS n FROM cell GROUP BY ALL
), stratum AS (
    SELECT s.period, s.before, s.jobs, s.jobs_before, d.domain, w.source,
           coalesce(v.n, 0) / s.jobs_before AS w0, coalesce(u.n, 0) / s.jobs AS w1,
           coalesce(x.n, 0) / v.n AS p0, coalesce(y.n, 0) / u.n AS p1
    FROM step AS s
    JOIN (SELECT DISTINCT period, source FROM (SELECT period, source FROM weight
          UNION ALL SELECT t.period, w.source FROM step AS t JOIN weight AS w ON w.period = t.before)) AS w ON w.period = s.period
    CROSS JOIN (SELECT DISTINCT domain FROM cell) AS d
    LEFT JOIN weight AS v ON v.period = s.before AND v.source = w.source
    LEFT JOIN weight AS u ON u.period = s.period AND u.source = w.source
    LEFT JOIN cell AS x ON x.period = s.before AND x.source = w.source AND x.domain = d.domain
    LEFT JOIN cell AS y ON y.period = s.period AND y.source = w.source AND y.domain = d.domain
    WHERE s.before IS NOT NULL
)
SELECT period, before, domain, CAST(any_value(jobs_before) AS BIGINT) AS jobs_before, CAST(any_value(jobs) AS BIGINT) AS jobs,
       sum(w0 * coalesce(p0, 0)) AS share_before, sum(w1 * coalesce(p1, 0)) AS share,
       sum(CASE WHEN p0 IS NULL OR p1 IS NULL THEN 0 ELSE (w0 + w1) / 2 * (p1 - p0) END) AS within,
       sum(CASE WHEN p0 IS NULL THEN w1 * p1 WHEN p1 IS NULL THEN -w0 * p0 ELSE (w1 - w0) * (p0 + p1) / 2 END) AS mix,
       sum(w1 * coalesce(p1, 0)) - sum(w0 * coalesce(p0, 0)) AS total,
       (SELECT bool_or(simulated) FROM firsts) AS simulated
FROM stratum
GROUP BY period, before, domain
ORDER BY period, domain;
COMMENT ON MACRO TABLE main.share_changes IS 'share_changes(every): each domain''s share of the new jobs, what it changed by since the period before, and how much of that happened within sources and how much by the mix of sources (Kitagawa 1955); within + mix = total.';
