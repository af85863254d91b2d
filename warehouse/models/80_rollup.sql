-- One row a job: what its postings say together. Of several answers the one with
-- the most probability (the domain) or the most postings counts; ties go to the
-- name that sorts first, so that the order of arrival plays no part. What an
-- agency says counts only where the employer says nothing.
CREATE OR REPLACE TEMP TABLE member AS
SELECT j.job_id, c.posting_id, c.source, c.first_seen, c.last_seen, c.sightings,
       CASE WHEN n.agency THEN NULL ELSE n.employer_id END AS employer_id, n.employer_id AS any_employer,
       p.title, p.location,
       l.is_job, l.domain, l.also1, l.also2, l.market_role, l.country, l.remote, l.seniority, coalesce(n.agency, false) AS agency,
       CASE l.domain
           WHEN 'crypto' THEN l.p_crypto WHEN 'cloud' THEN l.p_cloud WHEN 'gaming' THEN l.p_gaming
           WHEN 'web' THEN l.p_web WHEN 'finance' THEN l.p_finance WHEN 'embedded' THEN l.p_embedded
           WHEN 'data_ai' THEN l.p_data_ai WHEN 'security' THEN l.p_security ELSE l.p_other
       END AS p
FROM store.job_postings AS j
SEMI JOIN job_stale USING (job_id)
JOIN store.current AS c USING (posting_id)
LEFT JOIN store.nodes AS n USING (posting_id)
JOIN (SELECT posting_id, digest, title, location FROM store.postings) AS p ON p.posting_id = c.posting_id AND p.digest = c.digest
LEFT JOIN (SELECT posting_id, digest, version, is_job, domain, also1, also2, market_role, country, remote, seniority,
                  p_crypto, p_cloud, p_gaming, p_web, p_finance, p_embedded, p_data_ai, p_security, p_other
           FROM store.labels) AS l
    ON l.posting_id = c.posting_id AND l.digest = c.digest AND l.version = c.label_version;

CREATE OR REPLACE TEMP TABLE job_domain AS
WITH summed AS (
    SELECT job_id, domain, sum(p) + count(*) AS weight, max(also1) AS also1, max(also2) AS also2
    FROM member WHERE domain IS NOT NULL
    GROUP BY job_id, domain
)
SELECT job_id, arg_max({domain: domain, also1: also1, also2: also2}, row(round(weight, 9), domain)) AS best
FROM summed GROUP BY job_id;

DELETE FROM store.jobs WHERE job_id IN (SELECT job_id FROM job_stale);
INSERT INTO store.jobs BY NAME
SELECT m.job_id,
       coalesce(mode(employer_id ORDER BY employer_id), mode(any_employer ORDER BY any_employer)) AS employer_id,
       arg_min(title, row(agency, first_seen, posting_id)) AS title,
       bool_or(is_job) AS is_job,
       any_value(d.best).domain AS domain, any_value(d.best).also1 AS also1, any_value(d.best).also2 AS also2,
       arg_min(market_role, CASE market_role WHEN 'core' THEN 0 WHEN 'some' THEN 1 ELSE 2 END) AS market_role,
       mode(country ORDER BY country) AS country,
       mode(remote ORDER BY remote) AS remote,
       mode(seniority ORDER BY seniority) AS seniority,
       string_agg(DISTINCT location, '; ' ORDER BY location) AS places,
       bool_and(agency) AS agency,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen,
       count(*) AS postings, CAST(sum(sightings) AS BIGINT) AS sightings, count(DISTINCT source) AS sources
FROM member AS m LEFT JOIN job_domain AS d USING (job_id)
GROUP BY m.job_id;
