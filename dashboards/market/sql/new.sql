WITH {{template "firsts" .}}
SELECT CAST(date_trunc('month', f.first_day) AS DATE) AS month, h.source, f.employer_id, f.known, f.domain,
       coalesce(f.country, '') AS country, coalesce(f.remote, '') AS remote, coalesce(f.seniority, '') AS seniority, count(*) AS n
FROM firsts AS f JOIN homes AS h ON h.job_id = f.job_id
WHERE f.old = 0
GROUP BY CAST(date_trunc('month', f.first_day) AS DATE), h.source, f.employer_id, f.known, f.domain, coalesce(f.country, ''), coalesce(f.remote, ''), coalesce(f.seniority, '')
ORDER BY month, source, employer_id, domain, country, remote, seniority
