SELECT CAST(date_trunc('{{.Bucket}}', g.seen_at) AS DATE) AS day, count(DISTINCT g.source) AS n
FROM sightings AS g JOIN sources AS s ON s.source = g.source
WHERE coalesce(s.selects, '') = ''
GROUP BY CAST(date_trunc('{{.Bucket}}', g.seen_at) AS DATE)
ORDER BY day
