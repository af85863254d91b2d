{{- /* How much each source showed, whether another had shown it before or not. */ -}}
{{template "ads" .}}
SELECT source, count(DISTINCT unit) AS n FROM ads GROUP BY source ORDER BY source
