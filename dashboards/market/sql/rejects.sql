SELECT source, reason, coalesce(field, '') AS field, count(*) AS n, max(url) AS url, max(place) AS place, max(excerpt) AS excerpt
FROM rejects GROUP BY source, reason, coalesce(field, '') ORDER BY n DESC, source, reason LIMIT 200
