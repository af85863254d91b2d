SELECT min(o.open_from) AS first_day, max(coalesce(o.closed_after, o.open_from)) AS last_day,
       count(DISTINCT o.job_id) AS jobs, count(DISTINCT o.posting_id) AS postings, count(DISTINCT o.employer_id) AS employers,
       count(DISTINCT CASE WHEN o.employer_id IS NULL THEN o.job_id END) AS unknown
FROM openings AS o WHERE {{template "counted" .}}
