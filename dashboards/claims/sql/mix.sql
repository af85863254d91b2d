{{- /* A unit belongs to the source that showed it first. */ -}}
{{template "ads" .}}, units AS (
  SELECT unit, min(first_day) AS first_day, max(hit) AS hit FROM ads GROUP BY unit
), shown AS (
  SELECT unit, min(open_from) AS first_shown FROM ads GROUP BY unit
), homes AS (
  SELECT a.unit, min(a.source) AS source FROM ads AS a JOIN shown AS s ON s.unit = a.unit AND s.first_shown = a.open_from GROUP BY a.unit
)
SELECT h.source, CAST(date_trunc('{{.Bucket}}', u.first_day) AS DATE) AS period, CAST(sum(u.hit) AS BIGINT) AS hits, count(*) AS n
FROM units AS u JOIN homes AS h ON h.unit = u.unit
GROUP BY h.source, CAST(date_trunc('{{.Bucket}}', u.first_day) AS DATE)
ORDER BY source, period
