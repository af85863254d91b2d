-- One row an employer. Its name is the one that its ads use most.
DELETE FROM store.employers;
INSERT INTO store.employers BY NAME
WITH named AS (
    SELECT e.employer_id, p.company, count(*) AS postings
    FROM store.posting_employers AS e
    JOIN store.current AS c USING (posting_id)
    JOIN store.postings AS p USING (posting_id, digest)
    WHERE p.company IS NOT NULL
    GROUP BY ALL
), hosts AS (
    SELECT e.employer_id, f.employer_host, count(*) AS postings
    FROM store.posting_employers AS e
    JOIN store.current AS c USING (posting_id)
    JOIN store.features AS f USING (posting_id, digest)
    WHERE f.employer_host IS NOT NULL
    GROUP BY ALL
)
SELECT i.employer_id,
       coalesce(n.employer, i.employer_id) AS employer,
       h.host,
       n.aliases
FROM (SELECT DISTINCT employer_id FROM store.posting_employers) AS i
LEFT JOIN (
    SELECT employer_id, arg_max(company, row(postings, company)) AS employer,
           string_agg(company, '; ' ORDER BY postings DESC, company) AS aliases
    FROM named GROUP BY employer_id
) AS n USING (employer_id)
LEFT JOIN (
    SELECT employer_id, arg_max(employer_host, row(postings, employer_host)) AS host
    FROM hosts GROUP BY employer_id
) AS h USING (employer_id);
