-- One round of finding connected components: every vertex takes the least name
-- among its own and its neighbours', and then the name that that one has.
CREATE OR REPLACE TEMP TABLE component_next AS
WITH heard AS (
    SELECT e.a AS idx, c.component FROM edge AS e JOIN component AS c ON c.idx = e.b
    UNION ALL
    SELECT e.b, c.component FROM edge AS e JOIN component AS c ON c.idx = e.a
    UNION ALL
    SELECT idx, component FROM component
), least_heard AS (
    SELECT idx, min(component) AS component FROM heard GROUP BY idx
)
SELECT l.idx, least(l.component, c.component) AS component
FROM least_heard AS l JOIN component AS c ON c.idx = l.component;
