-- What the models derive. All of it can be made again from the store.

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

CREATE TABLE store.pairs (
    a        VARCHAR,
    b        VARCHAR,
    reason   VARCHAR,
    evidence VARCHAR,
    merged   BOOLEAN
);
COMMENT ON TABLE store.pairs IS 'Two postings that were compared: merged into one job, or held apart in spite of likeness, and why. a < b.';

CREATE TABLE store.job_postings (
    job_id     VARCHAR,
    posting_id VARCHAR,
    reason     VARCHAR,
    evidence   VARCHAR
);
COMMENT ON TABLE store.job_postings IS 'Which job each posting advertises.';

CREATE TABLE store.posting_employers (
    posting_id  VARCHAR,
    employer_id VARCHAR
);
COMMENT ON TABLE store.posting_employers IS 'Which employer each posting belongs to.';

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
