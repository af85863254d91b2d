-- What identity is decided by, and which postings' facts are not what they were.
-- Under other rules all are others.
CREATE OR REPLACE TEMP TABLE reread AS
SELECT posting_id FROM respell
UNION
SELECT posting_id
FROM store.current AS c SEMI JOIN renamed AS r ON r.employer_key = c.employer_key AND r.host IS NOT DISTINCT FROM c.employer_host;

-- How much of the work is remote is no part of a place's name, and a time zone is
-- no place. Places are few and postings many, so each is looked at once.
CREATE OR REPLACE TEMP TABLE place_name AS
SELECT place_key,
       nullif(array_to_string(list_sort(list_distinct(list_filter(
           list_transform(string_split(place_key, ';'), lambda p: trim(regexp_replace(regexp_replace(p,
               '\b(100|fully|full|anywhere|worldwide|global|globally|remote|remotely|hybrid|onsite|on site|flexible|only|first|friendly|possible|ok)\b', ' ', 'g'), '\s+', ' ', 'g'))),
           lambda p: p <> '' AND NOT regexp_matches(p, '^(utc|gmt)\b')))), ';'), '') AS places
FROM (SELECT DISTINCT f.place_key FROM store.features AS f SEMI JOIN reread USING (posting_id) WHERE f.place_key IS NOT NULL);

CREATE OR REPLACE TEMP TABLE node_new AS
WITH open AS (
    SELECT posting_id,
           min(coalesce(opened_by, CAST(open_from AS TIMESTAMP))) AS from_at,
           max(coalesce(closed_by, CAST(open_to AS TIMESTAMP), TIMESTAMP '9999-12-31')) AS to_at,
           bit_xor(hash(row(spell, opened_by, closed_by, first_crawl, last_crawl, open_from, open_to))) AS spells
    FROM store.spells SEMI JOIN reread USING (posting_id)
    GROUP BY posting_id
), facts AS (
    SELECT c.posting_id, c.source, o.mode, k.employer_id, f.title_key, n.places,
           f.link_key, f.url_key, f.opening_key, f.text_hash, replace(f.title_place_key, '; ', ';') AS title_places,
           coalesce(c.agency, false) OR coalesce(k.agency, false) AS agency, coalesce(c.is_job, true) AS is_job,
           coalesce(s.from_at, c.first_seen) AS from_at, coalesce(s.to_at, c.last_seen) AS to_at,
           f.band0, f.band1, f.band2, f.band3, f.band4, f.band5, f.band6, f.band7,
           c.digest, s.spells
    FROM store.current AS c
    SEMI JOIN reread USING (posting_id)
    LEFT JOIN store.sources AS o ON o.source = c.source
    LEFT JOIN open AS s ON s.posting_id = c.posting_id
    LEFT JOIN store.features AS f ON f.posting_id = c.posting_id AND f.digest = c.digest
    LEFT JOIN place_name AS n ON n.place_key = f.place_key
    LEFT JOIN store.employer_keys AS k ON k.employer_key = c.employer_key AND k.host IS NOT DISTINCT FROM c.employer_host
)
SELECT * EXCLUDE (spells), hash(row(facts, getvariable('dedup_version'))) AS summary FROM facts;

CREATE OR REPLACE TEMP TABLE node_changed AS
SELECT nextval('store.node_no') AS no, n.*
FROM node_new AS n LEFT JOIN store.nodes AS o USING (posting_id)
WHERE n.summary IS DISTINCT FROM o.summary;

-- A posting that lost all its sightings has a row here and none in node_changed.
CREATE OR REPLACE TEMP TABLE changed AS
SELECT posting_id FROM node_changed
UNION ALL
SELECT posting_id FROM store.nodes SEMI JOIN reread USING (posting_id) ANTI JOIN node_new USING (posting_id);

CREATE OR REPLACE TEMP TABLE node_old AS
SELECT * FROM store.nodes SEMI JOIN changed USING (posting_id);

DELETE FROM store.nodes WHERE posting_id IN (SELECT posting_id FROM changed);
INSERT INTO store.nodes BY NAME SELECT * FROM node_changed;

DROP TABLE node_new;
DROP TABLE place_name;
