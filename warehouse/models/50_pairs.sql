-- Pairs of postings that some rule takes for one job. Each rule looks at groups:
-- the postings that share one key. A group in which anything changed is done
-- again as a whole, so that what a group yields depends on its members alone and
-- not on the order in which they came.
--
-- Scores say how much a pair is worth when pairs contradict each other:
--   link  100  the same job on the same board
--   url    95  the same canonical address
--   places 90  one employer, title and text in several places
--   repost 70-80  one employer, title and place, near in time
--   title  50-60  one employer and title, places that may agree
--   text   30-50  texts alike, by true similarity
-- Whoever changes a rule changes dedupVersion in model.go with it.

-- The groups of the postings of a table like store.nodes, by rule. An agency takes
-- part by link, address and text only: its name says nothing about who hires.
CREATE OR REPLACE TEMP MACRO groups_of(relation) AS TABLE
SELECT 'link' AS rule, hash(link_key) AS grp, posting_id
FROM query_table(relation) WHERE is_job AND link_key IS NOT NULL
UNION ALL
SELECT 'url', hash(url_key), posting_id
FROM query_table(relation) WHERE is_job AND url_key IS NOT NULL
UNION ALL
SELECT 'employer', hash(row(employer_id, title_key)), posting_id
FROM query_table(relation) WHERE is_job AND employer_id IS NOT NULL AND title_key IS NOT NULL AND NOT agency
UNION ALL
SELECT 'text', hash(row(band, value)), posting_id
FROM (
    SELECT posting_id,
           unnest([0, 1, 2, 3, 4, 5, 6, 7]) AS band,
           unnest([band0, band1, band2, band3, band4, band5, band6, band7]) AS value
    FROM query_table(relation) WHERE is_job
) WHERE value <> 0;

CREATE OR REPLACE TEMP TABLE node_changed AS
SELECT * FROM store.nodes SEMI JOIN changed USING (posting_id);

CREATE OR REPLACE TEMP TABLE stale_group AS
SELECT rule, grp FROM groups_of('node_changed')
UNION
SELECT rule, grp FROM groups_of('node_old');

CREATE OR REPLACE TEMP TABLE fresh AS
SELECT m.rule, m.grp, n.*
FROM groups_of('store.nodes') AS m
SEMI JOIN stale_group AS g ON g.rule = m.rule AND g.grp = m.grp
JOIN store.nodes AS n ON n.posting_id = m.posting_id;

CREATE OR REPLACE TEMP TABLE unpaired AS
SELECT a AS posting_id FROM store.pairs SEMI JOIN stale_group USING (rule, grp)
UNION
SELECT b FROM store.pairs SEMI JOIN stale_group USING (rule, grp);

DELETE FROM store.pairs AS p USING stale_group AS g WHERE p.rule = g.rule AND p.grp = g.grp;

CREATE OR REPLACE TEMP MACRO days_apart(from1, to1, from2, to2) AS
    greatest(0, epoch(greatest(from1, from2)) - epoch(least(to1, to2))) / 86400;

-- Places agree when one is unknown or one place of one lies in a place of the
-- other: "berlin" in "berlin germany".
CREATE OR REPLACE TEMP MACRO places_agree(p, q) AS
    p IS NULL OR q IS NULL OR p = q OR len(list_filter(string_split(p, ';'), lambda x:
        len(list_filter(string_split(q, ';'), lambda y:
            contains(' ' || x || ' ', ' ' || y || ' ') OR contains(' ' || y || ' ', ' ' || x || ' '))) > 0)) > 0;

-- Titles agree when one is unknown or they share at least half of their words.
CREATE OR REPLACE TEMP MACRO titles_agree(p, q) AS
    p IS NULL OR q IS NULL OR p = q
    OR 2 * len(list_intersect(string_split(p, ' '), string_split(q, ' '))) >= len(list_distinct(string_split(p, ' ') || string_split(q, ' ')));

-- Link and address: the members of a group in the order of time, each with the
-- next.
CREATE OR REPLACE TEMP TABLE pair_new AS
SELECT rule, grp, posting_id AS one, next AS two,
       CASE rule WHEN 'link' THEN 100.0 ELSE 95.0 END AS score, NULL::DOUBLE AS gap_days, NULL::DOUBLE AS similarity
FROM (
    SELECT *, lead(posting_id) OVER (PARTITION BY rule, grp ORDER BY from_at, posting_id) AS next
    FROM fresh WHERE rule IN ('link', 'url')
    UNION ALL
    -- Where an address serves several titles, those of one title find each other.
    SELECT *, lead(posting_id) OVER (PARTITION BY grp, title_key ORDER BY from_at, posting_id)
    FROM fresh WHERE rule = 'url' AND title_key IS NOT NULL
) WHERE next IS NOT NULL;

-- Employer and title: each member with the next few, those of the same place and
-- those of any place that may agree.
INSERT INTO pair_new BY NAME
WITH ranked AS (
    SELECT grp, posting_id, source, mode, places, text_hash, from_at, to_at,
           row_number() OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS n,
           row_number() OVER (PARTITION BY grp, places ORDER BY from_at, posting_id) AS n_place,
           row_number() OVER (PARTITION BY grp, text_hash ORDER BY from_at, posting_id) AS n_text
    FROM fresh WHERE rule = 'employer'
), near AS (
    SELECT a.grp, a.posting_id AS one, b.posting_id AS two,
           days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days,
           a.places IS NOT DISTINCT FROM b.places AS same_place, a.text_hash = b.text_hash AS same_text
    FROM ranked AS a JOIN ranked AS b ON a.grp = b.grp AND a.n < b.n
    WHERE days_apart(a.from_at, a.to_at, b.from_at, b.to_at) <= getvariable('window_days')
      AND (b.n - a.n <= 12
           OR a.places IS NOT DISTINCT FROM b.places AND b.n_place - a.n_place <= 4
           OR a.text_hash = b.text_hash AND b.n_text - a.n_text <= 2)
      AND (places_agree(a.places, b.places) OR a.text_hash = b.text_hash)
)
SELECT 'employer' AS rule, grp, one, two, gap_days,
       CASE WHEN same_text AND NOT same_place THEN 90.0
            WHEN same_place THEN 80.0 - 10 * gap_days / getvariable('window_days')
            ELSE 60.0 - 10 * gap_days / getvariable('window_days') END
       + CASE WHEN same_text AND same_place THEN 5.0 ELSE 0.0 END AS score,
       CASE WHEN same_text THEN 1.0 END AS similarity
FROM near;

-- Text: members of a band's group whose employers do not contradict each other.
CREATE OR REPLACE TEMP TABLE alike AS
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS n
    FROM fresh WHERE rule = 'text'
)
SELECT a.grp, a.posting_id AS one, b.posting_id AS two, a.digest AS digest_one, b.digest AS digest_two,
       a.text_hash = b.text_hash AS same_text,
       a.employer_id = b.employer_id AND NOT a.agency AND NOT b.agency AS same_employer,
       days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days
FROM ranked AS a JOIN ranked AS b ON a.grp = b.grp AND a.n < b.n AND b.n - a.n <= 8
WHERE days_apart(a.from_at, a.to_at, b.from_at, b.to_at) <= getvariable('window_days')
  AND (a.employer_id IS NULL OR b.employer_id IS NULL OR a.agency <> b.agency
       OR a.employer_id = b.employer_id AND (a.title_key IS DISTINCT FROM b.title_key OR a.agency))
  AND places_agree(a.places, b.places)
  AND titles_agree(a.title_key, b.title_key);

CREATE OR REPLACE TEMP TABLE verified AS
SELECT v.one, v.two, CASE WHEN v.same_text THEN 1.0 ELSE text_similarity(p.text, q.text) END AS similarity
FROM (SELECT DISTINCT one, two, digest_one, digest_two, same_text FROM alike) AS v
JOIN (SELECT posting_id, digest, text FROM store.postings) AS p ON p.posting_id = v.one AND p.digest = v.digest_one
JOIN (SELECT posting_id, digest, text FROM store.postings) AS q ON q.posting_id = v.two AND q.digest = v.digest_two;

INSERT INTO pair_new BY NAME
SELECT 'text' AS rule, a.grp, a.one, a.two, v.similarity, a.gap_days,
       CASE WHEN a.same_employer THEN 40.0 ELSE 30.0 END + 10 * v.similarity AS score
FROM alike AS a JOIN verified AS v USING (one, two)
WHERE v.similarity >= CASE WHEN a.same_employer THEN 0.85 ELSE 0.6 END;

INSERT INTO store.pairs BY NAME
SELECT rule, grp, least(one, two) AS a, greatest(one, two) AS b, max(score) AS score, min(gap_days) AS gap_days, max(similarity) AS similarity
FROM pair_new
GROUP BY ALL;
