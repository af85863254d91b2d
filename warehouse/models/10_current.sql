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
SELECT seen.*, labelled.label_version
FROM seen LEFT JOIN labelled USING (posting_id, digest);
