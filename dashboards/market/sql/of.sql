{{- /* How many jobs each field holds, and how many of them have an ad with a text. */ -}}
SELECT coalesce(o.domain, 'other') AS domain, count(DISTINCT o.job_id) AS jobs,
       count(DISTINCT CASE WHEN {{template "text" "p.text"}} THEN o.job_id END) AS texts
FROM openings AS o JOIN postings AS p ON p.posting_id = o.posting_id
WHERE {{template "counted" .}}
GROUP BY coalesce(o.domain, 'other') ORDER BY domain
