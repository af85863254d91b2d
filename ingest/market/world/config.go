package world

import "time"

// Config says how large a market to simulate and what to plant in it. Shares
// are probabilities; the zero value of a share plants none of it, so begin with
// [Default] or [Small].
type Config struct {
	Seed      uint64
	Sightings int       // about how many sightings the crawls of the whole time hold, 1,000 to 10,000,000
	From, To  time.Time // days of the first and the last crawl at most
	CrawlDays int       // days between two crawls; 0: chosen by size

	CrossPost  float64 // core jobs that the newsletter prints too; threads follow from it
	Repost     float64 // jobs that come back under a new id after they closed
	Agency     float64 // jobs that a staffing agency copies
	Rename     float64 // employers that change their name
	Edit       float64 // jobs whose text is changed while they are open
	ManyPlaces float64 // ads with two to six places
	LateBoard  float64 // boards whose first crawl comes later than From
	Failure    float64 // crawls of a board that fail, half-way or at once
	Malformed  float64 // pages that hold a record nobody can read
	Hostile    float64 // jobs with a string that breaks what trusts its input
	Chatter    float64 // comments and posts that are no ads, as a share of all
	Confusers  float64 // chance of each kind of misleading sentence in an ad

	Brief  bool // short texts, so that a load test moves more ads and fewer bytes
	Trends map[string][]Turn
}

// Turn is a point of a domain's trend: from its day on, new jobs open at Level
// times the domain's usual rate. Between two turns the level changes evenly.
type Turn struct {
	Day   time.Time
	Level float64
}

// Default is the demo's market: about 20,000 sightings from 2019 to 2024.
func Default() Config {
	return Config{
		Seed: 1, Sightings: 20_000, From: Date(2019, 1, 7), To: Date(2024, 12, 30),
		CrossPost: 0.3, Repost: 0.08, Agency: 0.04, Rename: 0.06, Edit: 0.1, ManyPlaces: 0.06,
		LateBoard: 0.15, Failure: 0.012, Malformed: 0.01, Hostile: 0.004, Chatter: 0.12, Confusers: 0.22,
		Trends: DefaultTrends(),
	}
}

// Small is a market of one year and about 1,000 sightings, cheap enough to make
// a thousand of.
func Small(seed uint64) Config {
	c := Default()
	c.Seed, c.Sightings = seed, 1000
	c.From, c.To = Date(2021, 7, 5), Date(2022, 7, 4)
	return c
}

// DefaultTrends let crypto rise to its height in the first half of 2022 and fall
// after it, and data_ai rise from 2023 on; the other domains keep their rate.
func DefaultTrends() map[string][]Turn {
	return map[string][]Turn{
		"crypto": {
			{Date(2019, 1, 1), 0.4}, {Date(2020, 9, 1), 0.6}, {Date(2021, 6, 1), 1.6}, {Date(2022, 2, 1), 2.4},
			{Date(2022, 6, 1), 2.2}, {Date(2022, 12, 1), 0.9}, {Date(2023, 6, 1), 0.5},
		},
		"data_ai": {{Date(2022, 9, 1), 0.8}, {Date(2023, 6, 1), 1.4}, {Date(2024, 6, 1), 2}},
		"gaming":  {{Date(2020, 3, 1), 0.8}, {Date(2021, 3, 1), 1.2}, {Date(2023, 1, 1), 0.9}},
		"web":     {{Date(2020, 3, 1), 1.1}, {Date(2020, 6, 1), 0.7}, {Date(2021, 3, 1), 1.2}, {Date(2022, 11, 1), 1}, {Date(2023, 3, 1), 0.6}},
	}
}

// crawlDays is the number of days between crawls.
func (c *Config) crawlDays() int32 {
	switch {
	case c.CrawlDays > 0:
		return int32(c.CrawlDays)
	case c.Sightings < 3000:
		return 28
	case c.Sightings < 100_000:
		return 28
	case c.Sightings < 2_000_000:
		return 14
	default:
		return 7
	}
}

// Date is a day's beginning, in UTC.
func Date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// A day is a number of days since 1970-01-01. The simulation counts in days;
// pages and records say the hour.
type Day = int32

// Never is a day after all others.
const Never Day = 1 << 30

// DayOf is the day, in UTC, that a time falls on.
func DayOf(t time.Time) Day {
	seconds := t.UTC().Unix()
	return Day((seconds - (seconds%86400+86400)%86400) / 86400)
}

// TimeOf is the day's beginning, in UTC.
func TimeOf(d Day) time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Moment is the time of day at which sources are crawled and pages are true.
func Moment(on Day) time.Time { return TimeOf(on).Add(6 * time.Hour) }

// level is the height of a domain's trend on a day.
func (c *Config) level(domain string, d Day) float64 {
	turns := c.Trends[domain]
	if len(turns) == 0 {
		return 1
	}
	before := turns[0]
	for _, t := range turns {
		if at := DayOf(t.Day); at > d {
			from := DayOf(before.Day)
			if at == from || from > d {
				return before.Level
			}
			return before.Level + (t.Level-before.Level)*float64(d-from)/float64(at-from)
		}
		before = t
	}
	return before.Level
}
