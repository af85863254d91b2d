-- One employer under all its names and sites. What is joined are units: the ads of
-- one name that lead to one site, or to none.
CREATE OR REPLACE TEMP TABLE signed AS
SELECT employer_key, employer_host AS host, source, company, coalesce(agency, false) AS agency, count(*) AS postings,
       bool_or(host_stated) AS stated, min(posting_id) AS posting_id
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

-- A site is a name's own when one holds the other (three letters stand in many words,
-- so they must begin or end it), they begin alike, or a letter of one is amiss in the
-- other.
CREATE OR REPLACE TEMP MACRO is_within(short, long) AS
    length(short) >= 4 AND contains(long, short) OR length(short) = 3 AND (starts_with(long, short) OR ends_with(long, short));

CREATE OR REPLACE TEMP MACRO is_own(name, site) AS
    is_within(name, site) OR is_within(site, name)
    OR length(site) >= 5 AND left(name, 5) = left(site, 5) OR length(name) >= 5 AND contains(site, left(name, 5))
    OR length(name) >= 5 AND length(site) >= 5 AND abs(length(name) - length(site)) <= 1 AND damerau_levenshtein(name, site) <= 1;

-- The most used unit of an employer names it, so that what was once taken for a
-- name does not, and an older ad that arrives late changes nothing.
CREATE OR REPLACE TEMP TABLE vertex AS
SELECT *, coalesce(is_own(employer_key, replace(split_part(host, '.', 1), '-', '')), false) AS own,
       CAST(row_number() OVER (ORDER BY postings DESC, length(employer_key), employer_key, host) AS INTEGER) AS idx
FROM (
    SELECT employer_key, host, sum(postings) AS postings, bool_or(stated) AS stated,
           bool_or(regexp_matches(company, '(?i)\b(formerly|previously|now|aka|fka|ex-)\b')) AS renamed,
           min(posting_id) AS posting_id
    FROM signed
    GROUP BY employer_key, host
);

-- What an agency writes joins nobody.
CREATE OR REPLACE TEMP TABLE named AS
SELECT v.* FROM vertex AS v
SEMI JOIN (SELECT employer_key, host FROM signed ANTI JOIN agency_key USING (employer_key) WHERE NOT agency) AS n
ON n.employer_key = v.employer_key AND n.host IS NOT DISTINCT FROM v.host;

CREATE OR REPLACE TEMP TABLE written AS
SELECT v.idx, c.source, c.author, min(c.posting_id) AS posting_id
FROM store.current AS c JOIN named AS v ON v.employer_key = c.employer_key AND v.host IS NOT DISTINCT FROM c.employer_host
WHERE c.author IS NOT NULL AND c.agency IS NOT TRUE
GROUP BY ALL;
