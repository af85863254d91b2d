-- Each posting with its newest content, and the label that counts: the one of
-- the classifier in use, or else the newest that there is.
DELETE FROM store.current;
INSERT INTO store.current BY NAME
WITH seen AS (
    SELECT posting_id,
           any_value(source) AS source,
           arg_max(digest, row(seen_at, fetched_at, digest)) AS digest,
           min(seen_at) AS first_seen,
           max(seen_at) AS last_seen,
           min(fetched_at) AS first_fetched,
           count(*) AS sightings
    FROM store.sightings
    GROUP BY posting_id
), labelled AS (
    SELECT posting_id, digest,
           arg_max(version, row(version = (SELECT arg_max(version, since) FROM store.versions WHERE part = 'classifier'), labelled_at, version)) AS label_version
    FROM store.labels
    GROUP BY posting_id, digest
)
SELECT seen.*, labelled.label_version
FROM seen LEFT JOIN labelled USING (posting_id, digest);
