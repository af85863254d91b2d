package prose

// confusers are sentences that mislead a reader who counts words. Each may stand
// in any ad whose truth it does not touch: they name another field's words in a
// sense that is none of that field's. They stand in the order of schema.Domains;
// those of a domain are left out where the job truly is of that domain, so that
// they are wrong wherever they are found.
var confusers = [][]string{
	{ // crypto
		"We teach applied cryptography to {every new colleague|each other on Fridays}.",
		"No blockchain, no coins, no tokens: {just software|a plain business}.",
		"Our API hands out signed tokens and rotates keys daily.",
		"You like puzzles, {cryptic crosswords|cryptography|game theory} among them.",
		"A web3-free zone since {2018|2021}.",
	},
	{ // cloud
		"We run on AWS and Kubernetes.",
		"Our stack: {Postgres, Redis, Docker and Kubernetes on AWS|Docker, Terraform and Google Cloud|Azure, Helm and Grafana}.",
		"Everything is deployed to the cloud {many times a day|with one click}.",
		"Our services are serverless where that is cheaper.",
	},
	{ // gaming
		"We have a game room with {table football|pinball|two consoles}.",
		"A course in game theory helps you to understand our auctions.",
		"You bring your A game and leave your ego at home.",
	},
	{ // web
		"See our web site for {more|photos of the office}.",
		"We keep in touch by video, chat and an old-fashioned web forum.",
		"Our internal dashboards are built in {React|TypeScript}.",
		"Follow us on social media.",
	},
	{ // finance
		"We are profitable and {paid well by our customers|need no bank's money}.",
		"Backed by investors who also funded {banks|payment companies}.",
		"We offer help with banking, insurance and tax when you move.",
		"Stock options from the first day.",
	},
	{ // embedded
		"You get the hardware of your choice.",
		"A robot lawn mower patrols our garden.",
		"Our coffee machine has its own firmware team, unofficially.",
	},
	{ // data_ai
		"Decisions here are made with data.",
		"AI assistants are welcome, your judgement more so.",
		"You look at dashboards and analytics before you form an opinion.",
	},
	{ // security
		"A background check and a security training are part of the first week.",
		"We take privacy and data security seriously.",
		"We offer job security in an insecure industry.",
	},
	{ // other
		"We work with consultants where we lack people.",
		"We measure in science, not in slides.",
	},
}

// frequency is how often each domain's confusers stand in ads, against
// Opening.Confusers: everybody runs on somebody's cloud.
var frequency = []float64{0.4, 1.6, 0.5, 0.8, 0.6, 0.5, 0.8, 0.8, 0.3}

// verbs are words that look like a language and are none.
var verbs = []string{
	"We go where our customers go.",
	"You go the extra mile and C the point.",
	"We go to market in {spring|two countries} next year.",
	"Swift decisions, basic decency.",
}

// oxides name rust and mean none of the language; they stand in jobs whose
// language it is not.
var oxides = []string{
	"You will travel in the Rust Belt, {Ohio and Michigan|Pennsylvania} above all.",
	"Our coatings are rust-proof, and so are our principles.",
	"We fight {corrosion and rust|rust} on {bridges|ships} with software.",
	"Survival games such as Rust are our shared hobby.",
	"Rust (the game) is banned on office machines until six.",
	"Trust, robust habits and no rusty processes.",
}

var perks = []string{
	"{28|30|32} days of leave and {local holidays|your birthday}.",
	"A budget of {1,500|2,000|3,000} a year for {books, courses and conferences|learning}.",
	"{Health|Dental and health} insurance for you and your family.",
	"{Parental leave|Sick leave} that deserves the name.",
	"Flexible hours; {core time is 10 to 15|nobody counts minutes}.",
	"Public transport, {a bicycle|lunch} or both are on us.",
	"A four-day week {is possible|in summer}.",
	"{Equity|A profit share|Stock options} for everyone.",
	"Two {team weeks|retreats} a year in {Portugal|the mountains|a place we vote on}.",
	"A quiet office with {plants|a piano|good chairs}.",
}

var closings = []string{
	"{co} hires for what you can do. We welcome applications from everyone and make adjustments where you need them.",
	"We are an equal opportunity employer: {age, origin, faith, gender and family do not matter|we judge the work}.",
	"If you meet half of this list and like the other half, write to us.",
	"Our process: a call, a task that we pay for, a day with the team. We answer {within a week|everyone}.",
	"No agencies please.",
}

var intros = []string{
	"We are looking for {a} {title} {to join|for} our {team} team.",
	"As {title} you {work in|strengthen|shape} the {team} team.",
	"The {team} team is growing and needs {a} {title}.",
	"{Join|Come to} {co} as {title}.",
	"You will be {the third|the fifth|an early} member of our {team} team.",
}

var headings = [][4]string{
	{"What you will do", "What we look for", "Nice to have", "What we offer"},
	{"Your work", "About you", "A plus", "Benefits"},
	{"Responsibilities", "Requirements", "Bonus points", "Perks"},
	{"The role", "Who you are", "It helps if", "In return"},
}
