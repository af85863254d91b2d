-- Jobs by the name of their earliest posting, and for each other posting the pair
-- that leads to that one, directly or over others.

CREATE OR REPLACE TEMP TABLE job_stale AS
SELECT DISTINCT job_id FROM store.job_postings SEMI JOIN (
    SELECT posting_id FROM affected UNION SELECT posting_id FROM respell
) USING (posting_id);

DELETE FROM store.blocks WHERE posting_id IN (SELECT posting_id FROM affected);
INSERT INTO store.blocks BY NAME
SELECT v.posting_id, r.posting_id AS block_id
FROM component AS c JOIN vertex AS v USING (idx) JOIN vertex AS r ON r.idx = c.component;

DELETE FROM store.job_postings WHERE posting_id IN (SELECT posting_id FROM affected);
INSERT INTO store.job_postings BY NAME
WITH best AS (
    SELECT l.idx, {other: l.other, rule: e.rule, gap_days: e.gap_days, similarity: e.similarity} AS via
    FROM led AS l
    JOIN (
        SELECT a AS idx, b AS other, rule, gap_days, similarity FROM pair_edge
        UNION ALL
        SELECT b, a, rule, gap_days, similarity FROM pair_edge
    ) AS e USING (idx, other)
)
SELECT root.posting_id AS job_id, v.posting_id,
       CASE WHEN v.idx = c.part THEN 'first' ELSE CASE b.via.rule
           WHEN 'employer' THEN CASE WHEN v.places <> o.places AND v.text_hash = o.text_hash THEN 'places' WHEN v.source = o.source THEN 'repost' ELSE 'title' END
           ELSE b.via.rule END END AS reason,
       CASE WHEN v.idx <> c.part THEN to_json(struct_pack(
           with_posting := o.posting_id,
           link := CASE WHEN b.via.rule = 'link' THEN v.link_key END,
           url := CASE WHEN b.via.rule = 'url' THEN v.url_key END,
           opening := CASE WHEN b.via.rule = 'opening' THEN v.opening_key END,
           employer := CASE WHEN b.via.rule = 'employer' THEN v.employer_id END,
           title := CASE WHEN b.via.rule IN ('employer', 'opening') THEN v.title_key END,
           places := CASE WHEN b.via.rule IN ('employer', 'opening') THEN v.places END,
           gap_days := round(b.via.gap_days, 1),
           similarity := round(b.via.similarity, 3))) END AS evidence
FROM cluster AS c
JOIN vertex AS v USING (idx)
JOIN vertex AS root ON root.idx = c.part
LEFT JOIN best AS b ON b.idx = v.idx
LEFT JOIN vertex AS o ON o.idx = b.via.other;

INSERT INTO job_stale
SELECT job_id FROM store.job_postings SEMI JOIN (
    SELECT posting_id FROM affected UNION SELECT posting_id FROM respell
) USING (posting_id)
EXCEPT SELECT job_id FROM job_stale;
