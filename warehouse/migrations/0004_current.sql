-- The models read of each posting one row, in which what its label says stands
-- beside it, and join by numbers. All of this is derived, so it is made again.
DROP TABLE store.current;
CREATE TABLE store.current (
    posting_id    VARCHAR,
    source        VARCHAR,
    digest        VARCHAR,
    label_version VARCHAR,
    first_seen    TIMESTAMP,
    last_seen     TIMESTAMP,
    first_fetched TIMESTAMP,
    sightings     BIGINT,
    title         VARCHAR,
    company       VARCHAR,
    location      VARCHAR,
    is_job        BOOLEAN,
    agency        BOOLEAN,
    domain        VARCHAR,
    also1         VARCHAR,
    also2         VARCHAR,
    probability   DOUBLE,
    market_role   VARCHAR,
    country       VARCHAR,
    remote        VARCHAR,
    seniority     VARCHAR,
    employer_key  VARCHAR,
    employer_host VARCHAR,
    link          VARCHAR
);
COMMENT ON TABLE store.current IS 'Each posting with its newest content and what the label that counts says of it; probability is that of its domain.';

CREATE SEQUENCE store.node_no;
-- A table that a transaction deletes from cannot be altered by it.
CREATE OR REPLACE TABLE store.nodes AS SELECT CAST(NULL AS BIGINT) AS no, * FROM store.nodes LIMIT 0;
COMMENT ON TABLE store.nodes IS 'What identity is decided by, one row a posting. no is its number, another one after each change; summary is a hash of the rest: a posting whose summary is as it was is not looked at again.';

CREATE TABLE store.groups (
    no    BIGINT,
    rule  VARCHAR,
    leads BOOLEAN,
    grp   UBIGINT
);
COMMENT ON TABLE store.groups IS 'The groups, by rule, in which each node is compared with others. leads: whether the rule looks from it at the others.';

DELETE FROM store.pairs;
DELETE FROM store.blocks;
DELETE FROM store.job_postings;
DELETE FROM store.jobs;
DELETE FROM store.dirty;
INSERT INTO store.dirty SELECT DISTINCT posting_id FROM store.sightings;
