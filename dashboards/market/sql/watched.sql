{{- /* Over which stretches sources were watched that charts count, up to the day that is measured. */ -}}
SELECT p.source, p.from_day, CASE WHEN p.to_day > {{date .On}} THEN {{date .On}} ELSE p.to_day END AS to_day, p.known_to
FROM panel AS p
WHERE p.from_day <= {{date .On}} AND p.source IN (SELECT o.source FROM openings AS o WHERE {{template "counted" .}})
ORDER BY p.source, p.from_day
