SELECT e.employer_id, coalesce(e.employer, ''), (SELECT coalesce(bool_or(agency), false) FROM store.employer_keys AS k WHERE k.employer_id = e.employer_id)
FROM store.employers AS e
WHERE e.employer_id = $1 OR e.employer_id = (SELECT employer_id FROM store.nodes WHERE posting_id = $1)
ORDER BY e.employer_id <> $1
LIMIT 1
