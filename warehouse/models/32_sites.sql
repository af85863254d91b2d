-- Two names are one employer's when the ads of one board carry both (it changed its
-- name), or when ads that name a site of their own carry both, or when ads under both
-- lead to the same openings: to two of them, or to one where a name begins with the
-- other. Names that one author of a forum signs, of which one holds the other, are one
-- employer's too. A site, board or opening with more than three keys belongs to a
-- publisher and joins nobody; of a site's own there may be eight.

-- An ad may lead to a talk about the employer, to its customer or to its tool. So a
-- site joins only names of which one is its own, and another only when the ad states
-- the site, when two authors lead there or one who writes for the site's own name
-- too, or when the ad says that the name is another now; and only if that name has no other site:
-- a place taken for a name has many. Where three such names stand, it is a publisher.
INSERT INTO employer_edge BY NAME
WITH sited AS (
    SELECT idx, employer_key, host, own, posting_id, own OR stated OR renamed AS known,
           count(*) OVER (PARTITION BY host) AS names, count(*) FILTER (NOT own) OVER (PARTITION BY host) AS others,
           count(*) OVER (PARTITION BY employer_key) AS sites
    FROM named WHERE host IS NOT NULL
), site AS (
    SELECT * FROM sited WHERE names > 1 AND names > others AND names <= 8 AND others <= 2 AND (own OR sites = 1)
), vouched AS (
    SELECT idx FROM site WHERE known
    UNION
    SELECT idx FROM written SEMI JOIN site USING (idx) GROUP BY idx HAVING count(DISTINCT author) > 1
    UNION
    SELECT s.idx
    FROM site AS s JOIN written AS w ON w.idx = s.idx
    JOIN site AS o ON o.host = s.host AND o.own JOIN written AS u ON u.idx = o.idx AND u.source = w.source AND u.author = w.author
)
SELECT f.idx AS a, s.idx AS b, 'site' AS rule, s.host AS what, s.posting_id
FROM site AS s SEMI JOIN vouched USING (idx)
JOIN (SELECT host, min(idx) AS idx FROM site WHERE own GROUP BY host) AS f USING (host)
WHERE s.idx <> f.idx;

INSERT INTO employer_edge BY NAME
WITH listed AS (
    SELECT s.source, v.idx, v.employer_key, min(s.posting_id) AS posting_id
    FROM signed AS s
    JOIN named AS v ON v.employer_key = s.employer_key AND v.host IS NOT DISTINCT FROM s.host
    JOIN store.sources AS o ON o.source = s.source AND o.mode = 'feed' AND o.board IS NOT NULL
    GROUP BY ALL
), few AS (
    SELECT source, min(idx) AS idx FROM listed GROUP BY source HAVING count(DISTINCT employer_key) BETWEEN 2 AND 3
)
SELECT f.idx AS a, l.idx AS b, 'board' AS rule, l.source AS what, l.posting_id
FROM few AS f JOIN listed AS l USING (source)
WHERE l.idx <> f.idx;

INSERT INTO employer_edge BY NAME
WITH linked AS (
    SELECT c.link, c.employer_key, min(v.idx) AS idx, min(c.posting_id) AS posting_id
    FROM store.current AS c JOIN named AS v ON v.employer_key = c.employer_key AND v.host IS NOT DISTINCT FROM c.employer_host
    WHERE c.link IS NOT NULL AND c.agency IS NOT TRUE
    GROUP BY c.link, c.employer_key
), led AS (
    SELECT * FROM linked QUALIFY count(*) OVER (PARTITION BY link) BETWEEN 2 AND 3
)
SELECT unnest(arg_min({a: p.idx, b: q.idx, what: p.link, posting_id: q.posting_id}, row(p.link, p.idx, q.idx))), 'link' AS rule
FROM led AS p JOIN led AS q ON q.link = p.link AND p.employer_key < q.employer_key
GROUP BY p.employer_key, q.employer_key
HAVING count(*) >= 2 OR starts_with(q.employer_key, p.employer_key) AND length(p.employer_key) >= 4;

INSERT INTO employer_edge BY NAME
SELECT p.idx AS a, q.idx AS b, 'author' AS rule, p.author AS what, q.posting_id
FROM written AS p JOIN written AS q ON q.source = p.source AND q.author = p.author
JOIN vertex AS x ON x.idx = p.idx
JOIN vertex AS y ON y.idx = q.idx
WHERE length(x.employer_key) >= 5 AND x.employer_key <> y.employer_key AND contains(y.employer_key, x.employer_key);

CREATE OR REPLACE TEMP TABLE edge AS SELECT a, b FROM employer_edge;
