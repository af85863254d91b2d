{{- /* A job belongs to the source that showed it first. */ -}}
WITH firsts AS (
  {{template "firsts" .}}
), homes AS (
  SELECT o.job_id, min(o.source) AS source
  FROM openings AS o JOIN firsts AS f ON f.job_id = o.job_id AND f.first_day = o.open_from
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
)
SELECT h.source, CAST(date_trunc('{{.Bucket}}', f.first_day) AS DATE) AS day, f.domain, count(*) AS n
FROM firsts AS f JOIN homes AS h ON h.job_id = f.job_id
GROUP BY h.source, CAST(date_trunc('{{.Bucket}}', f.first_day) AS DATE), f.domain
ORDER BY source, day, domain
