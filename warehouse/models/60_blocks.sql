-- Blocks: postings that pairs connect. Affected are those in which a posting or a
-- pair is another than before; the rest keep their jobs.
CREATE OR REPLACE TEMP TABLE affected AS
WITH stirred AS (
    SELECT posting_id FROM changed
    UNION SELECT posting_id FROM unpaired
    UNION SELECT one FROM pair_new
    UNION SELECT two FROM pair_new
), whole AS (
    SELECT posting_id FROM store.blocks
    SEMI JOIN (SELECT DISTINCT block_id FROM store.blocks SEMI JOIN stirred USING (posting_id)) USING (block_id)
    UNION SELECT posting_id FROM stirred
)
SELECT posting_id FROM whole;

-- Numbers stand for postings while the sums are done: the smaller, the earlier.
CREATE OR REPLACE TEMP TABLE vertex AS
SELECT n.* EXCLUDE (no, summary, band0, band1, band2, band3, band4, band5, band6, band7),
       CAST(row_number() OVER (ORDER BY from_at, posting_id) AS INTEGER) AS idx
FROM store.nodes AS n SEMI JOIN affected USING (posting_id);

-- A link or an address that leads from one employer's ad to another's outweighs their
-- names only where titles or texts agree: else it is a list of both, or was copied.
CREATE OR REPLACE TEMP TABLE pair_edge AS
WITH told AS (
    SELECT x.idx AS a, y.idx AS b, p.rule, p.score, p.gap_days, p.similarity, hash(row(p.a, p.b)) AS tie,
           coalesce(x.employer_id <> y.employer_id, false) AS crosses,
           titles_agree(x.title_key, y.title_key) OR coalesce(max(p.similarity) OVER (PARTITION BY p.a, p.b) >= 0.5, false) AS agrees
    FROM store.pairs AS p
    JOIN vertex AS x ON x.posting_id = p.a
    JOIN vertex AS y ON y.posting_id = p.b
), weighed AS (
    SELECT * REPLACE (CASE WHEN crosses AND NOT agrees THEN least(score, 60.0) ELSE score END AS score) FROM told
)
SELECT a, b, max(score) AS score, arg_max(rule, score) AS rule,
       arg_max(gap_days, score) AS gap_days, arg_max(similarity, score) AS similarity,
       any_value(tie) AS tie, -- settled by the ids, which no order of arrival can change
       any_value(crosses) AS crosses, any_value(agrees) AS agrees
FROM weighed
GROUP BY a, b;

CREATE OR REPLACE TEMP TABLE edge AS SELECT a, b FROM pair_edge;
