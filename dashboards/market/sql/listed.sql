{{- /* The jobs that charts count, newest first. */ -}}
SELECT o.job_id, max(coalesce(o.title, '')) AS title, max(coalesce(o.employer, '')) AS employer, min(coalesce(o.domain, 'other')) AS domain, min(o.source) AS source,
       min(o.open_from) AS first_day, max(coalesce(o.closed_after, o.open_from)) AS last_day, max(coalesce(p.url, '')) AS url, max(coalesce(p.link, '')) AS link,
       max(coalesce(o.country, '')) AS country, max(coalesce(o.remote, '')) AS remote, max(coalesce(o.seniority, '')) AS seniority
FROM openings AS o JOIN postings AS p ON p.posting_id = o.posting_id
WHERE {{template "counted" .}}
GROUP BY o.job_id
ORDER BY first_day DESC, employer, title, o.job_id
