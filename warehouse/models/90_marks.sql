-- What makes a step in a line no news: a crawl that failed, a source that is new,
-- another version of what reads or judges.
DELETE FROM store.marks;
INSERT INTO store.marks BY NAME
SELECT CAST(started_at AS DATE) AS day, source, 'crawl' AS kind,
       CASE outcome WHEN 'failed' THEN 'The crawl failed' WHEN 'forbidden' THEN 'The crawl was forbidden'
            ELSE 'The crawl was incomplete' END
       || coalesce(': ' || error, '') || CASE WHEN error LIKE '%closes nothing%' THEN '.' ELSE '; nothing closes by it.' END AS text,
       simulated
FROM store.crawls WHERE NOT complete
UNION ALL
SELECT CAST(min(started_at) AS DATE), source, 'source', 'The source is crawled from here on.', bool_or(simulated)
FROM store.crawls GROUP BY source
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
