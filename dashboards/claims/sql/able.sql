{{- /* What each source can show: its ads, those with more text than a line, and those that are as the subject says, of whatever field, language and time. */ -}}
SELECT o.source, count(DISTINCT o.posting_id) AS ads,
       count(DISTINCT CASE WHEN {{template "text" "p.text"}} THEN o.posting_id END) AS texts,
       count(DISTINCT CASE WHEN 1 = 1{{template "subject" .Subject}} THEN o.posting_id END) AS hits
FROM openings AS o JOIN postings AS p ON p.posting_id = o.posting_id
WHERE o.is_job
GROUP BY o.source ORDER BY o.source
