package schema

import "time"

// Crawls is the table crawls.
var Crawls = Table[Crawl]{"crawls", "One pass over one source, from its start URL on.", []Column[Crawl]{
	text("crawl_id", "id of the crawl, the same however often it is read", func(r *Crawl) *string { return &r.ID }),
	text("run_id", "run that wrote the row", func(r *Crawl) *string { return &r.RunID }),
	text("source", "name of the source", func(r *Crawl) *string { return &r.Source }),
	moment("started_at", "when the start page was fetched, UTC", func(r *Crawl) *time.Time { return &r.StartedAt }),
	moment("finished_at", "when the last page was fetched, UTC", func(r *Crawl) *time.Time { return &r.FinishedAt }),
	flag("complete", "true when every page was fetched and read to its end, so that absence means closed", func(r *Crawl) *bool { return &r.Complete }),
	count("pages", "pages fetched", func(r *Crawl) *int32 { return &r.Pages }),
	count("sightings", "ads read", func(r *Crawl) *int32 { return &r.Sightings }),
	text("outcome", "ok, partial, forbidden, failed or stopped", func(r *Crawl) *string { return &r.Outcome }),
	text("error", "what went wrong, if anything", func(r *Crawl) *string { return &r.Error }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Crawl) *bool { return &r.Simulated }),
}}

// Pages is the table pages.
var Pages = Table[Page]{"pages", "One answer to one request, and where its bytes lie.", []Column[Page]{
	text("page_id", "id of the page, from source, URL and fetch time", func(r *Page) *string { return &r.ID }),
	text("run_id", "run that wrote the row", func(r *Page) *string { return &r.RunID }),
	text("crawl_id", "crawl that the page belongs to", func(r *Page) *string { return &r.CrawlID }),
	text("source", "name of the source", func(r *Page) *string { return &r.Source }),
	text("url", "address that was asked", func(r *Page) *string { return &r.URL }),
	moment("fetched_at", "when the answer came, UTC", func(r *Page) *time.Time { return &r.FetchedAt }),
	count("status", "HTTP status; 0 when no answer came", func(r *Page) *int32 { return &r.Status }),
	text("outcome", "fetched, unchanged, forbidden, failed or not_archived", func(r *Page) *Outcome { return &r.Outcome }),
	text("error", "what went wrong, if anything", func(r *Page) *string { return &r.Error }),
	text("digest", "sha256 of the body", func(r *Page) *string { return &r.Digest }),
	long("bytes", "length of the body after decompression", func(r *Page) *int64 { return &r.Bytes }),
	text("archive", "base name of the WARC file that holds the answer", func(r *Page) *string { return &r.Archive }),
	long("archive_offset", "place of the record in that file, bytes", func(r *Page) *int64 { return &r.ArchiveOffset }),
	long("archive_length", "length of the compressed record, bytes", func(r *Page) *int64 { return &r.ArchiveLength }),
	text("etag", "validator for the next request", func(r *Page) *string { return &r.ETag }),
	text("last_modified", "validator for the next request", func(r *Page) *string { return &r.LastModified }),
	text("kind", "kind of collector that read it", func(r *Page) *string { return &r.Kind }),
	count("parser_version", "version of the parser that read it", func(r *Page) *int32 { return &r.ParserVersion }),
	count("postings", "ads read from it", func(r *Page) *int32 { return &r.Postings }),
	count("rejects", "places on it that could not be read", func(r *Page) *int32 { return &r.Rejects }),
	flag("complete", "true when it was read to its end", func(r *Page) *bool { return &r.Complete }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Page) *bool { return &r.Simulated }),
}}

// Sightings is the table sightings.
var Sightings = Table[Sighting]{"sightings", "One posting seen on one page at one time.", []Column[Sighting]{
	text("sighting_id", "id of the sighting, from posting, time and content", func(r *Sighting) *string { return &r.ID }),
	text("posting_id", "posting that was seen", func(r *Sighting) *string { return &r.PostingID }),
	text("source", "name of the source", func(r *Sighting) *string { return &r.Source }),
	moment("seen_at", "feeds: when the page was fetched; periodicals: when the ad was printed; UTC", func(r *Sighting) *time.Time { return &r.SeenAt }),
	moment("fetched_at", "when the page was fetched, UTC", func(r *Sighting) *time.Time { return &r.FetchedAt }),
	text("page_id", "page it was read from", func(r *Sighting) *string { return &r.PageID }),
	text("crawl_id", "crawl it was seen in", func(r *Sighting) *string { return &r.CrawlID }),
	text("digest", "content of the posting at that time", func(r *Sighting) *string { return &r.Digest }),
	count("ordinal", "place on the page, from 0", func(r *Sighting) *int32 { return &r.Ordinal }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Sighting) *bool { return &r.Simulated }),
}}

// Postings is the table postings.
var Postings = Table[Posting]{"postings", "What one ad said, once for each distinct content.", []Column[Posting]{
	text("posting_id", "id of the posting, from source and key", func(r *Posting) *string { return &r.ID }),
	text("digest", "12 characters over the content", func(r *Posting) *string { return &r.Digest }),
	text("source", "name of the source", func(r *Posting) *string { return &r.Source }),
	text("posting_key", "id of the ad within the source", func(r *Posting) *string { return &r.Key }),
	text("url", "where the ad stands", func(r *Posting) *string { return &r.URL }),
	text("link", "where the ad points", func(r *Posting) *string { return &r.Link }),
	text("title", "title as stated", func(r *Posting) *string { return &r.Title }),
	text("company", "employer as stated", func(r *Posting) *string { return &r.Company }),
	text("company_url", "site of the employer as stated", func(r *Posting) *string { return &r.CompanyURL }),
	text("location", "places as stated, joined by semicolons", func(r *Posting) *string { return &r.Location }),
	text("remote", "what a field of the source says: yes, no or hybrid", func(r *Posting) *string { return &r.Remote }),
	text("department", "department or team as stated", func(r *Posting) *string { return &r.Department }),
	text("employment", "kind of employment as stated", func(r *Posting) *string { return &r.Employment }),
	text("pay", "pay as stated", func(r *Posting) *string { return &r.Pay }),
	amount("pay_low", "lower end of the stated pay, in pay_currency a pay_period", func(r *Posting) *float64 { return &r.PayLow }),
	amount("pay_high", "upper end of the stated pay", func(r *Posting) *float64 { return &r.PayHigh }),
	text("pay_currency", "ISO 4217 code", func(r *Posting) *string { return &r.PayCurrency }),
	text("pay_period", "year, month, week, day or hour", func(r *Posting) *string { return &r.PayPeriod }),
	text("tags", "tags as stated, joined by semicolons", func(r *Posting) *string { return &r.Tags }),
	text("author", "who posted the ad, where that is no employer", func(r *Posting) *string { return &r.Author }),
	text("requisition", "number of the opening at the employer", func(r *Posting) *string { return &r.Requisition }),
	text("text", "description as plain text", func(r *Posting) *string { return &r.Text }),
	moment("published_at", "publication as stated by the source, UTC", func(r *Posting) *time.Time { return &r.PublishedAt }),
	moment("updated_at", "last change as stated by the source, UTC", func(r *Posting) *time.Time { return &r.UpdatedAt }),
	moment("expires_at", "end as stated by the source, UTC", func(r *Posting) *time.Time { return &r.ExpiresAt }),
	moment("seen_at", "earliest time at which this content was read, UTC", func(r *Posting) *time.Time { return &r.SeenAt }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Posting) *bool { return &r.Simulated }),
}}

// Rejects is the table rejects.
var Rejects = Table[Reject]{"rejects", "Something that could not be read: a page, or a place on one.", []Column[Reject]{
	text("reject_id", "id of the reject", func(r *Reject) *string { return &r.ID }),
	text("page_id", "page it stands on", func(r *Reject) *string { return &r.PageID }),
	text("run_id", "run that wrote the row", func(r *Reject) *string { return &r.RunID }),
	text("source", "name of the source", func(r *Reject) *string { return &r.Source }),
	text("url", "address of the page", func(r *Reject) *string { return &r.URL }),
	text("place", "where on the page; NULL for the page as a whole", func(r *Reject) *string { return &r.Place }),
	text("field", "field that is to blame, where one is", func(r *Reject) *string { return &r.Field }),
	text("reason", "why it could not be read, a sentence", func(r *Reject) *string { return &r.Reason }),
	text("excerpt", "up to 200 characters of what stood there", func(r *Reject) *string { return &r.Excerpt }),
	count("parser_version", "version of the parser", func(r *Reject) *int32 { return &r.ParserVersion }),
	moment("fetched_at", "when the page was fetched, UTC", func(r *Reject) *time.Time { return &r.FetchedAt }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Reject) *bool { return &r.Simulated }),
}}

// Facts is the table facts.
var Facts = Table[Fact]{"facts", "What a registry says about an employer or a technology.", []Column[Fact]{
	text("fact_id", "id of the fact", func(r *Fact) *string { return &r.ID }),
	text("source", "name of the source", func(r *Fact) *string { return &r.Source }),
	text("page_id", "page it was read from", func(r *Fact) *string { return &r.PageID }),
	text("subject", "employer or technology as listed", func(r *Fact) *string { return &r.Subject }),
	text("name", "what is said: domain, url, kind", func(r *Fact) *string { return &r.Name }),
	text("value", "the value as listed", func(r *Fact) *string { return &r.Value }),
	moment("fetched_at", "when the page was fetched, UTC", func(r *Fact) *time.Time { return &r.FetchedAt }),
	flag("simulated", "true when the row comes from the simulated market", func(r *Fact) *bool { return &r.Simulated }),
}}

// Labels is the table labels.
var Labels = Table[Label]{"labels", "What one version of the classifier judged of one version of one posting.", []Column[Label]{
	text("posting_id", "posting that was judged", func(r *Label) *string { return &r.PostingID }),
	text("digest", "content of the posting that was read", func(r *Label) *string { return &r.Digest }),
	text("version", "version of the classifier", func(r *Label) *string { return &r.Version }),
	moment("labelled_at", "when it was judged, UTC", func(r *Label) *time.Time { return &r.LabelledAt }),
	flag("is_job", "false for a notice, a job seeker or a discussion", func(r *Label) *bool { return &r.IsJob }),
	text("is_job_reason", "why", func(r *Label) *string { return &r.IsJobReason }),
	text("domain", "primary domain", func(r *Label) *string { return &r.Domain }),
	text("also1", "further domain that applies", func(r *Label) *string { return &r.Also1 }),
	text("also2", "further domain that applies", func(r *Label) *string { return &r.Also2 }),
	number("p_crypto", "probability that the domain is crypto", func(r *Label) *float64 { return &r.Probabilities[0] }),
	number("p_cloud", "probability that the domain is cloud", func(r *Label) *float64 { return &r.Probabilities[1] }),
	number("p_gaming", "probability that the domain is gaming", func(r *Label) *float64 { return &r.Probabilities[2] }),
	number("p_web", "probability that the domain is web", func(r *Label) *float64 { return &r.Probabilities[3] }),
	number("p_finance", "probability that the domain is finance", func(r *Label) *float64 { return &r.Probabilities[4] }),
	number("p_embedded", "probability that the domain is embedded", func(r *Label) *float64 { return &r.Probabilities[5] }),
	number("p_data_ai", "probability that the domain is data_ai", func(r *Label) *float64 { return &r.Probabilities[6] }),
	number("p_security", "probability that the domain is security", func(r *Label) *float64 { return &r.Probabilities[7] }),
	number("p_other", "probability that the domain is other", func(r *Label) *float64 { return &r.Probabilities[8] }),
	flag("abstained", "true when the evidence did not suffice for a domain", func(r *Label) *bool { return &r.Abstained }),
	text("reasons", "JSON array of the evidence, strongest first", func(r *Label) *string { return &r.Reasons }),
	text("market_role", "role of the market's language: core, some or no", func(r *Label) *string { return &r.MarketRole }),
	text("market_reason", "why, with the span that decided", func(r *Label) *string { return &r.MarketReason }),
	text("country", "ISO 3166-1 code of the first place", func(r *Label) *string { return &r.Country }),
	text("countries", "codes of all places, joined by semicolons", func(r *Label) *string { return &r.Countries }),
	text("city", "first city", func(r *Label) *string { return &r.City }),
	text("remote", "remote, hybrid or onsite", func(r *Label) *string { return &r.Remote }),
	text("remote_region", "where a remote worker may live, as stated", func(r *Label) *string { return &r.RemoteRegion }),
	text("seniority", "intern, junior, mid, senior, staff, lead, manager or director", func(r *Label) *string { return &r.Seniority }),
	text("employment", "full_time, part_time, contract, internship or temporary", func(r *Label) *string { return &r.Employment }),
	text("pay_currency", "ISO 4217 code", func(r *Label) *string { return &r.PayCurrency }),
	text("pay_period", "period in which the pay was stated", func(r *Label) *string { return &r.PayPeriod }),
	amount("pay_low", "lower end of the pay a year, in pay_currency", func(r *Label) *float64 { return &r.PayLow }),
	amount("pay_high", "upper end of the pay a year, in pay_currency", func(r *Label) *float64 { return &r.PayHigh }),
	text("pay_reason", "words that the pay was read from", func(r *Label) *string { return &r.PayReason }),
	amount("years", "least years of experience asked", func(r *Label) *float64 { return &r.Years }),
	text("years_reason", "words that they were read from", func(r *Label) *string { return &r.YearsReason }),
	amount("years_market", "years of the market's language asked", func(r *Label) *float64 { return &r.YearsMarket }),
	text("years_market_reason", "words that they were read from", func(r *Label) *string { return &r.YearsMarketReason }),
	flag("learn_market", "true when the ad says that the market's language may be learnt on the job", func(r *Label) *bool { return &r.LearnMarket }),
	text("learn_reason", "words that say so", func(r *Label) *string { return &r.LearnReason }),
	flag("agency", "true when the text shows a staffing agency", func(r *Label) *bool { return &r.Agency }),
	text("agency_reason", "words that show it", func(r *Label) *string { return &r.AgencyReason }),
	text("text_language", "ISO 639-1 guess", func(r *Label) *string { return &r.TextLanguage }),
}}

// Mentions is the table mentions.
var Mentions = Table[Mention]{"mentions", "A language or technology that an ad names.", []Column[Mention]{
	text("posting_id", "posting that names it", func(r *Mention) *string { return &r.PostingID }),
	text("digest", "content of the posting that was read", func(r *Mention) *string { return &r.Digest }),
	text("version", "version of the classifier", func(r *Mention) *string { return &r.Version }),
	text("kind", "language or technology", func(r *Mention) *string { return &r.Kind }),
	text("term", "name in the taxonomy", func(r *Mention) *string { return &r.Term }),
	text("role", "core or some", func(r *Mention) *string { return &r.Role }),
	count("count", "how often it is named", func(r *Mention) *int32 { return &r.Count }),
	text("evidence", "words around the first use", func(r *Mention) *string { return &r.Evidence }),
}}

// Features is the table features.
var Features = Table[Feature]{"features", "The keys by which postings are told to be one job.", []Column[Feature]{
	text("posting_id", "posting that the keys describe", func(r *Feature) *string { return &r.PostingID }),
	text("digest", "content of the posting that was read", func(r *Feature) *string { return &r.Digest }),
	text("version", "version of the identity code", func(r *Feature) *string { return &r.Version }),
	text("employer_key", "normalised name of the employer", func(r *Feature) *string { return &r.EmployerKey }),
	text("employer_host", "registrable domain of its site", func(r *Feature) *string { return &r.EmployerHost }),
	text("title_key", "normalised title", func(r *Feature) *string { return &r.TitleKey }),
	text("place_key", "normalised places", func(r *Feature) *string { return &r.PlaceKey }),
	text("link_key", "the job on its board: board kind, token and id", func(r *Feature) *string { return &r.LinkKey }),
	text("url_key", "canonical link, where it names one ad", func(r *Feature) *string { return &r.URLKey }),
	text("text_hash", "hash of the normalised text", func(r *Feature) *string { return &r.TextHash }),
	count("shingles", "distinct shingles of the text", func(r *Feature) *int32 { return &r.Shingles }),
	long("band0", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band0 }),
	long("band1", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band1 }),
	long("band2", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band2 }),
	long("band3", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band3 }),
	long("band4", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band4 }),
	long("band5", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band5 }),
	long("band6", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band6 }),
	long("band7", "MinHash band; 0 when the text is too short", func(r *Feature) *int64 { return &r.Band7 }),
}}
