-- Pairs of postings that some rule takes for one job. Each rule looks at groups:
-- the postings that share one key. A group in which anything changed is done
-- again as a whole, so that what a group yields depends on its members alone and
-- not on the order in which they came.
--
-- Scores say how much a pair is worth when pairs contradict each other:
--   link     100      the same job on the same board
--   url       95      the same canonical address
--   opening   95      one title and one number of the opening on one board
--   employer  89-94   one employer, title (or none) and text: most in one place, least
--                     in several
--   employer  45-90   one employer and title, places that agree, near in time; more
--                     the more their texts are alike; without a title only by the text
--   headline  45-70   an employer's title inside a headline that names the employer
--   text      35-50   texts alike, employers that do not contradict each other
--   agency    20-40   title and place of an agency's ad, and part of its text
-- Whoever changes a rule changes dedupVersion in model.go with it.

-- The groups of the postings of a table like store.nodes, by rule: a hash of the
-- rule and the key. An agency takes part by link, address, text and by its title
-- and each of its places (none is one too: the work is remote): its name says
-- nothing about who hires. Two of the rules look from some of a group's postings,
-- which lead, at the others; a group without any of those yields nothing.
CREATE OR REPLACE TEMP MACRO groups_of(relation) AS TABLE
SELECT no, 'link' AS rule, true AS leads, hash('link', link_key) AS grp
FROM query_table(relation) WHERE is_job AND link_key IS NOT NULL
UNION ALL
SELECT no, 'url', true, hash('url', url_key)
FROM query_table(relation) WHERE is_job AND url_key IS NOT NULL
UNION ALL
SELECT no, 'opening', true, hash('opening', opening_key, title_key)
FROM query_table(relation) WHERE is_job AND opening_key IS NOT NULL AND title_key IS NOT NULL
UNION ALL
SELECT no, 'employer', true, hash('employer', employer_id, coalesce(title_key, ''))
FROM query_table(relation) WHERE is_job AND employer_id IS NOT NULL AND (title_key IS NOT NULL OR text_hash IS NOT NULL) AND NOT agency
UNION ALL
SELECT no, 'headline', mode = 'periodical' AND contains(replace(title_key, ' ', ''), split_part(employer_id, '@', 1)), hash('headline', employer_id)
FROM query_table(relation) WHERE is_job AND employer_id IS NOT NULL AND title_key IS NOT NULL AND NOT agency
UNION ALL
SELECT no, 'agency', agency, hash('agency', title_key, place)
FROM (
    SELECT no, agency, title_key,
           unnest(list_distinct(list_transform(string_split(coalesce(places, ''), ';'), lambda p: split_part(p, ' ', 1)))) AS place
    FROM query_table(relation) WHERE is_job AND title_key IS NOT NULL AND text_hash IS NOT NULL
)
UNION ALL
SELECT no, 'text', true, grp
FROM (
    SELECT no, unnest([
        CASE WHEN band0 <> 0 THEN hash('text', 0, band0) END, CASE WHEN band1 <> 0 THEN hash('text', 1, band1) END,
        CASE WHEN band2 <> 0 THEN hash('text', 2, band2) END, CASE WHEN band3 <> 0 THEN hash('text', 3, band3) END,
        CASE WHEN band4 <> 0 THEN hash('text', 4, band4) END, CASE WHEN band5 <> 0 THEN hash('text', 5, band5) END,
        CASE WHEN band6 <> 0 THEN hash('text', 6, band6) END, CASE WHEN band7 <> 0 THEN hash('text', 7, band7) END]) AS grp
    FROM query_table(relation) WHERE is_job
) WHERE grp IS NOT NULL;

CREATE OR REPLACE TEMP TABLE group_new AS FROM groups_of('node_changed');

CREATE OR REPLACE TEMP TABLE stale_group AS
SELECT grp FROM group_new
UNION ALL
SELECT grp FROM store.groups SEMI JOIN node_old USING (no);

DELETE FROM store.groups WHERE no IN (SELECT no FROM node_old);
INSERT INTO store.groups BY NAME FROM group_new;

-- Most groups hold one posting.
CREATE OR REPLACE TEMP TABLE grouped AS
WITH stale AS (
    SELECT * FROM store.groups SEMI JOIN stale_group USING (grp)
)
SELECT * FROM stale
SEMI JOIN (SELECT grp FROM stale GROUP BY grp HAVING count(*) > 1 AND bool_or(leads)) AS several USING (grp);

-- A posting is in up to eight groups of texts, so those are looked at by number.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT m.rule, m.leads, m.grp, n.* EXCLUDE (no, summary, band0, band1, band2, band3, band4, band5, band6, band7)
FROM grouped AS m JOIN store.nodes AS n USING (no)
WHERE m.rule <> 'text';

DROP TABLE node_changed;
DROP TABLE node_old;
DROP TABLE group_new;

CREATE OR REPLACE TEMP TABLE unpaired AS
SELECT unnest([a, b]) AS posting_id FROM store.pairs SEMI JOIN stale_group USING (grp);

DELETE FROM store.pairs WHERE grp IN (SELECT grp FROM stale_group);
DROP TABLE stale_group;

-- Link and address: the members of a group in the order of time, each with the
-- next. An address that leads to more than one opening takes a title: a shortened
-- one may lead to the whole board, and what ads of two titles show on one page is a
-- list, an article or a form.
CREATE OR REPLACE TEMP TABLE listing AS
WITH several AS (
    SELECT grp FROM fresh WHERE rule = 'url' GROUP BY grp HAVING min(title_key) <> max(title_key)
), shown AS (
    SELECT DISTINCT f.grp, f.title_key, s.page_id
    FROM fresh AS f SEMI JOIN several USING (grp) JOIN store.sightings AS s USING (posting_id)
    WHERE f.rule = 'url' AND f.mode = 'periodical' AND f.title_key IS NOT NULL
), listed AS (
    SELECT grp FROM shown GROUP BY grp, page_id HAVING count(*) > 1
)
SELECT grp FROM listed
UNION
SELECT grp FROM fresh WHERE rule = 'url' AND starts_with(url_key, 'grnh.se/');

CREATE OR REPLACE TEMP TABLE pair_new AS
SELECT rule, grp, posting_id AS one, next AS two,
       CASE rule WHEN 'link' THEN 100.0 ELSE 95.0 END AS score, NULL::DOUBLE AS gap_days, NULL::DOUBLE AS similarity
FROM (
    SELECT *, lead(posting_id) OVER (PARTITION BY rule, grp ORDER BY from_at, posting_id) AS next
    FROM fresh ANTI JOIN listing USING (grp) WHERE rule IN ('link', 'url')
    UNION ALL
    -- Where an address serves several titles, those of one title find each other.
    SELECT *, lead(posting_id) OVER (PARTITION BY grp, title_key ORDER BY from_at, posting_id)
    FROM fresh WHERE rule = 'url' AND title_key IS NOT NULL
) WHERE next IS NOT NULL;

-- The number of an opening: each with the one before that was open longest. A
-- number is used again, so it counts only within the window.
INSERT INTO pair_new BY NAME
SELECT rule, grp, open.posting_id AS one, next AS two, 95.0 AS score,
       greatest(0, epoch(next_from) - epoch(open.to_at)) / 86400 AS gap_days
FROM (
    SELECT rule, grp,
           max({to_at: to_at, posting_id: posting_id}) OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS open,
           lead(posting_id) OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS next,
           lead(from_at) OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS next_from
    FROM fresh WHERE rule = 'opening'
)
WHERE next IS NOT NULL AND gap_days <= getvariable('window_days');

-- Pairs of places are few and pairs of postings many: places are compared first.
CREATE OR REPLACE TEMP TABLE agreeing AS
SELECT p, q
FROM (
    SELECT DISTINCT x.places AS p, y.places AS q
    FROM (SELECT DISTINCT grp, places FROM fresh WHERE rule = 'employer' AND places IS NOT NULL) AS x
    JOIN (SELECT DISTINCT grp, places FROM fresh WHERE rule = 'employer' AND places IS NOT NULL) AS y ON x.grp = y.grp AND x.places <> y.places
)
WHERE places_agree(p, q);

-- Employer and title: each member with the next few, those of the same place and
-- text and those of any that may agree.
CREATE OR REPLACE TEMP TABLE candidate AS
WITH ranked AS (
    SELECT grp, posting_id, digest, source, mode, places, title_key, title_places, text_hash, link_key, url_key, opening_key, from_at, to_at,
           row_number() OVER (PARTITION BY grp ORDER BY from_at, posting_id) AS n,
           row_number() OVER (PARTITION BY grp, places ORDER BY from_at, posting_id) AS n_place,
           row_number() OVER (PARTITION BY grp, text_hash ORDER BY from_at, posting_id) AS n_text
    FROM fresh WHERE rule = 'employer'
)
SELECT 'employer' AS rule, a.grp, a.posting_id AS one, b.posting_id AS two, a.digest AS digest_one, b.digest AS digest_two,
       a.text_hash AS text_one, b.text_hash AS text_two,
       CASE WHEN a.source = b.source AND a.mode = 'feed' THEN 'board'
            WHEN a.source = b.source THEN 'thread'
            WHEN a.mode = b.mode AND a.mode = 'feed' THEN 'boards'
            WHEN a.mode = b.mode THEN 'prints'
            ELSE 'print' END AS sort,
       a.places = b.places AS same_place, a.places IS NOT DISTINCT FROM b.places AS alike, a.places IS NOT NULL AND b.places IS NOT NULL AS placed,
       a.places <> b.places AND g.p IS NULL AS elsewhere,
       a.title_key IS NULL AS untitled, abs(epoch(a.from_at) - epoch(b.from_at)) / 86400 AS between_days,
       names_another(a.link_key, b.link_key, a.url_key, b.url_key) AS named_apart,
       a.opening_key <> b.opening_key AS numbered_apart,
       days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days
FROM ranked AS a JOIN ranked AS b ON a.grp = b.grp AND a.n < b.n
LEFT JOIN agreeing AS g ON g.p = a.places AND g.q = b.places
WHERE days_apart(a.from_at, a.to_at, b.from_at, b.to_at) <= getvariable('window_days')
  AND (b.n - a.n <= 12
       OR a.places IS NOT DISTINCT FROM b.places AND b.n_place - a.n_place <= 4
       OR a.text_hash = b.text_hash AND b.n_text - a.n_text <= 2)
  AND (a.places IS NULL OR b.places IS NULL OR a.places = b.places OR g.p IS NOT NULL OR a.text_hash = b.text_hash)
  AND (a.title_places IS NULL OR b.title_places IS NULL OR a.title_places = b.title_places OR places_agree(a.title_places, b.title_places));

-- A headline that names the employer ("acme is hiring rust engineer berlin") with
-- the employer's longest titles that stand in it.
INSERT INTO candidate BY NAME
SELECT 'headline' AS rule, a.grp, a.posting_id AS one, b.posting_id AS two, a.digest AS digest_one, b.digest AS digest_two,
       a.text_hash AS text_one, b.text_hash AS text_two,
       CASE WHEN b.mode = 'feed' THEN 'print' ELSE 'prints' END AS sort,
       names_another(a.link_key, b.link_key, a.url_key, b.url_key) AS named_apart,
       days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days
FROM (SELECT * FROM fresh WHERE rule = 'headline' AND leads) AS a
JOIN (SELECT * FROM fresh WHERE rule = 'headline' AND contains(title_key, ' ')) AS b
ON a.grp = b.grp AND a.source <> b.source AND length(b.title_key) < length(a.title_key)
WHERE contains(' ' || a.title_key || ' ', ' ' || b.title_key || ' ')
  AND days_apart(a.from_at, a.to_at, b.from_at, b.to_at) <= 30
  AND places_agree(a.places, b.places)
QUALIFY rank() OVER (PARTITION BY a.posting_id ORDER BY length(b.title_key) DESC) = 1;

-- An agency's ad with the nearest ads of the same title and place: the employer's,
-- its own elsewhere, and other agencies', who may advertise the same job.
INSERT INTO candidate BY NAME
SELECT 'agency' AS rule, a.grp, a.posting_id AS one, b.posting_id AS two, a.digest AS digest_one, b.digest AS digest_two,
       a.text_hash AS text_one, b.text_hash AS text_two,
       CASE WHEN b.agency THEN 'copies' ELSE 'copy' END AS sort,
       days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days
FROM fresh AS a JOIN fresh AS b ON a.rule = 'agency' AND b.rule = 'agency' AND a.grp = b.grp AND a.posting_id <> b.posting_id
WHERE a.leads AND (NOT b.agency OR a.posting_id < b.posting_id)
  AND days_apart(a.from_at, a.to_at, b.from_at, b.to_at) <= 30
  AND places_agree(a.places, b.places)
QUALIFY row_number() OVER (PARTITION BY a.grp, a.posting_id, b.agency ORDER BY abs(epoch(a.from_at) - epoch(b.from_at)), b.posting_id) <= 8;

-- Text: members of a band's group whose employers do not contradict each other. Equal
-- texts are of one role whatever was read as the title.
CREATE OR REPLACE TEMP TABLE near AS
WITH numbered AS (
    SELECT no, row_number() OVER (ORDER BY from_at, posting_id) AS at_no, epoch(from_at) AS from_s, epoch(to_at) AS to_s,
           CASE WHEN employer_id IS NOT NULL THEN hash(employer_id) END AS employer, hash(title_key) AS title, agency
    FROM store.nodes SEMI JOIN (SELECT no FROM grouped WHERE rule = 'text') AS t USING (no)
), ranked AS (
    SELECT g.grp, n.*, row_number() OVER (PARTITION BY g.grp ORDER BY n.at_no) AS n
    FROM grouped AS g JOIN numbered AS n USING (no)
    WHERE g.rule = 'text'
)
SELECT a.grp, a.no AS one, b.no AS two
FROM ranked AS a CROSS JOIN range(1, 9) AS k(step) JOIN ranked AS b ON b.grp = a.grp AND b.n = a.n + k.step
WHERE greatest(a.from_s, b.from_s) - least(a.to_s, b.to_s) <= 86400 * getvariable('window_days')
  AND (a.employer IS NULL OR b.employer IS NULL OR a.agency <> b.agency
       OR a.employer = b.employer AND (a.title <> b.title OR a.agency));

DROP TABLE grouped;

INSERT INTO candidate BY NAME
SELECT 'text' AS rule, t.grp, a.posting_id AS one, b.posting_id AS two, a.digest AS digest_one, b.digest AS digest_two,
       a.text_hash AS text_one, b.text_hash AS text_two,
       CASE WHEN a.employer_id = b.employer_id THEN 'own' ELSE 'stranger' END AS sort,
       a.places = b.places AS same_place, abs(epoch(a.from_at) - epoch(b.from_at)) / 86400 AS between_days,
       days_apart(a.from_at, a.to_at, b.from_at, b.to_at) AS gap_days
FROM near AS t JOIN store.nodes AS a ON a.no = t.one JOIN store.nodes AS b ON b.no = t.two
WHERE places_agree(a.places, b.places)
  AND (titles_agree(a.title_key, b.title_key) OR a.text_hash = b.text_hash);

DROP TABLE near;

-- True similarity, where both have a text: NULL says that it is not known. In order,
-- so that the text of one is read once for all its pairs.
CREATE OR REPLACE TEMP TABLE compared AS
SELECT DISTINCT one, two, digest_one, digest_two, text_one = text_two AS same
FROM candidate WHERE text_one IS NOT NULL AND text_two IS NOT NULL
ORDER BY one, two;

CREATE OR REPLACE TEMP TABLE compared_text AS
SELECT posting_id, digest, text
FROM store.postings SEMI JOIN (
    SELECT one AS posting_id, digest_one AS digest FROM compared WHERE NOT same
    UNION
    SELECT two, digest_two FROM compared WHERE NOT same
) USING (posting_id, digest);

CREATE OR REPLACE TEMP TABLE verified AS
SELECT one, two, 1.0 AS similarity FROM compared WHERE same
UNION ALL
SELECT c.one, c.two, text_similarity(p.text, q.text)
FROM compared AS c JOIN compared_text AS p ON p.posting_id = c.one JOIN compared_text AS q ON q.posting_id = c.two
WHERE NOT c.same;

DROP TABLE compared_text;

-- In the next issue of a thread one author's ad of one employer, title and place is a
-- repost, however it was reworded.
CREATE OR REPLACE TEMP TABLE resigned AS
WITH author AS (SELECT posting_id, author FROM store.current WHERE author IS NOT NULL)
SELECT DISTINCT c.one, c.two
FROM candidate AS c
JOIN author AS x ON x.posting_id = c.one
JOIN author AS y ON y.posting_id = c.two AND y.author = x.author
WHERE c.sort = 'thread' AND c.rule = 'employer' AND c.alike AND NOT c.untitled AND NOT c.named_apart
  AND c.between_days BETWEEN 12 AND 45;

-- How alike texts must be depends on what is compared. A repost repeats its text
-- and an employer's other ads repeat its boilerplate (up to 0.7 of it); a forum's
-- ad is a shortened one (0.13 to 0.4, against 0.2 at most for another opening);
-- an agency keeps a part, and a forum a part of that. In a monthly thread an employer rewords its ad: of one
-- title and one place, a third of it in the next month's is enough. Where no text
-- is known, two ids or addresses of one kind are two ads, and ads must be near in
-- time; but what a newsletter prints again while the line before still counts as
-- open, of one title and place and not in one issue, is a repost under a new id.
-- A board's ad with another number is another opening of the same title, unless the
-- text says otherwise.
-- An ad without a title, a list of roles, is known by its text alone, and another
-- month's list of one employer and place by most of it.
INSERT INTO pair_new BY NAME
SELECT c.rule, c.grp, c.one, c.two, c.gap_days, v.similarity,
       CASE c.rule
           WHEN 'employer' THEN CASE
               WHEN c.text_one = c.text_two THEN CASE WHEN c.same_place THEN 94.0 WHEN c.elsewhere THEN 90.0 ELSE 92.0 END - c.gap_days / getvariable('window_days')
               WHEN c.untitled THEN 50.0 + 20 * v.similarity
               WHEN r.one IS NOT NULL AND v.similarity < 0.3 THEN 45.0
               ELSE CASE WHEN c.same_place THEN 70.0 WHEN c.placed THEN 60.0 ELSE 50.0 END
                    + 20 * coalesce(v.similarity, 0.3) - 5 * c.gap_days / getvariable('window_days') END
           WHEN 'headline' THEN 50.0 + 20 * coalesce(v.similarity, 0.3) - 5 * c.gap_days / getvariable('window_days')
           WHEN 'agency' THEN 20 + 20 * v.similarity
           ELSE CASE c.sort WHEN 'own' THEN 40.0 ELSE 35.0 END + 10 * v.similarity END AS score
FROM candidate AS c LEFT JOIN verified AS v USING (one, two) LEFT JOIN resigned AS r USING (one, two)
WHERE CASE WHEN c.untitled THEN v.similarity >= CASE WHEN c.same_place AND c.between_days <= 35 THEN 0.5 ELSE 0.6 END
ELSE CASE c.sort
    WHEN 'board' THEN CASE WHEN v.similarity IS NULL THEN c.gap_days <= 30 AND c.numbered_apart IS NOT TRUE ELSE v.similarity >= 0.75 END
    WHEN 'boards' THEN v.similarity >= 0.5
    WHEN 'thread' THEN CASE WHEN v.similarity IS NULL THEN NOT c.named_apart OR c.alike AND c.gap_days = 0 ELSE r.one IS NOT NULL OR v.similarity >= CASE WHEN c.same_place AND c.gap_days <= 35 THEN 0.3 ELSE 0.5 END END
    WHEN 'prints' THEN CASE WHEN v.similarity IS NULL THEN NOT c.named_apart AND c.gap_days <= 30 ELSE v.similarity >= 0.4 END
    WHEN 'print' THEN NOT c.named_apart AND CASE WHEN v.similarity IS NULL THEN c.gap_days <= 30 ELSE v.similarity >= 0.13 END
    WHEN 'copy' THEN v.similarity >= 0.1
    WHEN 'copies' THEN v.similarity >= 0.22
    WHEN 'own' THEN v.similarity >= CASE WHEN c.same_place AND c.between_days BETWEEN 12 AND 40 THEN 0.7 ELSE 0.85 END
    ELSE v.similarity >= 0.6 END END;

INSERT INTO store.pairs BY NAME
SELECT rule, grp, least(one, two) AS a, greatest(one, two) AS b, max(score) AS score, min(gap_days) AS gap_days, max(similarity) AS similarity
FROM pair_new
GROUP BY ALL;

DROP TABLE fresh;
DROP TABLE candidate;
DROP TABLE compared;
DROP TABLE verified;
DROP TABLE resigned;
DROP TABLE listing;
