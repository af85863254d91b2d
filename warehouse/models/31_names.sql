-- The units of one name are one employer's, but a short name is borne by many: two
-- sites that both are the name's own and of which places are known are two
-- employers' unless something is shared, an author, a board, a link, a place or a
-- text. What has no such site goes with that which it shares most with the most used.
CREATE OR REPLACE TEMP TABLE rival AS
SELECT *, count(*) OVER (PARTITION BY employer_key) AS rivals
FROM named WHERE own AND length(employer_key) <= 8
QUALIFY rivals > 1;

-- What the ads of such names show. A country alone is shared by strangers.
CREATE OR REPLACE TEMP TABLE token AS
WITH ad AS (
    SELECT v.idx, v.employer_key, c.source, c.author, f.place_key, f.link_key, f.text_hash,
           [f.band0, f.band1, f.band2, f.band3, f.band4, f.band5, f.band6, f.band7] AS bands
    FROM named AS v
    SEMI JOIN rival USING (employer_key)
    JOIN store.current AS c ON c.employer_key = v.employer_key AND c.employer_host IS NOT DISTINCT FROM v.host
    JOIN store.features AS f ON f.posting_id = c.posting_id AND f.digest = c.digest
)
SELECT DISTINCT idx, employer_key, kind, value
FROM (
    SELECT idx, employer_key, 'author' AS kind, author AS value FROM ad
    UNION ALL SELECT idx, employer_key, 'link', link_key FROM ad
    UNION ALL SELECT idx, employer_key, 'text', text_hash FROM ad
    UNION ALL SELECT a.idx, a.employer_key, 'board', a.source FROM ad AS a JOIN store.sources AS o ON o.source = a.source AND o.mode = 'feed'
    UNION ALL SELECT idx, employer_key, 'place', unnest(string_split(place_key, '; ')) FROM ad
    UNION ALL SELECT idx, employer_key, 'band' || generate_subscripts(bands, 1), CAST(nullif(unnest(bands), 0) AS VARCHAR) FROM ad
)
WHERE value IS NOT NULL AND NOT (kind = 'place' AND (value = 'remote' OR regexp_matches(value, '^[A-Z]{2}$')));

CREATE OR REPLACE TEMP TABLE placed AS
SELECT r.* FROM rival AS r SEMI JOIN (SELECT idx FROM token WHERE kind = 'place') USING (idx);

CREATE OR REPLACE TEMP TABLE shared AS
SELECT x.idx AS a, y.idx AS b, max(x.kind) AS kind
FROM token AS x JOIN token AS y ON x.employer_key = y.employer_key AND x.kind = y.kind AND x.value = y.value AND x.idx <> y.idx
SEMI JOIN placed AS p ON p.idx = x.idx
GROUP BY x.idx, y.idx;

-- Why two units are one employer's: the rule, what they have in common beyond it, and
-- an ad of b that shows it.
CREATE OR REPLACE TEMP TABLE employer_edge AS
WITH first AS (
    SELECT v.employer_key, coalesce(min(v.idx) FILTER (p.idx IS NOT NULL), min(v.idx)) AS idx
    FROM vertex AS v LEFT JOIN placed AS p USING (idx)
    GROUP BY v.employer_key
), nearest AS (
    SELECT b, min(a) AS a FROM shared WHERE b NOT IN (SELECT idx FROM placed) GROUP BY b
)
SELECT coalesce(n.a, f.idx) AS a, v.idx AS b, 'name' AS rule, NULL AS what, v.posting_id
FROM vertex AS v JOIN first AS f USING (employer_key) LEFT JOIN nearest AS n ON n.b = v.idx
WHERE v.idx NOT IN (SELECT idx FROM placed) AND coalesce(n.a, f.idx) <> v.idx
UNION ALL
SELECT s.a, s.b, 'name', CASE WHEN starts_with(s.kind, 'band') THEN 'text' ELSE s.kind END, p.posting_id
FROM shared AS s JOIN placed AS p ON p.idx = s.b
WHERE s.a < s.b;

DROP TABLE rival;
DROP TABLE token;
DROP TABLE placed;
DROP TABLE shared;
