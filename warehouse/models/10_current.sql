-- Each posting with its newest content, and the label that counts: the one of
-- the classifier in use, or else the newest that there is.
CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT posting_id FROM store.dirty;

DELETE FROM store.current WHERE posting_id IN (SELECT posting_id FROM touched);

INSERT INTO store.current BY NAME
WITH seen AS (
    SELECT posting_id,
           any_value(source) AS source,
           arg_max(digest, row(seen_at, fetched_at, digest)) AS digest,
           min(seen_at) AS first_seen,
           max(seen_at) AS last_seen,
           min(fetched_at) AS first_fetched,
           count(*) AS sightings
    FROM store.sightings SEMI JOIN touched USING (posting_id)
    GROUP BY posting_id
), labelled AS (
    SELECT posting_id, digest,
           arg_max(version, row(version = (SELECT arg_max(version, since) FROM store.versions WHERE part = 'classifier'), labelled_at, version)) AS label_version
    FROM store.labels SEMI JOIN touched USING (posting_id)
    GROUP BY posting_id, digest
)
SELECT seen.*, l.version AS label_version,
       p.title, p.company, p.location, p.author,
       l.is_job, l.agency, l.domain, l.also1, l.also2,
       CASE l.domain
           WHEN 'crypto' THEN l.p_crypto WHEN 'cloud' THEN l.p_cloud WHEN 'gaming' THEN l.p_gaming
           WHEN 'web' THEN l.p_web WHEN 'finance' THEN l.p_finance WHEN 'embedded' THEN l.p_embedded
           WHEN 'data_ai' THEN l.p_data_ai WHEN 'security' THEN l.p_security ELSE l.p_other
       END AS probability,
       l.market_role, l.country, l.remote, l.seniority,
       f.employer_key, f.employer_host, coalesce(contains(lower(p.company_url), f.employer_host), false) AS host_stated, coalesce(f.link_key, f.url_key) AS link
FROM seen
JOIN (SELECT posting_id, digest, title, company, company_url, location, author FROM store.postings) AS p USING (posting_id, digest)
LEFT JOIN labelled USING (posting_id, digest)
LEFT JOIN (SELECT posting_id, digest, version, is_job, agency, domain, also1, also2, market_role, country, remote, seniority,
                  p_crypto, p_cloud, p_gaming, p_web, p_finance, p_embedded, p_data_ai, p_security, p_other
           FROM store.labels) AS l
    ON l.posting_id = seen.posting_id AND l.digest = seen.digest AND l.version = labelled.label_version
LEFT JOIN store.features AS f ON f.posting_id = seen.posting_id AND f.digest = seen.digest;
