SELECT DISTINCT p.a, p.b, p.rule, p.score, p.gap_days, p.similarity
FROM store.pairs AS p
WHERE p.a IN (SELECT posting_id FROM store.blocks WHERE block_id = (SELECT block_id FROM store.blocks WHERE posting_id = $1))
ORDER BY p.score DESC, p.a, p.b
