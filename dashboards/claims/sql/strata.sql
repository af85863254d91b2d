{{template "ads" .}}, units AS (
  SELECT unit, domain, min(employer_id) AS employer_id, max(hit) AS hit FROM ads GROUP BY unit, domain
), {{template "homes"}}
SELECT h.source, u.employer_id, coalesce(u.domain, 'other') AS domain, u.hit, count(*) AS n
FROM units AS u JOIN homes AS h ON h.unit = u.unit
GROUP BY h.source, u.employer_id, coalesce(u.domain, 'other'), u.hit
ORDER BY source, employer_id, domain, u.hit
