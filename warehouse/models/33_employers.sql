-- Which units are another employer's than before, or of one that is now known for an
-- agency, and the names themselves. Of two employers whose most used name is one, the
-- smaller is told by its site.
CREATE OR REPLACE TEMP TABLE employer_key_new AS
WITH whole AS (
    SELECT c.component AS idx, arg_min(v.host, v.idx) AS host -- of the units with a site
    FROM component AS c JOIN vertex AS v USING (idx)
    GROUP BY c.component
), employer AS (
    SELECT r.idx, r.employer_key || CASE WHEN row_number() OVER (PARTITION BY r.employer_key ORDER BY r.idx) > 1 THEN '@' || w.host ELSE '' END AS employer_id
    FROM vertex AS r JOIN whole AS w USING (idx)
)
SELECT v.employer_key, v.host, e.employer_id, a.employer_key IS NOT NULL AS agency
FROM component AS c
JOIN vertex AS v ON v.idx = c.idx
JOIN employer AS e ON e.idx = c.component
LEFT JOIN agency_key AS a ON a.employer_key = v.employer_key;

CREATE OR REPLACE TEMP TABLE renamed AS
SELECT n.employer_key, n.host
FROM employer_key_new AS n LEFT JOIN store.employer_keys AS o ON o.employer_key = n.employer_key AND o.host IS NOT DISTINCT FROM n.host
WHERE o.employer_id IS DISTINCT FROM n.employer_id OR o.agency IS DISTINCT FROM n.agency;

DELETE FROM store.employer_keys;
INSERT INTO store.employer_keys BY NAME SELECT * FROM employer_key_new;

DELETE FROM store.employer_joins;
INSERT INTO store.employer_joins BY NAME
SELECT DISTINCT k.employer_id, e.rule, e.what, x.employer_key AS key_one, x.host AS host_one, y.employer_key AS key_two, y.host AS host_two, e.posting_id
FROM employer_edge AS e
JOIN vertex AS x ON x.idx = e.a
JOIN vertex AS y ON y.idx = e.b
JOIN employer_key_new AS k ON k.employer_key = x.employer_key AND k.host IS NOT DISTINCT FROM x.host;

DELETE FROM store.employers;
INSERT INTO store.employers BY NAME
WITH own AS (
    SELECT k.employer_id, n.*
    FROM signed AS n JOIN store.employer_keys AS k ON k.employer_key = n.employer_key AND k.host IS NOT DISTINCT FROM n.host
), names AS (
    SELECT employer_id, company, sum(postings) AS postings
    FROM own WHERE company IS NOT NULL GROUP BY ALL
), hosts AS (
    SELECT employer_id, host, sum(postings) AS postings
    FROM own WHERE host IS NOT NULL GROUP BY ALL
)
SELECT i.employer_id, coalesce(n.employer, i.employer_id) AS employer, h.host, n.aliases
FROM (SELECT DISTINCT employer_id FROM store.employer_keys) AS i
LEFT JOIN (
    SELECT employer_id, -- A board's token is a name only where there is no other: "acme.com".
           arg_max(company, row(NOT regexp_matches(company, '^[a-z0-9.-]+\.[a-z]+$'), postings, company)) AS employer,
           string_agg(company, '; ' ORDER BY postings DESC, company) AS aliases
    FROM names GROUP BY employer_id
) AS n USING (employer_id)
LEFT JOIN (
    SELECT employer_id, arg_max(host, row(postings, host)) AS host FROM hosts GROUP BY employer_id
) AS h USING (employer_id);
