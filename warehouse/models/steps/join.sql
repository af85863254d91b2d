-- One round of joining inside the torn blocks: of the pairs of parts that do not
-- clash, those that are the best choice of both. The one with the smaller number
-- gives the name.
CREATE OR REPLACE TEMP TABLE joined AS
WITH live AS (
    SELECT least(x.part, y.part) AS p, greatest(x.part, y.part) AS q, max({score: e.score, tie: e.tie}) AS worth
    FROM torn_edge AS e JOIN cluster AS x ON x.idx = e.a JOIN cluster AS y ON y.idx = e.b
    WHERE x.part <> y.part
    GROUP BY ALL
), forbidden AS (
    SELECT least(x.part, y.part) AS p, greatest(x.part, y.part) AS q, bool_or(k.why = 'open') AS always
    FROM clash AS k JOIN cluster AS x ON x.idx = k.a JOIN cluster AS y ON y.idx = k.b
    GROUP BY ALL
), allowed AS (
    -- A strong key outweighs a place that is stated otherwise.
    SELECT l.* FROM live AS l LEFT JOIN forbidden AS f USING (p, q)
    WHERE f.p IS NULL OR NOT f.always AND l.worth.score >= 95
), best AS (
    SELECT part, max(worth) AS worth
    FROM (SELECT p AS part, worth FROM allowed UNION ALL SELECT q, worth FROM allowed)
    GROUP BY part
)
SELECT a.p, a.q FROM allowed AS a
JOIN best AS x ON x.part = a.p AND x.worth = a.worth
JOIN best AS y ON y.part = a.q AND y.worth = a.worth;

UPDATE cluster SET part = joined.p FROM joined WHERE cluster.part = joined.q;
