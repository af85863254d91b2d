-- What was read, as people and other rooms may rely on it.

CREATE OR REPLACE VIEW main.sources AS
SELECT s.source, s.kind, s.mode, s.lifetime_days, s.selects, s.board, s.employer, s.configured, s.simulated,
       seen.first_seen, seen.last_seen, crawled.first_crawl, crawled.last_crawl, crawled.crawls, crawled.complete_crawls
FROM store.sources AS s
LEFT JOIN (
    SELECT source, min(first_seen) AS first_seen, max(last_seen) AS last_seen FROM store.current GROUP BY source
) AS seen USING (source)
LEFT JOIN (
    SELECT source, min(started_at) AS first_crawl, max(started_at) AS last_crawl,
           count(*) AS crawls, count(*) FILTER (complete) AS complete_crawls
    FROM store.crawls GROUP BY source
) AS crawled USING (source);
COMMENT ON VIEW main.sources IS 'Every place that was crawled, or is configured to be.';
COMMENT ON COLUMN main.sources.kind IS 'which collector reads it';
COMMENT ON COLUMN main.sources.mode IS 'feed: lists all that is open at each crawl; periodical: prints an ad once; registry: lists employers';
COMMENT ON COLUMN main.sources.lifetime_days IS 'periodicals: days that an ad counts as open after it was printed';
COMMENT ON COLUMN main.sources.selects IS 'on what the source selects; NULL when on nothing. A source that selects on the answer never enters a share';
COMMENT ON COLUMN main.sources.board IS 'board token or what else the kind asks for';
COMMENT ON COLUMN main.sources.employer IS 'employer that the whole source belongs to; NULL when many';
COMMENT ON COLUMN main.sources.configured IS 'false when a replay recognised it and pipeline.yaml does not name it';
COMMENT ON COLUMN main.sources.first_seen IS 'earliest sighting, UTC';
COMMENT ON COLUMN main.sources.last_seen IS 'latest sighting, UTC';
COMMENT ON COLUMN main.sources.first_crawl IS 'start of the first crawl, UTC';
COMMENT ON COLUMN main.sources.last_crawl IS 'start of the last crawl, UTC';
COMMENT ON COLUMN main.sources.crawls IS 'number of crawls';
COMMENT ON COLUMN main.sources.complete_crawls IS 'crawls that were read to their end';

CREATE OR REPLACE VIEW main.runs AS FROM store.runs;
COMMENT ON VIEW main.runs IS 'Every invocation that wrote.';
COMMENT ON COLUMN main.runs.run_id IS 'id of the run';
COMMENT ON COLUMN main.runs.command IS 'command line';
COMMENT ON COLUMN main.runs.version IS 'version of the program';
COMMENT ON COLUMN main.runs.started_at IS 'when the run started, UTC';
COMMENT ON COLUMN main.runs.finished_at IS 'when the run ended, UTC; NULL when it did not';
COMMENT ON COLUMN main.runs.outcome IS 'running, ok, partial, failed or stopped';
COMMENT ON COLUMN main.runs.replay IS 'true when it read archives and not the network';

CREATE OR REPLACE VIEW main.run_sources AS FROM store.run_sources;
COMMENT ON VIEW main.run_sources IS 'What each run did for each source: the table at the end of a run.';
COMMENT ON COLUMN main.run_sources.run_id IS 'the run';
COMMENT ON COLUMN main.run_sources.pages IS 'answers with a body or "unchanged"';
COMMENT ON COLUMN main.run_sources.sightings IS 'ads read, repeated ones too';
COMMENT ON COLUMN main.run_sources.new_postings IS 'postings that the warehouse did not know';
COMMENT ON COLUMN main.run_sources.rejects IS 'pages, or places on them, that could not be read';
COMMENT ON COLUMN main.run_sources.forbidden IS 'URLs that robots.txt keeps us out of';
COMMENT ON COLUMN main.run_sources.not_archived IS 'replays: URLs that the archives lack';
COMMENT ON COLUMN main.run_sources.failed IS 'URLs without a usable answer';
COMMENT ON COLUMN main.run_sources.seconds IS 'time that the source took, seconds';
COMMENT ON COLUMN main.run_sources.outcome IS 'ok, forbidden, failed, partial or stopped';

CREATE OR REPLACE VIEW main.crawls AS FROM store.crawls;
COMMENT ON VIEW main.crawls IS 'One pass over one source, from its start URL on.';
CREATE OR REPLACE VIEW main.pages AS FROM store.pages;
COMMENT ON VIEW main.pages IS 'One answer to one request, and where its bytes lie.';
COMMENT ON COLUMN main.pages.url IS 'address that was asked';
COMMENT ON COLUMN main.pages.digest IS 'sha256 of the body';
COMMENT ON COLUMN main.pages.complete IS 'true when it was read to its end';
COMMENT ON COLUMN main.pages.rejects IS 'places on it that could not be read';
CREATE OR REPLACE VIEW main.sightings AS FROM store.sightings;
COMMENT ON VIEW main.sightings IS 'One posting seen on one page at one time.';
COMMENT ON COLUMN main.sightings.digest IS 'content of the posting at that time';
CREATE OR REPLACE VIEW main.contents AS FROM store.postings;
COMMENT ON VIEW main.contents IS 'What each ad said, once for each distinct content; postings has the newest only.';
CREATE OR REPLACE VIEW main.rejects AS FROM store.rejects;
COMMENT ON VIEW main.rejects IS 'Something that could not be read: a page, or a place on one.';
COMMENT ON COLUMN main.rejects.url IS 'address of the page';
CREATE OR REPLACE VIEW main.facts AS FROM store.facts;
COMMENT ON VIEW main.facts IS 'What a registry says about an employer or a technology.';
