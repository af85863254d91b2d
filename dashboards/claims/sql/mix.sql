{{template "ads" .}}, {{template "units" .}}, {{template "homes"}}
SELECT h.source, u.employer_id, CAST(date_trunc('{{.Bucket}}', u.first_day) AS DATE) AS period, CAST(sum(u.hit) AS BIGINT) AS hits, count(*) AS n
FROM units AS u JOIN homes AS h ON h.unit = u.unit
GROUP BY h.source, u.employer_id, CAST(date_trunc('{{.Bucket}}', u.first_day) AS DATE)
ORDER BY source, employer_id, period
