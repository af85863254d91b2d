-- One row a job: what its postings say together. Of several answers the one with
-- the most probability (the domain) or the most postings counts; ties go to the
-- name that sorts first, so that the order of arrival plays no part.
DELETE FROM store.jobs;

CREATE OR REPLACE TEMP TABLE members AS
SELECT j.job_id, c.posting_id, c.source, c.first_seen, c.last_seen, c.sightings, e.employer_id,
       p.title, p.location,
       l.is_job, l.domain, l.also1, l.also2, l.market_role, l.country, l.remote, l.seniority, l.agency,
       l.p_crypto, l.p_cloud, l.p_gaming, l.p_web, l.p_finance, l.p_embedded, l.p_data_ai, l.p_security, l.p_other
FROM store.job_postings AS j
JOIN store.current AS c USING (posting_id)
JOIN store.postings AS p USING (posting_id, digest)
LEFT JOIN store.labels AS l ON l.posting_id = c.posting_id AND l.digest = c.digest AND l.version = c.label_version
LEFT JOIN store.posting_employers AS e ON e.posting_id = c.posting_id;

CREATE OR REPLACE TEMP TABLE job_domains AS
WITH summed AS (
    SELECT job_id, domain,
           CASE domain
               WHEN 'crypto' THEN sum(p_crypto) WHEN 'cloud' THEN sum(p_cloud) WHEN 'gaming' THEN sum(p_gaming)
               WHEN 'web' THEN sum(p_web) WHEN 'finance' THEN sum(p_finance) WHEN 'embedded' THEN sum(p_embedded)
               WHEN 'data_ai' THEN sum(p_data_ai) WHEN 'security' THEN sum(p_security) ELSE sum(p_other)
           END + count(*) AS weight,
           max(also1) AS also1, max(also2) AS also2
    FROM members WHERE domain IS NOT NULL
    GROUP BY job_id, domain
)
SELECT job_id,
       arg_max(domain, row(weight, domain)) AS domain,
       arg_max(also1, row(weight, domain)) AS also1,
       arg_max(also2, row(weight, domain)) AS also2
FROM summed GROUP BY job_id;

INSERT INTO store.jobs BY NAME
SELECT m.job_id,
       mode(employer_id ORDER BY employer_id) AS employer_id,
       arg_min(title, row(first_seen, posting_id)) AS title,
       bool_or(is_job) AS is_job,
       any_value(d.domain) AS domain, any_value(d.also1) AS also1, any_value(d.also2) AS also2,
       arg_min(market_role, CASE market_role WHEN 'core' THEN 0 WHEN 'some' THEN 1 ELSE 2 END) AS market_role,
       mode(country ORDER BY country) AS country,
       mode(remote ORDER BY remote) AS remote,
       mode(seniority ORDER BY seniority) AS seniority,
       string_agg(DISTINCT location, '; ' ORDER BY location) AS places,
       bool_and(agency) AS agency,
       min(first_seen) AS first_seen, max(last_seen) AS last_seen,
       count(*) AS postings, sum(sightings)::BIGINT AS sightings, count(DISTINCT source) AS sources
FROM members AS m LEFT JOIN job_domains AS d USING (job_id)
GROUP BY m.job_id;
