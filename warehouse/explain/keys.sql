SELECT coalesce(n.employer_id, ''), coalesce(n.title_key, ''), coalesce(n.places, ''), coalesce(n.link_key, ''), coalesce(n.url_key, ''), coalesce(n.opening_key, ''),
       coalesce(n.text_hash, ''), coalesce(n.mode, ''), coalesce(n.agency, false),
       coalesce(n.band0, 0), coalesce(n.band1, 0), coalesce(n.band2, 0), coalesce(n.band3, 0),
       coalesce(n.band4, 0), coalesce(n.band5, 0), coalesce(n.band6, 0), coalesce(n.band7, 0),
       coalesce(p.text, ''), (SELECT coalesce(max(CAST(value AS DOUBLE)), 0) FROM store.meta WHERE name = 'window_days')
FROM store.nodes AS n JOIN store.postings AS p ON p.posting_id = n.posting_id AND p.digest = n.digest
WHERE n.posting_id = $1
