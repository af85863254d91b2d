{{template "ads" .}}, {{template "units" .}}, {{template "homes"}}
SELECT h.source, u.employer_id, u.known, u.domain, u.hit, u.rival, count(*) AS n
FROM units AS u JOIN homes AS h ON h.unit = u.unit
GROUP BY h.source, u.employer_id, u.known, u.domain, u.hit, u.rival
ORDER BY u.employer_id, u.domain, u.hit, u.rival, h.source
