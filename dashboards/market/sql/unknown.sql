{{- /* Ads that were open when they were last seen, and of which nothing is known on the day. */ -}}
SELECT count(DISTINCT o.job_id) AS jobs, count(DISTINCT o.source) AS sources, max(o.closed_after) AS last_day
FROM openings AS o
WHERE o.open_from <= {{date .On}} AND o.open_to IS NULL AND o.watched_to < {{date .On}} AND {{template "counted" .}}
