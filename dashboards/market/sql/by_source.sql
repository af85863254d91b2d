{{- /* How many jobs each source brought in all, and of those that count as open: a job belongs to the source that showed it first. */ -}}
WITH {{template "firsts" .}}, opened AS (
  SELECT DISTINCT o.job_id FROM openings AS o WHERE {{template "open" date .On}} AND {{template "counted" .}}
)
SELECT h.source, count(*) AS jobs, count(n.job_id) AS open_now
FROM homes AS h LEFT JOIN opened AS n ON n.job_id = h.job_id
GROUP BY h.source ORDER BY jobs DESC, h.source
