{{template "ads" .}}, {{template "units" .}}
SELECT CAST(date_trunc('{{.Bucket}}', first_day) AS DATE) AS period, CAST(sum(hit) AS BIGINT) AS hits, count(*) AS n
FROM units
GROUP BY CAST(date_trunc('{{.Bucket}}', first_day) AS DATE)
ORDER BY period
