{{template "ads" .}}, units AS (
  SELECT unit, min(employer_id) AS employer_id, min(first_day) AS first_day, max(hit) AS hit
  FROM ads GROUP BY unit
)
SELECT CAST(date_trunc('{{.Bucket}}', first_day) AS DATE) AS period, CAST(sum(hit) AS BIGINT) AS hits, count(*) AS n
FROM units
GROUP BY CAST(date_trunc('{{.Bucket}}', first_day) AS DATE)
ORDER BY period
