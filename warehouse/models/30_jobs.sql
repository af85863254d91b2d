-- Employers by normalised name, and each posting a job of its own.
DELETE FROM store.posting_employers;
INSERT INTO store.posting_employers BY NAME
SELECT c.posting_id, coalesce(f.employer_key, f.employer_host) AS employer_id
FROM store.current AS c JOIN store.features AS f USING (posting_id, digest)
WHERE coalesce(f.employer_key, f.employer_host) IS NOT NULL;

DELETE FROM store.job_postings;
INSERT INTO store.job_postings BY NAME
SELECT posting_id AS job_id, posting_id, 'first' AS reason, NULL AS evidence
FROM store.current;
