{{- /* Over which stretches sources were watched that charts count. */ -}}
SELECT p.source, p.from_day, p.to_day, CASE WHEN p.mode = 'periodical' THEN coalesce(s.lifetime_days, 0) ELSE 30 END AS known_for
FROM panel AS p JOIN sources AS s ON s.source = p.source
WHERE p.source IN (SELECT o.source FROM openings AS o WHERE {{template "counted" .}})
ORDER BY p.source, p.from_day
