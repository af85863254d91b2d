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
-- names only where titles or texts agree: else it is a list of both, or was copied. An
-- address alone says less than a board's job: there the titles must be known.
CREATE OR REPLACE TEMP TABLE pair_edge AS
WITH told AS (
    SELECT x.idx AS a, y.idx AS b, max(p.score) AS score, arg_max(p.rule, p.score) AS rule,
           arg_max(p.gap_days, p.score) AS gap_days, arg_max(p.similarity, p.score) AS similarity,
           -- Ties are settled by the ids, which no order of arrival can change.
           hash(row(p.a, p.b)) AS tie,
           coalesce(any_value(x.employer_id <> y.employer_id), false) AS crosses,
           any_value(x.title_key) AS title_one, any_value(y.title_key) AS title_two
    FROM store.pairs AS p
    JOIN vertex AS x ON x.posting_id = p.a
    JOIN vertex AS y ON y.posting_id = p.b
    GROUP BY x.idx, y.idx, p.a, p.b
), weighed AS (
    SELECT *, crosses AND coalesce(similarity < 0.5, true)
               AND (NOT titles_agree(title_one, title_two) OR rule = 'url' AND (title_one IS NULL OR title_two IS NULL)) AS doubtful FROM told
)
SELECT * EXCLUDE (title_one, title_two) REPLACE (CASE WHEN doubtful THEN least(score, 60.0) ELSE score END AS score) FROM weighed;

CREATE OR REPLACE TEMP TABLE edge AS SELECT a, b FROM pair_edge;
