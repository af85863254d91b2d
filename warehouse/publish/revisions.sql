-- The stock of jobs on the last day of every month by domain, over the sources
-- that do not select on the answer, wherever it is another number than the one
-- last published.
INSERT INTO store.revisions BY NAME
WITH bounds AS (
    SELECT date_trunc('month', min(open_from)) AS from_day, (SELECT CAST(max(fetched_at) AS DATE) FROM store.sightings) AS to_day
    FROM openings
), months AS (
    SELECT last_day(CAST(m AS DATE)) AS day
    FROM (SELECT unnest(generate_series(CAST(from_day AS TIMESTAMP), CAST(to_day AS TIMESTAMP), INTERVAL 1 MONTH)) AS m, to_day FROM bounds)
    WHERE last_day(CAST(m AS DATE)) <= to_day
), open AS (
    SELECT job_id, domain, market_role, open_from, open_to
    FROM openings WHERE selects IS NULL AND is_job AND domain IS NOT NULL
), counted AS (
    SELECT 'stock of jobs, core' AS measure, o.domain AS part, m.day, count(DISTINCT o.job_id) AS value
    FROM months AS m JOIN open AS o ON o.open_from <= m.day AND coalesce(o.open_to, DATE '9999-12-31') > m.day
    WHERE o.market_role = 'core'
    GROUP BY ALL
), told AS (
    SELECT measure, part, day, arg_max(value, known_at) AS value FROM store.revisions GROUP BY ALL
)
SELECT coalesce(c.measure, t.measure) AS measure, coalesce(c.part, t.part) AS part, coalesce(c.day, t.day) AS day,
       coalesce(c.value, 0)::DOUBLE AS value, $1::TIMESTAMP AS known_at,
       (SELECT string_agg(part || ' ' || version, ', ' ORDER BY part)
        FROM (SELECT part, arg_max(version, since) AS version FROM store.versions GROUP BY part)) AS versions
FROM counted AS c
FULL JOIN told AS t ON t.measure = c.measure AND t.part = c.part AND t.day = c.day
WHERE coalesce(c.value, 0) IS DISTINCT FROM t.value;
