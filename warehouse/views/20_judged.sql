-- What was judged of each posting's newest content.

CREATE OR REPLACE VIEW main.labels AS
SELECT l.*
FROM store.labels AS l
JOIN store.current AS c ON c.posting_id = l.posting_id AND c.digest = l.digest AND c.label_version = l.version;
COMMENT ON VIEW main.labels IS 'What the classifier in use judged of each posting.';
COMMENT ON COLUMN main.labels.digest IS 'content of the posting that was read';
COMMENT ON COLUMN main.labels.version IS 'version of the classifier';
COMMENT ON COLUMN main.labels.remote IS 'remote, hybrid or onsite';
COMMENT ON COLUMN main.labels.employment IS 'full_time, part_time, contract, internship or temporary';
COMMENT ON COLUMN main.labels.pay_low IS 'lower end of the pay a year, in pay_currency';
COMMENT ON COLUMN main.labels.pay_high IS 'upper end of the pay a year, in pay_currency';
COMMENT ON COLUMN main.labels.pay_period IS 'period in which the pay was stated';

CREATE OR REPLACE VIEW main.mentions AS
SELECT m.*
FROM store.mentions AS m
JOIN store.current AS c ON c.posting_id = m.posting_id AND c.digest = m.digest AND c.label_version = m.version;
COMMENT ON VIEW main.mentions IS 'The languages and technologies that each posting names.';
COMMENT ON COLUMN main.mentions.digest IS 'content of the posting that was read';
COMMENT ON COLUMN main.mentions.version IS 'version of the classifier';
COMMENT ON COLUMN main.mentions.kind IS 'language or technology';

CREATE OR REPLACE VIEW main.features AS
SELECT f.*
FROM store.features AS f
JOIN store.current AS c ON c.posting_id = f.posting_id AND c.digest = f.digest;
COMMENT ON VIEW main.features IS 'The keys by which postings are told to be one job.';
COMMENT ON COLUMN main.features.digest IS 'content of the posting that was read';
COMMENT ON COLUMN main.features.version IS 'version of the identity code';

CREATE OR REPLACE VIEW main.postings AS
SELECT p.posting_id, p.digest, p.source, s.kind, s.mode, s.selects, p.posting_key, p.url, p.link,
       p.title, p.company, p.company_url, p.location, p.remote AS remote_stated, p.department,
       p.employment AS employment_stated, p.pay, p.pay_low AS pay_low_stated, p.pay_high AS pay_high_stated,
       p.pay_currency AS pay_currency_stated, p.pay_period AS pay_period_stated, p.tags, p.author, p.requisition,
       p.text, p.published_at, p.updated_at, p.expires_at,
       c.first_seen, c.last_seen, c.sightings,
       j.job_id, n.employer_id, e.employer,
       l.version AS label_version, l.labelled_at, l.is_job, l.is_job_reason, l.domain, l.also1, l.also2,
       l.p_crypto, l.p_cloud, l.p_gaming, l.p_web, l.p_finance, l.p_embedded, l.p_data_ai, l.p_security, l.p_other,
       l.abstained, l.reasons, l.market_role, l.market_reason, l.country, l.countries, l.city, l.remote, l.remote_region,
       l.seniority, l.employment, l.pay_currency, l.pay_period, l.pay_low, l.pay_high, l.pay_reason,
       l.years, l.years_reason, l.years_market, l.years_market_reason, l.learn_market, l.learn_reason,
       l.agency, l.agency_reason, l.text_language,
       p.simulated
FROM store.current AS c
JOIN store.postings AS p ON p.posting_id = c.posting_id AND p.digest = c.digest
LEFT JOIN store.sources AS s ON s.source = c.source
LEFT JOIN store.labels AS l ON l.posting_id = c.posting_id AND l.digest = c.digest AND l.version = c.label_version
LEFT JOIN store.job_postings AS j ON j.posting_id = c.posting_id
LEFT JOIN store.nodes AS n ON n.posting_id = c.posting_id
LEFT JOIN store.employers AS e ON e.employer_id = n.employer_id;
COMMENT ON VIEW main.postings IS 'One row an ad: its newest content, what was judged of it, and the job and employer it belongs to.';
COMMENT ON COLUMN main.postings.kind IS 'kind of the source';
COMMENT ON COLUMN main.postings.mode IS 'feed or periodical';
COMMENT ON COLUMN main.postings.selects IS 'on what the source selects; NULL when on nothing';
COMMENT ON COLUMN main.postings.url IS 'where the ad stands';
COMMENT ON COLUMN main.postings.remote_stated IS 'what a field of the source says: yes, no or hybrid';
COMMENT ON COLUMN main.postings.remote IS 'remote, hybrid or onsite, as judged';
COMMENT ON COLUMN main.postings.employment_stated IS 'kind of employment as stated';
COMMENT ON COLUMN main.postings.employment IS 'full_time, part_time, contract, internship or temporary, as judged';
COMMENT ON COLUMN main.postings.pay_low_stated IS 'lower end of the stated pay, in pay_currency_stated a pay_period_stated';
COMMENT ON COLUMN main.postings.pay_high_stated IS 'upper end of the stated pay';
COMMENT ON COLUMN main.postings.pay_currency_stated IS 'ISO 4217 code of the stated pay';
COMMENT ON COLUMN main.postings.pay_period_stated IS 'year, month, week, day or hour';
COMMENT ON COLUMN main.postings.pay_currency IS 'ISO 4217 code';
COMMENT ON COLUMN main.postings.pay_period IS 'period in which the pay was stated';
COMMENT ON COLUMN main.postings.pay_low IS 'lower end of the pay a year, in pay_currency';
COMMENT ON COLUMN main.postings.pay_high IS 'upper end of the pay a year, in pay_currency';
COMMENT ON COLUMN main.postings.first_seen IS 'earliest sighting, UTC';
COMMENT ON COLUMN main.postings.last_seen IS 'latest sighting, UTC';
COMMENT ON COLUMN main.postings.sightings IS 'how often it was seen';
COMMENT ON COLUMN main.postings.job_id IS 'job that the posting advertises';
COMMENT ON COLUMN main.postings.employer_id IS 'employer that it belongs to; NULL when unknown';
COMMENT ON COLUMN main.postings.employer IS 'name of that employer';
COMMENT ON COLUMN main.postings.label_version IS 'version of the classifier';
