SELECT k.employer_key, coalesce(k.host, ''), coalesce(string_agg(DISTINCT c.company, '; ' ORDER BY c.company), ''),
       count(*), min(c.first_seen), max(c.last_seen)
FROM store.employer_keys AS k
JOIN store.current AS c ON c.employer_key = k.employer_key AND c.employer_host IS NOT DISTINCT FROM k.host
WHERE k.employer_id = $1
GROUP BY k.employer_key, k.host
ORDER BY count(*) DESC, k.employer_key, k.host
