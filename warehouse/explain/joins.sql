SELECT j.rule, coalesce(j.what, ''), j.key_one, coalesce(j.host_one, ''), j.key_two, coalesce(j.host_two, ''), j.posting_id,
       coalesce(c.title, ''), coalesce(c.company, ''), c.source
FROM store.employer_joins AS j JOIN store.current AS c USING (posting_id)
WHERE j.employer_id = $1
ORDER BY ALL
