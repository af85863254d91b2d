SELECT coalesce(o.employer_id, o.job_id) AS employer_id, coalesce(o.domain, 'other') AS domain, count(DISTINCT o.job_id) AS n
FROM openings AS o
WHERE o.open_from <= {{date .On}} AND (o.open_to IS NULL OR o.open_to > {{date .On}}) AND {{template "counted" .}}
GROUP BY coalesce(o.employer_id, o.job_id), coalesce(o.domain, 'other')
ORDER BY employer_id, domain
