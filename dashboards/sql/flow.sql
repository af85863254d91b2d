WITH firsts AS (
  {{template "firsts" .}}
)
SELECT CAST(date_trunc('{{.Bucket}}', first_day) AS DATE) AS day, domain, count(*) AS n
FROM firsts
GROUP BY CAST(date_trunc('{{.Bucket}}', first_day) AS DATE), domain
ORDER BY day, domain
