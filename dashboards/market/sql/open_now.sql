SELECT {{template "cluster"}} AS employer_id, coalesce(o.domain, 'other') AS domain, count(DISTINCT o.job_id) AS n
FROM openings AS o
WHERE {{template "open" date .On}} AND {{template "counted" .}}
GROUP BY {{template "cluster"}}, coalesce(o.domain, 'other')
ORDER BY employer_id, domain
