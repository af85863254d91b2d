-- Which keys now name another employer than before, or one that is now known for
-- an agency, and the names themselves.
CREATE OR REPLACE TEMP TABLE employer_key_new AS
SELECT v.employer_key, first.employer_key AS employer_id, a.employer_key IS NOT NULL AS agency
FROM component AS c
JOIN vertex AS v ON v.idx = c.idx
JOIN vertex AS first ON first.idx = c.component
LEFT JOIN agency_key AS a ON a.employer_key = v.employer_key;

CREATE OR REPLACE TEMP TABLE renamed AS
SELECT n.employer_key
FROM employer_key_new AS n LEFT JOIN store.employer_keys AS o USING (employer_key)
WHERE o.employer_id IS DISTINCT FROM n.employer_id OR o.agency IS DISTINCT FROM n.agency;

DELETE FROM store.employer_keys;
INSERT INTO store.employer_keys BY NAME SELECT * FROM employer_key_new;

DELETE FROM store.employers;
INSERT INTO store.employers BY NAME
WITH own AS (
    SELECT k.employer_id, n.* FROM signed AS n JOIN store.employer_keys AS k USING (employer_key)
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
