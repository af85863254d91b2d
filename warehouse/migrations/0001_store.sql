-- What is read and judged, one table a row type of warehouse/schema, in a schema
-- of its own: people and rooms read the published views instead. There are no
-- indexes and no constraints: a load finds its own rows by anti-join.
CREATE SCHEMA store;

CREATE TABLE store.meta (
    name  VARCHAR,
    value VARCHAR
);

CREATE TABLE store.sources (
    source        VARCHAR,
    kind          VARCHAR,
    mode          VARCHAR,
    lifetime_days INTEGER,
    selects       VARCHAR,
    board         VARCHAR,
    url           VARCHAR,
    employer      VARCHAR,
    employer_url  VARCHAR,
    configured    BOOLEAN,
    simulated     BOOLEAN
);

CREATE TABLE store.runs (
    run_id      VARCHAR,
    command     VARCHAR,
    version     VARCHAR,
    started_at  TIMESTAMP,
    finished_at TIMESTAMP,
    outcome     VARCHAR,
    error       VARCHAR,
    replay      BOOLEAN,
    simulated   BOOLEAN
);

CREATE TABLE store.run_sources (
    run_id       VARCHAR,
    source       VARCHAR,
    pages        BIGINT,
    sightings    BIGINT,
    new_postings BIGINT,
    rejects      BIGINT,
    forbidden    BIGINT,
    not_archived BIGINT,
    failed       BIGINT,
    seconds      DOUBLE,
    outcome      VARCHAR,
    error        VARCHAR
);

-- Which version of a part was put to use when, judged by the clock of the run.
CREATE TABLE store.versions (
    part    VARCHAR,
    version VARCHAR,
    since   TIMESTAMP
);

-- Postings whose sightings, labels or features changed since the models last ran.
CREATE TABLE store.dirty (
    posting_id VARCHAR
);

CREATE TABLE store.crawls (
    crawl_id             VARCHAR,
    run_id               VARCHAR,
    source               VARCHAR,
    started_at           TIMESTAMP,
    finished_at          TIMESTAMP,
    complete             BOOLEAN,
    pages                INTEGER,
    sightings            INTEGER,
    outcome              VARCHAR,
    error                VARCHAR,
    simulated            BOOLEAN
);

CREATE TABLE store.pages (
    page_id              VARCHAR,
    run_id               VARCHAR,
    crawl_id             VARCHAR,
    source               VARCHAR,
    url                  VARCHAR,
    fetched_at           TIMESTAMP,
    status               INTEGER,
    outcome              VARCHAR,
    error                VARCHAR,
    digest               VARCHAR,
    bytes                BIGINT,
    archive              VARCHAR,
    archive_offset       BIGINT,
    archive_length       BIGINT,
    etag                 VARCHAR,
    last_modified        VARCHAR,
    kind                 VARCHAR,
    parser_version       INTEGER,
    postings             INTEGER,
    rejects              INTEGER,
    complete             BOOLEAN,
    simulated            BOOLEAN
);

CREATE TABLE store.sightings (
    sighting_id          VARCHAR,
    posting_id           VARCHAR,
    source               VARCHAR,
    seen_at              TIMESTAMP,
    fetched_at           TIMESTAMP,
    page_id              VARCHAR,
    crawl_id             VARCHAR,
    digest               VARCHAR,
    ordinal              INTEGER,
    simulated            BOOLEAN
);

CREATE TABLE store.postings (
    posting_id           VARCHAR,
    digest               VARCHAR,
    source               VARCHAR,
    posting_key          VARCHAR,
    url                  VARCHAR,
    link                 VARCHAR,
    title                VARCHAR,
    company              VARCHAR,
    company_url          VARCHAR,
    location             VARCHAR,
    remote               VARCHAR,
    department           VARCHAR,
    employment           VARCHAR,
    pay                  VARCHAR,
    pay_low              DOUBLE,
    pay_high             DOUBLE,
    pay_currency         VARCHAR,
    pay_period           VARCHAR,
    tags                 VARCHAR,
    author               VARCHAR,
    requisition          VARCHAR,
    text                 VARCHAR,
    published_at         TIMESTAMP,
    updated_at           TIMESTAMP,
    expires_at           TIMESTAMP,
    seen_at              TIMESTAMP,
    simulated            BOOLEAN
);

CREATE TABLE store.rejects (
    reject_id            VARCHAR,
    page_id              VARCHAR,
    run_id               VARCHAR,
    source               VARCHAR,
    url                  VARCHAR,
    place                VARCHAR,
    field                VARCHAR,
    reason               VARCHAR,
    excerpt              VARCHAR,
    parser_version       INTEGER,
    fetched_at           TIMESTAMP,
    simulated            BOOLEAN
);

CREATE TABLE store.facts (
    fact_id              VARCHAR,
    source               VARCHAR,
    page_id              VARCHAR,
    subject              VARCHAR,
    name                 VARCHAR,
    value                VARCHAR,
    fetched_at           TIMESTAMP,
    simulated            BOOLEAN
);

CREATE TABLE store.labels (
    posting_id           VARCHAR,
    digest               VARCHAR,
    version              VARCHAR,
    labelled_at          TIMESTAMP,
    is_job               BOOLEAN,
    is_job_reason        VARCHAR,
    domain               VARCHAR,
    also1                VARCHAR,
    also2                VARCHAR,
    p_crypto             DOUBLE,
    p_cloud              DOUBLE,
    p_gaming             DOUBLE,
    p_web                DOUBLE,
    p_finance            DOUBLE,
    p_embedded           DOUBLE,
    p_data_ai            DOUBLE,
    p_security           DOUBLE,
    p_other              DOUBLE,
    abstained            BOOLEAN,
    reasons              VARCHAR,
    market_role          VARCHAR,
    market_reason        VARCHAR,
    country              VARCHAR,
    countries            VARCHAR,
    city                 VARCHAR,
    remote               VARCHAR,
    remote_region        VARCHAR,
    seniority            VARCHAR,
    employment           VARCHAR,
    pay_currency         VARCHAR,
    pay_period           VARCHAR,
    pay_low              DOUBLE,
    pay_high             DOUBLE,
    pay_reason           VARCHAR,
    years                DOUBLE,
    years_reason         VARCHAR,
    years_market         DOUBLE,
    years_market_reason  VARCHAR,
    learn_market         BOOLEAN,
    learn_reason         VARCHAR,
    agency               BOOLEAN,
    agency_reason        VARCHAR,
    text_language        VARCHAR
);

CREATE TABLE store.mentions (
    posting_id           VARCHAR,
    digest               VARCHAR,
    version              VARCHAR,
    kind                 VARCHAR,
    term                 VARCHAR,
    role                 VARCHAR,
    count                INTEGER,
    evidence             VARCHAR
);

CREATE TABLE store.features (
    posting_id           VARCHAR,
    digest               VARCHAR,
    version              VARCHAR,
    employer_key         VARCHAR,
    employer_host        VARCHAR,
    title_key            VARCHAR,
    place_key            VARCHAR,
    link_key             VARCHAR,
    url_key              VARCHAR,
    text_hash            VARCHAR,
    shingles             INTEGER,
    band0                BIGINT,
    band1                BIGINT,
    band2                BIGINT,
    band3                BIGINT,
    band4                BIGINT,
    band5                BIGINT,
    band6                BIGINT,
    band7                BIGINT
);

