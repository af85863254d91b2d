-- One employer under all its names. Two keys are one employer when the ads of
-- one board carry both (it changed its name), or when ads that name a site of
-- their own carry both, or when ads under both lead to the same openings: to two of
-- them, or to one where a name begins with the other. A site, board or opening
-- with more than three keys belongs to a publisher and joins nobody, and what an
-- agency writes joins nobody. A site joins only names of which one is its own: an
-- ad may lead to a talk about the employer. And a name that is not the site's own
-- joins there only if it has no other site: a place taken for a name has many; of the
-- site's own there may be eight. Names that one author of a forum signs, of which one
-- holds the other, are one employer's too.
CREATE OR REPLACE TEMP TABLE signed AS
SELECT employer_key, employer_host AS host, source, company, coalesce(agency, false) AS agency, count(*) AS postings, min(first_seen) AS since
FROM store.current
WHERE employer_key IS NOT NULL
GROUP BY ALL;

-- Not every ad of an agency says that it is one: a name of which a third of the
-- ads do, and four at least, is an agency's in the others too.
CREATE OR REPLACE TEMP TABLE agency_key AS
SELECT employer_key
FROM signed
GROUP BY employer_key
HAVING sum(postings) FILTER (agency) >= 4 AND 3 * sum(postings) FILTER (agency) >= sum(postings);

CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT employer_key, host, source FROM signed ANTI JOIN agency_key USING (employer_key) WHERE NOT agency;

-- A key's rank says which of several keys names the employer: the one seen first.
CREATE OR REPLACE TEMP TABLE vertex AS
SELECT employer_key, CAST(row_number() OVER (ORDER BY min(since), employer_key) AS INTEGER) AS idx
FROM signed
GROUP BY employer_key;

-- A site is a name's own when one holds the other, or they begin alike.
CREATE OR REPLACE TEMP MACRO is_own(name, site) AS
    length(name) >= 3 AND contains(site, name) OR length(site) >= 3 AND contains(name, site)
    OR length(site) >= 5 AND left(name, 5) = left(site, 5) OR length(name) >= 5 AND contains(site, left(name, 5));

CREATE OR REPLACE TEMP TABLE edge AS
WITH sited AS (
    SELECT DISTINCT host, employer_key,
           replace(split_part(host, '.', 1), '-', '') AS site, is_own(employer_key, site) AS own
    FROM named WHERE host IS NOT NULL
), shared AS (
    SELECT 'host ' || host AS via, employer_key
    FROM (SELECT *, count(*) OVER (PARTITION BY host) AS names, count(*) FILTER (NOT own) OVER (PARTITION BY host) AS others,
                 count(*) OVER (PARTITION BY employer_key) AS sites FROM sited)
    WHERE names > others AND names <= 8 AND others <= 2 AND (own OR sites = 1)
    UNION
    SELECT DISTINCT 'board ' || n.source, n.employer_key
    FROM named AS n JOIN store.sources AS o ON o.source = n.source AND o.mode = 'feed' AND o.board IS NOT NULL
), few AS (
    SELECT via, min(v.idx) AS first_idx
    FROM shared JOIN vertex AS v USING (employer_key)
    GROUP BY via HAVING count(*) > 1 AND (count(*) <= 3 OR starts_with(via, 'host '))
), written AS (
    SELECT DISTINCT source, author, employer_key
    FROM store.current ANTI JOIN agency_key USING (employer_key)
    WHERE author IS NOT NULL AND employer_key IS NOT NULL AND agency IS NOT TRUE
), linked AS (
    SELECT link, employer_key FROM store.current ANTI JOIN agency_key USING (employer_key)
    WHERE link IS NOT NULL AND employer_key IS NOT NULL AND agency IS NOT TRUE
), led AS (
    SELECT link, employer_key
    FROM linked SEMI JOIN (SELECT link FROM linked GROUP BY link HAVING min(employer_key) <> max(employer_key)) USING (link)
    GROUP BY link, employer_key
    QUALIFY count(*) OVER (PARTITION BY link) <= 3
)
SELECT DISTINCT f.first_idx AS a, v.idx AS b
FROM few AS f JOIN shared USING (via) JOIN vertex AS v USING (employer_key)
WHERE v.idx <> f.first_idx
UNION
SELECT x.idx, y.idx
FROM led AS p JOIN led AS q ON q.link = p.link AND p.employer_key < q.employer_key
JOIN vertex AS x ON x.employer_key = p.employer_key
JOIN vertex AS y ON y.employer_key = q.employer_key
GROUP BY x.idx, y.idx, p.employer_key, q.employer_key
HAVING count(*) >= 2 OR starts_with(q.employer_key, p.employer_key) AND length(p.employer_key) >= 4
UNION
SELECT x.idx, y.idx
FROM written AS p JOIN written AS q ON q.source = p.source AND q.author = p.author
JOIN vertex AS x ON x.employer_key = p.employer_key
JOIN vertex AS y ON y.employer_key = q.employer_key
WHERE length(p.employer_key) >= 5 AND p.employer_key <> q.employer_key AND contains(q.employer_key, p.employer_key);
