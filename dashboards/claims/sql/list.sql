{{template "ads" .}}
SELECT a.posting_id, max(a.hit) AS hit, a.domain, a.employer, a.title, a.source, min(a.open_from) AS open_from, p.url, p.link
FROM ads AS a JOIN postings AS p ON p.posting_id = a.posting_id
{{- if .HitsOnly}}
WHERE a.hit = 1{{if .HasRival}} OR a.rival = 1{{end}}{{end}}
GROUP BY a.posting_id, a.domain, a.employer, a.title, a.source, p.url, p.link
ORDER BY hit DESC, a.domain, a.employer, a.title, a.posting_id
