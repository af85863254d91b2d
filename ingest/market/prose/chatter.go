package prose

import "jobmarket/ingest/market/dice"

// chatter is what people write below a hiring thread that is no ad.
var chatter = []string{
	"Is this position open to people {outside of the US|in the EU|without a degree}?",
	"I applied {last month|in spring} and never heard back. {Anyone else?|Is the role still open?}",
	"Do you sponsor visas? {The page does not say.|Asking for my partner too.}",
	"Your link gives me a 404.",
	"{Great|Lovely} team, I {interviewed|worked} there {once|for two years}. Ask for the {onion soup|roof}.",
	"Please state the salary range in the ad. It saves everybody {time|an hour}.",
	"Why {Rust|Go|C++} for this, if I may ask? {Honest question.|We had the reverse experience.}",
	"Meta: could we have a thread for {part-time|crypto-free|onsite} jobs only?",
	"I built a page to search this thread: https://threadsearch.example. {Feedback welcome|It is free}.",
}

// Chatter is a comment that advertises nothing.
func Chatter(d *dice.Dice) string { s := scene{dice: d}; return s.text(dice.Pick(d, chatter)) }

var seekers = [][2]string{
	{"[FOR HIRE] Rust developer, {5|7|9} years of experience, {remote|Berlin|EU time zones}", "I am looking for {work|a position} in Rust. I have built {parsers|back ends|firmware|a wallet} and {wrote|maintain} {crates|tools} that {few|some|many} use. Not an agency. {Rates on request.|Full time or contract.}"},
	{"Looking for my first Rust job", "I have been learning Rust for {two|three} years and would like to {work with it|leave Java}. What should I {show|build}? Are there any {junior openings|companies that teach}?"},
	{"Who wants to be hired? Student looking for an internship", "I study {physics|computer science} and look for a {summer internship|working student position}. My projects: a {chess engine|ray tracer|blockchain explorer}."},
}

var noise = [][2]string{
	{"ANN: jobqueue-sim 0.{3|4|5}, a job queue for async Rust", "I wrote a small queue that runs jobs with {retries|priorities|cron lines}. It uses {Redis|Postgres|files}. Feedback is welcome."},
	{"Where did the hiring thread for Rust 1.{41|47|52|60|66|72} go?", "I cannot find it on the front page. {Moderators, could you pin it?|Found it, never mind.}"},
	{"How hard is it to get a Rust job in {2020|2021|2022|2023}?", "Most ads that I see are {crypto|blockchain|senior only}. Is it {like that everywhere|getting better}?"},
	{"Why is every Rust job in crypto?", "Half of what I find wants {Solana|smart contracts}. Where are the {embedded|web|game} jobs?"},
}

// Post is a forum post that is no ad: a person who seeks work, or talk about jobs.
func Post(d *dice.Dice) (title, text string) {
	table := noise
	if d.Chance(0.5) {
		table = seekers
	}
	s := scene{dice: d}
	p := dice.Pick(d, table)
	return s.text(p[0]), s.text(p[1])
}
