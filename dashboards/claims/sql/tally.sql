{{template "ads" .}}, units AS (
  SELECT unit, domain, min(employer_id) AS employer_id, max(hit) AS hit, max(rival) AS rival
  FROM ads GROUP BY unit, domain
)
SELECT employer_id, coalesce(domain, 'other') AS domain, hit, rival, count(*) AS n
FROM units
GROUP BY employer_id, coalesce(domain, 'other'), hit, rival
ORDER BY employer_id, domain, hit, rival
