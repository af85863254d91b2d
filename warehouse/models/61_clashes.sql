-- What speaks against two postings of one block being one job.
CREATE OR REPLACE TEMP TABLE block AS
SELECT v.*, c.component AS block
FROM vertex AS v JOIN component AS c USING (idx)
WHERE c.component IN (SELECT component FROM component GROUP BY component HAVING count(*) > 1);

CREATE OR REPLACE TEMP TABLE open_span AS
SELECT b.block, b.idx, b.source, b.title_key, b.text_hash, b.opening_key, b.places, s.first_crawl, coalesce(s.last_crawl, TIMESTAMP '9999-12-31') AS last_crawl
FROM block AS b JOIN store.spells AS s USING (posting_id)
WHERE b.mode = 'feed';

CREATE OR REPLACE TEMP TABLE printed_on AS
SELECT DISTINCT b.block, b.idx, b.agency, b.title_key, b.places, b.text_hash, b.link_key, b.url_key, s.page_id
FROM block AS b JOIN store.sightings AS s USING (posting_id)
WHERE b.mode = 'periodical';

CREATE OR REPLACE TEMP TABLE clash AS
-- Two ids that one feed shows at one time are two jobs, unless title and text are
-- one and only the place differs, or title and number of the opening are. What an
-- incomplete crawl leaves open proves no such time.
SELECT DISTINCT x.idx AS a, y.idx AS b, 'open' AS why
FROM open_span AS x JOIN open_span AS y
ON x.block = y.block AND x.source = y.source AND x.idx < y.idx AND x.first_crawl <= y.last_crawl AND y.first_crawl <= x.last_crawl
WHERE NOT coalesce(x.title_key = y.title_key AND x.text_hash = y.text_hash AND x.places <> y.places, false)
  AND NOT coalesce(x.title_key = y.title_key AND x.opening_key = y.opening_key, false)
UNION ALL
-- Two ads on one page of a periodical are two jobs, unless they are the same ad
-- printed twice, or one is an agency's and the other the employer's own. A comment
-- that repeats another's title and nearly all of its text, or with the place half of
-- it, was posted twice; where no title was read, the places must agree too. So
-- was one that leads to the same job on its board, if its title is not known, one title
-- holds all words of the other, or half of the text is the same.
SELECT DISTINCT x.idx, y.idx, 'open'
FROM printed_on AS x JOIN printed_on AS y
ON x.block = y.block AND x.page_id = y.page_id AND x.agency = y.agency AND x.idx < y.idx
LEFT JOIN (SELECT least(a, b) AS a, greatest(a, b) AS b, similarity FROM pair_edge WHERE similarity >= 0.5) AS near ON near.a = x.idx AND near.b = y.idx
WHERE NOT coalesce((x.title_key = y.title_key AND (near.similarity >= 0.85 OR x.places = y.places AND near.similarity >= 0.5)
        OR x.title_key IS NULL AND y.title_key IS NULL AND (x.places IS NULL) = (y.places IS NULL) AND places_agree(x.places, y.places) AND near.similarity >= 0.85)
    AND NOT names_another(x.link_key, y.link_key, x.url_key, y.url_key), false)
  AND NOT coalesce(x.title_key = y.title_key AND (x.link_key = y.link_key OR x.url_key = y.url_key OR x.text_hash = y.text_hash), false)
  AND NOT coalesce(x.link_key = y.link_key AND (x.title_key IS NULL OR y.title_key IS NULL OR near.similarity >= 0.5
        OR list_has_all(string_split(x.title_key, ' '), string_split(y.title_key, ' ')) OR list_has_all(string_split(y.title_key, ' '), string_split(x.title_key, ' '))), false);

-- Places that contradict each other, unless the link, the address, the number of
-- the opening or the text is the same, or one's text is advertised in the other's
-- place too. Places are few and pairs of postings many, so places are compared first.
CREATE OR REPLACE TEMP TABLE contradiction AS
SELECT p, q
FROM (
    SELECT DISTINCT x.places AS p, y.places AS q
    FROM (SELECT DISTINCT block, places FROM block WHERE places IS NOT NULL) AS x
    JOIN (SELECT DISTINCT block, places FROM block WHERE places IS NOT NULL) AS y ON x.block = y.block AND x.places <> y.places
)
WHERE NOT places_agree(p, q);

CREATE OR REPLACE TEMP TABLE apart AS
SELECT x.block, x.idx AS a, y.idx AS b, x.places AS p, y.places AS q, x.text_hash AS text_one, y.text_hash AS text_two
FROM block AS x
JOIN block AS y ON x.block = y.block AND x.idx < y.idx
JOIN contradiction AS c ON c.p = x.places AND c.q = y.places
WHERE NOT coalesce(x.link_key = y.link_key, false) AND NOT coalesce(x.url_key = y.url_key, false)
  AND NOT coalesce(x.title_key = y.title_key AND x.opening_key = y.opening_key, false) AND NOT coalesce(x.text_hash = y.text_hash, false);

CREATE OR REPLACE TEMP TABLE advertised AS
SELECT DISTINCT block, text_hash, places FROM block SEMI JOIN apart USING (block) WHERE text_hash IS NOT NULL;

INSERT INTO clash
SELECT a, b, 'place'
FROM apart
ANTI JOIN advertised AS d ON d.block = apart.block AND d.text_hash = apart.text_one AND d.places = apart.q
ANTI JOIN advertised AS e ON e.block = apart.block AND e.text_hash = apart.text_two AND e.places = apart.p;

-- Two employers. An agency's name is not the employer's, and the name in an ad
-- that leads to another employer's ad of the same title or text is doubted.
CREATE OR REPLACE TEMP TABLE doubted AS
SELECT DISTINCT unnest([a, b]) AS idx FROM pair_edge WHERE rule IN ('link', 'url') AND crosses AND NOT doubtful;

CREATE OR REPLACE TEMP TABLE names_employer AS
SELECT block, idx, employer_id
FROM block LEFT JOIN (SELECT idx, true AS doubted FROM doubted) USING (idx)
WHERE NOT agency AND employer_id IS NOT NULL AND (mode = 'feed' OR doubted IS NULL);

INSERT INTO clash
SELECT x.idx, y.idx, 'employer'
FROM names_employer AS x JOIN names_employer AS y ON x.block = y.block AND x.idx < y.idx AND x.employer_id <> y.employer_id;

-- A block without a clash is one job. In the others the best pairs are joined
-- first, and no two parts that clash: see join.go.
CREATE OR REPLACE TEMP TABLE cluster AS
SELECT c.idx, c.component AS part, torn.block IS NOT NULL AS torn
FROM component AS c
LEFT JOIN (SELECT DISTINCT b.block FROM clash AS k JOIN block AS b ON b.idx = k.a) AS torn ON torn.block = c.component;

DROP TABLE block;
DROP TABLE open_span;
DROP TABLE printed_on;
DROP TABLE apart;
DROP TABLE advertised;
DROP TABLE names_employer;
