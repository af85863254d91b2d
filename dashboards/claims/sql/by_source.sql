{{template "ads" .}}
SELECT source, count(DISTINCT unit) AS n, count(DISTINCT CASE WHEN hit = 1 THEN unit END) AS hits
FROM ads GROUP BY source ORDER BY source
