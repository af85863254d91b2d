SELECT j.posting_id
FROM job_postings AS j JOIN postings AS p ON p.posting_id = j.posting_id
WHERE j.job_id = (SELECT job_id FROM job_postings WHERE posting_id = $1)
ORDER BY p.first_seen, p.posting_id
