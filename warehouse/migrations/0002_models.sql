-- What the models derive. All of it can be made again from the store.

-- Crawls and sources that were added or changed since the models last ran.
CREATE TABLE store.dirty_crawls (
    crawl_id VARCHAR
);
CREATE TABLE store.dirty_sources (
    source VARCHAR
);

CREATE TABLE store.current (
    posting_id    VARCHAR,
    source        VARCHAR,
    digest        VARCHAR,
    label_version VARCHAR,
    first_seen    TIMESTAMP,
    last_seen     TIMESTAMP,
    first_fetched TIMESTAMP,
    sightings     BIGINT
);
COMMENT ON TABLE store.current IS 'Each posting with its newest content and the version of the label that counts.';

CREATE TABLE store.spells (
    posting_id   VARCHAR,
    source       VARCHAR,
    mode         VARCHAR,
    spell        INTEGER,
    opened_after TIMESTAMP,
    opened_by    TIMESTAMP,
    closed_after TIMESTAMP,
    closed_by    TIMESTAMP,
    open_from    DATE,
    open_to      DATE,
    censored     BOOLEAN
);
COMMENT ON TABLE store.spells IS 'Each interval in which a posting was open.';

CREATE TABLE store.employer_keys (
    employer_key VARCHAR,
    employer_id  VARCHAR
);
COMMENT ON TABLE store.employer_keys IS 'The names under which each employer advertises, as keys.';

-- All that identity is decided by. summary is a hash of the row: a posting whose
-- summary is as it was is not looked at again.
CREATE TABLE store.nodes (
    posting_id  VARCHAR,
    source      VARCHAR,
    mode        VARCHAR,
    employer_id VARCHAR,
    title_key   VARCHAR,
    places      VARCHAR,
    link_key    VARCHAR,
    url_key     VARCHAR,
    text_hash   VARCHAR,
    agency      BOOLEAN,
    is_job      BOOLEAN,
    from_at     TIMESTAMP,
    to_at       TIMESTAMP,
    band0 BIGINT, band1 BIGINT, band2 BIGINT, band3 BIGINT,
    band4 BIGINT, band5 BIGINT, band6 BIGINT, band7 BIGINT,
    digest      VARCHAR,
    summary     UBIGINT
);
COMMENT ON TABLE store.nodes IS 'What identity is decided by, one row a posting.';

CREATE TABLE store.blocks (
    posting_id VARCHAR,
    block_id   VARCHAR
);
COMMENT ON TABLE store.blocks IS 'Postings that pairs connect, directly or through others. Whatever happens in one block concerns no other.';

CREATE TABLE store.pairs (
    rule       VARCHAR,
    grp        UBIGINT,
    a          VARCHAR,
    b          VARCHAR,
    score      DOUBLE,
    gap_days   DOUBLE,
    similarity DOUBLE
);
COMMENT ON TABLE store.pairs IS 'Two postings that a rule takes for one job, unless something else speaks against it. a < b.';

CREATE TABLE store.job_postings (
    job_id     VARCHAR,
    posting_id VARCHAR,
    reason     VARCHAR,
    evidence   VARCHAR
);
COMMENT ON TABLE store.job_postings IS 'Which job each posting advertises.';

CREATE TABLE store.employers (
    employer_id VARCHAR,
    employer    VARCHAR,
    host        VARCHAR,
    aliases     VARCHAR
);
COMMENT ON TABLE store.employers IS 'One row an employer, under whatever names it advertises.';

CREATE TABLE store.jobs (
    job_id      VARCHAR,
    employer_id VARCHAR,
    title       VARCHAR,
    is_job      BOOLEAN,
    domain      VARCHAR,
    also1       VARCHAR,
    also2       VARCHAR,
    market_role VARCHAR,
    country     VARCHAR,
    remote      VARCHAR,
    seniority   VARCHAR,
    places      VARCHAR,
    agency      BOOLEAN,
    first_seen  TIMESTAMP,
    last_seen   TIMESTAMP,
    postings    BIGINT,
    sightings   BIGINT,
    sources     BIGINT
);
COMMENT ON TABLE store.jobs IS 'One row a job: one opening, however often and wherever it was advertised.';

CREATE TABLE store.marks (
    day       DATE,
    source    VARCHAR,
    kind      VARCHAR,
    text      VARCHAR,
    simulated BOOLEAN
);
COMMENT ON TABLE store.marks IS 'What a reader of a chart must know before taking a step in a line for news.';

-- A published number, each time it was published.
CREATE TABLE store.revisions (
    measure  VARCHAR,
    part     VARCHAR,
    day      DATE,
    value    DOUBLE,
    known_at TIMESTAMP,
    versions VARCHAR
);
COMMENT ON TABLE store.revisions IS 'Published numbers as they were published, to see how far they have moved since.';
