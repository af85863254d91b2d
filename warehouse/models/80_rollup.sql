-- One row a job: what its postings say together. Of several answers the one with
-- the most probability (the domain) or the most postings counts; ties go to the
-- name that sorts first, so that the order of arrival plays no part. What an
-- agency says counts only where the employer says nothing.
CREATE OR REPLACE TEMP TABLE member AS
SELECT j.job_id, c.* EXCLUDE (agency), coalesce(n.agency, false) AS agency,
       CASE WHEN n.agency THEN NULL ELSE n.employer_id END AS employer_id, n.employer_id AS any_employer
FROM store.job_postings AS j
SEMI JOIN job_stale USING (job_id)
JOIN store.current AS c USING (posting_id)
LEFT JOIN store.nodes AS n USING (posting_id);

CREATE OR REPLACE TEMP TABLE job_domain AS
WITH summed AS (
    SELECT job_id, domain, sum(probability) + count(*) AS weight, max(also1) AS also1, max(also2) AS also2
    FROM member WHERE domain IS NOT NULL
    GROUP BY job_id, domain
)
SELECT job_id, arg_max({domain: domain, also1: also1, also2: also2}, row(round(weight, 9), domain)) AS best
FROM summed GROUP BY job_id;

CREATE OR REPLACE TEMP TABLE job_most AS
WITH said AS (
    SELECT job_id, field, value, count(*) AS postings
    FROM (UNPIVOT (SELECT job_id, employer_id, any_employer, country, remote, seniority FROM member)
          ON employer_id, any_employer, country, remote, seniority INTO NAME field VALUE value)
    GROUP BY ALL
), most AS (
    SELECT job_id, field, arg_min(value, row(-postings, value)) AS value FROM said GROUP BY ALL
)
SELECT job_id,
       any_value(value) FILTER (field = 'employer_id') AS employer_id, any_value(value) FILTER (field = 'any_employer') AS any_employer,
       any_value(value) FILTER (field = 'country') AS country, any_value(value) FILTER (field = 'remote') AS remote,
       any_value(value) FILTER (field = 'seniority') AS seniority
FROM most GROUP BY job_id;

DELETE FROM store.jobs WHERE job_id IN (SELECT job_id FROM job_stale);
INSERT INTO store.jobs BY NAME
SELECT m.job_id,
       coalesce(any_value(o.employer_id), any_value(o.any_employer)) AS employer_id,
       arg_min(title, row(agency, first_seen, posting_id)) AS title,
       bool_or(is_job) AS is_job,
       any_value(d.best).domain AS domain, any_value(d.best).also1 AS also1, any_value(d.best).also2 AS also2,
       arg_min(market_role, CASE market_role WHEN 'core' THEN 0 WHEN 'some' THEN 1 ELSE 2 END) AS market_role,
       any_value(o.country) AS country, any_value(o.remote) AS remote, any_value(o.seniority) AS seniority,
       nullif(array_to_string(list_sort(list_distinct(list(location))), '; '), '') AS places,
       bool_and(agency) AS agency,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen,
       count(*) AS postings, CAST(sum(sightings) AS BIGINT) AS sightings, len(list_distinct(list(source))) AS sources
FROM member AS m LEFT JOIN job_most AS o USING (job_id) LEFT JOIN job_domain AS d USING (job_id)
GROUP BY m.job_id;

DROP TABLE member;
DROP TABLE job_domain;
DROP TABLE job_most;
