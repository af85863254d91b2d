{{- /* How many jobs each source showed in all, and of those that count as open. */ -}}
SELECT o.source, count(DISTINCT o.job_id) AS jobs, count(DISTINCT CASE WHEN {{template "open" date .On}} THEN o.job_id END) AS open_now
FROM openings AS o
WHERE {{template "counted" .}}
GROUP BY o.source ORDER BY jobs DESC, o.source
