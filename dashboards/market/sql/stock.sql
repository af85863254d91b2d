WITH days AS (
  {{- range $i, $d := .Days}}{{if $i}} UNION ALL{{end}}
  SELECT {{date $d}} AS day{{end}}
)
SELECT d.day, coalesce(o.domain, 'other') AS domain, count(DISTINCT o.job_id) AS n
FROM days AS d, openings AS o
WHERE {{template "open" "d.day"}} AND {{template "counted" .}}
GROUP BY d.day, coalesce(o.domain, 'other')
ORDER BY d.day, domain
