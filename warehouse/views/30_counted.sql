-- What is counted.

CREATE OR REPLACE MACRO main.known_days() AS 30;
COMMENT ON MACRO main.known_days IS 'For how many days after a feed''s last complete crawl what it showed then counts as known.';

CREATE OR REPLACE VIEW main.openings AS
SELECT p.posting_id, p.job_id, j.employer_id, e.employer, s.source, o.kind, s.mode, o.selects, s.spell,
       j.title, j.domain, j.also1, j.also2, j.market_role, j.is_job, j.country, j.remote, j.seniority, j.agency,
       s.open_from, s.open_to,
       CASE WHEN s.open_to IS NULL THEN coalesce(w.day, CAST(s.closed_after AS DATE)) + main.known_days() END AS watched_to,
       CAST(s.closed_after AS DATE) AS closed_after, CAST(s.closed_by AS DATE) AS closed_by,
       s.censored, o.simulated
FROM store.spells AS s
JOIN store.job_postings AS p USING (posting_id)
JOIN store.jobs AS j ON j.job_id = p.job_id
LEFT JOIN store.sources AS o ON o.source = s.source
LEFT JOIN store.employers AS e ON e.employer_id = j.employer_id
LEFT JOIN (
    SELECT source, CAST(max(started_at) AS DATE) AS day FROM store.crawls WHERE complete GROUP BY source
) AS w ON w.source = s.source;
COMMENT ON VIEW main.openings IS 'One row an interval in which one posting was open. Stock on day D: count(DISTINCT posting_id, job_id or employer_id) where open_from <= D and (open_to IS NULL or open_to > D) and (watched_to IS NULL or watched_to >= D). Flow: those whose min(open_from) lies in the period.';
COMMENT ON COLUMN main.openings.job_id IS 'job that the posting advertises';
COMMENT ON COLUMN main.openings.employer_id IS 'employer of the job; NULL when unknown';
COMMENT ON COLUMN main.openings.employer IS 'name of that employer';
COMMENT ON COLUMN main.openings.kind IS 'kind of the source';
COMMENT ON COLUMN main.openings.mode IS 'feed or periodical';
COMMENT ON COLUMN main.openings.selects IS 'on what the source selects; NULL when on nothing';
COMMENT ON COLUMN main.openings.spell IS 'number of the interval for its posting, from 1';
COMMENT ON COLUMN main.openings.title IS 'title of the job';
COMMENT ON COLUMN main.openings.domain IS 'primary domain of the job: that of most of its postings, by probability';
COMMENT ON COLUMN main.openings.open_from IS 'first day open';
COMMENT ON COLUMN main.openings.open_to IS 'day on which it is open no more; NULL when it is still open. Feeds: the day of the crawl that missed it; periodicals: when the lifetime ends';
COMMENT ON COLUMN main.openings.watched_to IS 'last day of which an opening without an end is known: 30 days after its feed''s last complete crawl. Later it may be open or not. NULL when open_to is set';
COMMENT ON COLUMN main.openings.closed_after IS 'feeds: last day on which a crawl showed it';
COMMENT ON COLUMN main.openings.closed_by IS 'feeds: day of the first complete crawl that did not; NULL when it is still open';
COMMENT ON COLUMN main.openings.censored IS 'true when the end was not seen';
COMMENT ON COLUMN main.openings.remote IS 'remote, hybrid or onsite';

CREATE OR REPLACE VIEW main.jobs AS
SELECT j.job_id, j.employer_id, e.employer, j.title, j.is_job, j.domain, j.also1, j.also2, j.market_role,
       j.country, j.remote, j.seniority, j.places, j.agency, j.first_seen, j.last_seen, j.postings, j.sightings, j.sources
FROM store.jobs AS j LEFT JOIN store.employers AS e USING (employer_id);
COMMENT ON VIEW main.jobs IS 'One row a job: one opening, however often and wherever it was advertised.';
COMMENT ON COLUMN main.jobs.job_id IS 'id of the job: that of its earliest posting';
COMMENT ON COLUMN main.jobs.employer_id IS 'employer; NULL when unknown';
COMMENT ON COLUMN main.jobs.employer IS 'name of the employer';
COMMENT ON COLUMN main.jobs.domain IS 'primary domain: that of most of its postings, by probability';
COMMENT ON COLUMN main.jobs.market_role IS 'strongest role that any of its postings gives the market''s language';
COMMENT ON COLUMN main.jobs.remote IS 'remote, hybrid or onsite';
COMMENT ON COLUMN main.jobs.places IS 'all places that its postings name';
COMMENT ON COLUMN main.jobs.agency IS 'true when only agencies advertise it';
COMMENT ON COLUMN main.jobs.first_seen IS 'earliest sighting, UTC';
COMMENT ON COLUMN main.jobs.last_seen IS 'latest sighting, UTC';
COMMENT ON COLUMN main.jobs.postings IS 'number of postings that advertise it';
COMMENT ON COLUMN main.jobs.sightings IS 'number of sightings of those';
COMMENT ON COLUMN main.jobs.sources IS 'number of sources that carry it';

CREATE OR REPLACE VIEW main.job_postings AS FROM store.job_postings;
COMMENT ON VIEW main.job_postings IS 'Which postings advertise which job, and why they are taken for one.';
COMMENT ON COLUMN main.job_postings.job_id IS 'id of the job';
COMMENT ON COLUMN main.job_postings.reason IS 'what joined the posting to the job';
COMMENT ON COLUMN main.job_postings.evidence IS 'the facts behind the reason';

CREATE OR REPLACE VIEW main.employers AS
SELECT e.employer_id, e.employer, e.host, e.aliases, d.domain, coalesce(d.postings, 0) AS postings, coalesce(d.jobs, 0) AS jobs
FROM store.employers AS e
LEFT JOIN (
    SELECT employer_id, mode(domain ORDER BY domain) AS domain, sum(postings)::BIGINT AS postings, count(*) AS jobs
    FROM store.jobs GROUP BY employer_id
) AS d USING (employer_id);
COMMENT ON VIEW main.employers IS 'One row an employer, under whatever names it advertises.';
COMMENT ON COLUMN main.employers.employer_id IS 'id of the employer: its most used name, normalised; with its site where another bears that name';
COMMENT ON COLUMN main.employers.employer IS 'name that its ads use most';
COMMENT ON COLUMN main.employers.host IS 'domain of its site';
COMMENT ON COLUMN main.employers.aliases IS 'all names that its ads use, joined by semicolons';
COMMENT ON COLUMN main.employers.domain IS 'domain of most of its jobs';
COMMENT ON COLUMN main.employers.postings IS 'number of its postings';
COMMENT ON COLUMN main.employers.jobs IS 'number of its jobs';

CREATE OR REPLACE VIEW main.marks AS FROM store.marks;
COMMENT ON VIEW main.marks IS 'What a reader of a chart must know before taking a step in a line for news.';
COMMENT ON COLUMN main.marks.day IS 'day of the mark';
COMMENT ON COLUMN main.marks.source IS 'source it concerns; NULL for all';
COMMENT ON COLUMN main.marks.kind IS 'crawl, source (watched from then on), end (not watched from then on), parser, classifier, identity (what ads are compared by) or dedup (the rules that make jobs of them)';
COMMENT ON COLUMN main.marks.text IS 'what happened, a sentence';
