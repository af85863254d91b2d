SELECT c.source, count(*)
FROM store.employer_keys AS k
JOIN store.current AS c ON c.employer_key = k.employer_key AND c.employer_host IS NOT DISTINCT FROM k.host
JOIN store.sources AS s ON s.source = c.source AND s.mode = 'feed'
WHERE k.employer_id = $1
GROUP BY c.source
ORDER BY c.source
