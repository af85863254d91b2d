-- Everything that had been fetched by the time $1, from the attached database
-- "past" into this one. A crawl that was still under way had not shown what is
-- absent.
INSERT INTO store.sources BY NAME SELECT * FROM past.store.sources;
INSERT INTO store.versions BY NAME SELECT * FROM past.store.versions;
INSERT INTO store.runs BY NAME SELECT * FROM past.store.runs WHERE started_at <= getvariable('known_at');
INSERT INTO store.run_sources BY NAME SELECT * FROM past.store.run_sources SEMI JOIN store.runs USING (run_id);
INSERT INTO store.crawls BY NAME
SELECT * REPLACE (complete AND coalesce(finished_at, started_at) <= getvariable('known_at') AS complete)
FROM past.store.crawls WHERE started_at <= getvariable('known_at');
INSERT INTO store.pages BY NAME SELECT * FROM past.store.pages WHERE fetched_at <= getvariable('known_at');
INSERT INTO store.sightings BY NAME SELECT * FROM past.store.sightings WHERE fetched_at <= getvariable('known_at');
INSERT INTO store.rejects BY NAME SELECT * FROM past.store.rejects WHERE fetched_at <= getvariable('known_at');
INSERT INTO store.facts BY NAME SELECT * FROM past.store.facts WHERE fetched_at <= getvariable('known_at');

CREATE OR REPLACE TEMP TABLE content AS SELECT DISTINCT posting_id, digest FROM store.sightings;
INSERT INTO store.postings BY NAME SELECT * FROM past.store.postings SEMI JOIN content USING (posting_id, digest);
INSERT INTO store.labels BY NAME SELECT * FROM past.store.labels SEMI JOIN content USING (posting_id, digest);
INSERT INTO store.mentions BY NAME SELECT * FROM past.store.mentions SEMI JOIN content USING (posting_id, digest);
INSERT INTO store.features BY NAME SELECT * FROM past.store.features SEMI JOIN content USING (posting_id, digest);
INSERT INTO store.revisions BY NAME SELECT * FROM past.store.revisions WHERE known_at <= getvariable('known_at');

INSERT INTO store.dirty SELECT DISTINCT posting_id FROM store.sightings;
INSERT INTO store.dirty_crawls SELECT crawl_id FROM store.crawls;
DELETE FROM store.meta WHERE name IN ('data', 'known_at');
INSERT INTO store.meta SELECT * FROM past.store.meta WHERE name = 'data';
INSERT INTO store.meta SELECT 'known_at', strftime(getvariable('known_at'), '%Y-%m-%dT%H:%M:%SZ');
