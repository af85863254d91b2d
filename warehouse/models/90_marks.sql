-- What makes a step in a line no news: a crawl that failed, a source that is new
-- or watched no more (as the view panel says), another version of what reads or judges.
--
-- A pause of some issues, or of some crawls, is no news: what is open stays open
-- over it.
DELETE FROM store.marks;
INSERT INTO store.marks BY NAME
WITH stretch AS (
    SELECT *, from_day - lag(to_day) OVER w AS pause, lead(from_day) OVER w AS next, max(to_day) OVER () AS newest
    FROM main.panel WINDOW w AS (PARTITION BY source ORDER BY from_day)
)
SELECT CAST(started_at AS DATE) AS day, source, 'crawl' AS kind,
       CASE outcome WHEN 'failed' THEN 'The crawl failed' WHEN 'forbidden' THEN 'The crawl was forbidden'
            ELSE 'The crawl was incomplete' END
       || coalesce(': ' || error, '') || CASE WHEN error LIKE '%closes nothing%' THEN '.' ELSE '; nothing closes by it.' END AS text,
       simulated
FROM store.crawls WHERE NOT complete
UNION ALL
SELECT from_day, source, 'source',
       'The source is watched from here on' || coalesce(', after ' || CAST(pause AS VARCHAR) || ' days in which it was not', '') || '.', simulated
FROM stretch WHERE pause IS NULL OR pause > 90
UNION ALL
SELECT to_day, source, 'end', 'The source is not watched from here on' || coalesce(', until ' || CAST(next AS VARCHAR), '') || '.', simulated
FROM stretch WHERE CASE WHEN next IS NULL THEN newest - to_day ELSE next - to_day END > 90
UNION ALL
SELECT CAST(min(fetched_at) AS DATE), NULL, 'parser',
       'Pages of kind ' || kind || ' are read by version ' || parser_version || ' of the parser.', bool_or(simulated)
FROM store.pages
WHERE kind IS NOT NULL AND parser_version > 0
GROUP BY kind, parser_version
QUALIFY parser_version > min(parser_version) OVER (PARTITION BY kind)
UNION ALL
SELECT CAST(since AS DATE), NULL, part, 'The ' || part || ' works in version ' || version || ' from here on.',
       (SELECT coalesce(bool_or(simulated), false) FROM store.sources)
FROM (SELECT *, row_number() OVER (PARTITION BY part ORDER BY since) AS n FROM store.versions)
WHERE n > 1;
