package prose

import "jobmarket/warehouse/schema"

// Role is an archetype of work, found in many fields.
type Role struct {
	Title  string  // template; {team} is drawn from the field
	Weight float64 // how often it is advertised, all fields alike
	Code   bool    // the work is programming, so that a language may be core to it
	Lift   float64 // multiplies the chance that the market's language is core to it
	Moves  string  // domain of the job at an employer of the web and at one of no field; empty: the employer's
	Plain  bool    // the title goes without a team
	Duties []string
	Wants  []string
}

// DomainOf is the domain of a job of this role at an employer of the domain.
// Infrastructure, data and security work at an employer that has no more
// specific field belongs to the work's own field, as the labelling guide says.
func (r *Role) DomainOf(employer string) string {
	if r.Moves != "" && (employer == "web" || employer == "other") {
		return r.Moves
	}
	return employer
}

// Roles are all archetypes; a job refers to one by its index.
var Roles = []Role{
	{Title: "Software Engineer", Weight: 9, Code: true, Lift: 1.2, Duties: engineering, Wants: engineer},
	{Title: "Backend Engineer", Weight: 9, Code: true, Lift: 1.2, Duties: engineering, Wants: engineer},
	{Title: "Systems Engineer", Weight: 5, Code: true, Lift: 1.6, Duties: engineering, Wants: engineer},
	{Title: "{Developer|Engineer}", Weight: 3, Code: true, Lift: 1.5, Duties: engineering, Wants: engineer},
	{Title: "Engineering Manager", Weight: 2, Code: true, Lift: 0.3, Duties: []string{
		"Lead {five|seven|nine} engineers, hold one-to-ones and clear their way.",
		"Hire with care and give feedback that people can use.",
		"Plan with product management and say no in time.",
	}, Wants: []string{"You have led a team of engineers through {a growth phase|a hard year}.", "You can still read the code that your team writes."}},
	{Title: "Full Stack Engineer", Weight: 5, Code: true, Lift: 0.5, Duties: []string{
		"Build features from the database to the browser.",
		"Keep {TypeScript and React|the front end} as tidy as the back end.",
		"Sit with designers until a flow feels right.",
	}, Wants: engineer},
	{Title: "Frontend Engineer", Weight: 4, Code: true, Lift: 0.15, Duties: []string{
		"Write components in {TypeScript|React|Vue} that others like to use.",
		"Make pages {accessible|fast on slow phones}.",
		"Work with design on {a shared system|every screen}.",
	}, Wants: []string{"You know the browser's {layout|event loop|developer tools} well.", "You have an eye for detail and an ear for users."}},
	{Title: "Site Reliability Engineer", Weight: 4, Code: true, Lift: 0.3, Moves: "cloud", Plain: true, Duties: infrastructure, Wants: operator},
	{Title: "DevOps Engineer", Weight: 3, Code: true, Lift: 0.2, Moves: "cloud", Plain: true, Duties: infrastructure, Wants: operator},
	{Title: "Platform Engineer", Weight: 2, Code: true, Lift: 0.7, Moves: "cloud", Plain: true, Duties: infrastructure, Wants: operator},
	{Title: "Data Engineer", Weight: 3, Code: true, Lift: 0.4, Moves: "data_ai", Plain: true, Duties: []string{
		"Build {pipelines|batch and streaming jobs} that feed {reports|models|the warehouse}.",
		"Model tables so that analysts find what they need.",
		"Watch data quality and say when a number is wrong.",
	}, Wants: []string{"Good {SQL|Python} and a sense for {data models|schemas}.", "You have run {Airflow|Kafka|dbt|Spark} for real."}},
	{Title: "Machine Learning Engineer", Weight: 2, Code: true, Lift: 0.3, Moves: "data_ai", Plain: true, Duties: []string{
		"Train, measure and serve {models|rankers|classifiers}.",
		"Take models from a notebook into a service with {a latency|a cost} budget.",
		"Build the evaluation before the model.",
	}, Wants: []string{"You know {PyTorch|statistics|ranking} well.", "You have shipped a model that people use."}},
	{Title: "Security Engineer", Weight: 2, Code: true, Lift: 0.5, Moves: "security", Plain: true, Duties: []string{
		"Review designs and code for {holes|abuse|leaks}.",
		"Run {penetration tests|our bug bounty|incident drills}.",
		"Build {detections|secret storage|access control} with the platform team.",
	}, Wants: []string{"You have found {vulnerabilities|design flaws} and got them fixed.", "You can explain a threat to people who do not want to hear it."}},
	{Title: "Mobile Developer", Weight: 2, Code: true, Lift: 0.15, Duties: []string{
		"Build our app for {iOS|Android|both} in {Swift|Kotlin}.",
		"Share a core library between {phones|platforms}.",
	}, Wants: []string{"You have apps in a store that people rate.", "You know {Swift|Kotlin} and its pitfalls."}},
	{Title: "QA Engineer", Weight: 1.5, Code: true, Lift: 0.2, Duties: []string{
		"Design tests that find what developers did not think of.",
		"Automate {regression|end-to-end|hardware} tests.",
	}, Wants: []string{"You break things with pleasure and report them with care."}},
	{Title: "Product Manager", Weight: 3, Duties: []string{
		"Talk to {users|customers} every week and write down what they need.",
		"Decide with engineering what comes next, and what never.",
		"Own the {roadmap|launches|numbers} of your team.",
	}, Wants: []string{"You have brought products to people who use them.", "You write clearly and briefly."}},
	{Title: "Product Designer", Weight: 2, Duties: []string{
		"Turn vague wishes into {flows|prototypes|screens}.",
		"Test with {users|real people} early.",
	}, Wants: []string{"A portfolio that shows how you think.", "You know {Figma|type|motion}."}},
	{Title: "Technical Writer", Weight: 1, Duties: []string{
		"Write {guides|reference pages|tutorials} for {users|developers}.",
		"Sit with engineers until a thing can be said simply.",
	}, Wants: []string{"Samples of documentation that you are proud of."}},
	{Title: "Account Executive", Weight: 2.5, Duties: []string{
		"Win new customers and look after them.",
		"Own your region's {pipeline|forecast} and our go-to-market there.",
	}, Wants: []string{"{Three|Five} years of selling {to businesses|technical products}.", "You have beaten your quota {twice|for years}."}},
	{Title: "People Partner", Weight: 1.2, Plain: true, Duties: []string{
		"Advise managers on {hiring|growth|hard conversations}.",
		"Keep {onboarding|reviews|pay bands} fair.",
	}, Wants: []string{"You know labour law and when to look it up."}},
	{Title: "Financial Controller", Weight: 1, Plain: true, Duties: []string{
		"Close the books each month.",
		"Prepare audits, budgets and board papers.",
	}, Wants: []string{"A degree in accounting or the like.", "You are exact and stay calm in an audit."}},
	{Title: "Customer Support Specialist", Weight: 1.5, Plain: true, Duties: []string{
		"Answer {users|customers} by {mail|chat|phone} and mean it.",
		"Tell product what hurts.",
	}, Wants: []string{"Patience, humour and good {English|German|Spanish}."}},
	{Title: "Blockchain Engineer, Digital Assets", Weight: 0, Code: true, Lift: 1.5, Plain: true, Duties: []string{
		"Build custody and settlement for {bitcoin and ether|tokenised bonds|stablecoins} inside the bank.",
		"Connect our books to {public chains|validators|coin exchanges}.",
		"Write {smart contracts|signing services} that the auditors can follow.",
	}, Wants: []string{"You know {Ethereum|Bitcoin|wallet key management} from the inside."}},
}

// CryptoDesk is the index of the role that a bank's crypto team hires: a crypto
// job at an employer of finance.
var CryptoDesk = len(Roles) - 1

var engineering = []string{
	"Design, write and operate {services|libraries|components} with a small team.",
	"Review code and have yours reviewed.",
	"Find out why {the ninety-ninth percentile|a build|a test} got slower, and mend it.",
	"Write down decisions so that the next person understands them.",
	"Help colleagues grow, {beginners|juniors} above all.",
	"Replace {a legacy service|old scripts} step by step, without a big bang.",
}

var engineer = []string{
	"You have built {back ends|systems|libraries} that others depend on.",
	"You test what you write.",
	"You like to {measure|profile} before you change a thing.",
	"You know {PostgreSQL|gRPC|message queues|Linux} from daily work.",
	"You write and speak clear English.",
}

var infrastructure = []string{
	"Run our {Kubernetes clusters|fleet of servers} and the tooling around them.",
	"Write {Terraform|Ansible|Helm charts} that a colleague can read.",
	"Own {monitoring|alerting|incident reviews} and make the pager quieter.",
	"Bring down {deploy times|the cloud bill} with the developers.",
	"Plan capacity for {peaks|launches|new regions}.",
}

var operator = []string{
	"You have kept {production|clusters} alive at {three in the morning|scale}.",
	"You know {Linux|Prometheus|Kubernetes|Terraform} well.",
	"You automate what you have done twice.",
}

// DomainIndex is the place of a domain in schema.Domains, and of its field.
func DomainIndex(domain string) int {
	for i, d := range schema.Domains {
		if d == domain {
			return i
		}
	}
	panic("prose: no domain " + domain)
}
