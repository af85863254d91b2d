SELECT posting_id, term, coalesce(evidence, '') AS evidence
FROM mentions WHERE posting_id IN {{list .IDs}} AND term IN {{list .Terms}}
ORDER BY posting_id, term
