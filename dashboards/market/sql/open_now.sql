SELECT {{template "cluster"}} AS employer_id, {{template "known"}} AS known, coalesce(o.domain, 'other') AS domain, count(DISTINCT o.job_id) AS n
FROM openings AS o
WHERE {{template "open" date .On}} AND {{template "counted" .}}
GROUP BY {{template "cluster"}}, {{template "known"}}, coalesce(o.domain, 'other')
ORDER BY employer_id, domain
