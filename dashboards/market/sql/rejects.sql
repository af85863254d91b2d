{{- /* What could not be read, by reason, with one of them for an example. */ -}}
SELECT source, reason, field, n, url, place, excerpt FROM (
  SELECT source, reason, coalesce(field, '') AS field, url, place, excerpt,
         count(*) OVER (PARTITION BY source, reason, coalesce(field, '')) AS n,
         row_number() OVER (PARTITION BY source, reason, coalesce(field, '') ORDER BY url, place, excerpt) AS nth
  FROM rejects
) AS numbered
WHERE nth = 1 ORDER BY n DESC, source, reason, field LIMIT 200
