SELECT s.seen_at, s.digest, coalesce(g.url, ''), coalesce(g.archive, ''), coalesce(g.archive_offset, 0), coalesce(g.archive_length, 0),
       coalesce(g.parser_version, 0), s.ordinal
FROM sightings AS s LEFT JOIN pages AS g ON g.page_id = s.page_id
WHERE s.posting_id = $1
ORDER BY s.seen_at, s.fetched_at
LIMIT 200
