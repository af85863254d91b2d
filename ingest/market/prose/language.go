package prose

// Roles of the market's language in a job, as small as a job record needs them.
const (
	RustNo uint8 = iota
	RustSome
	RustCore
)

// rustCore sentences make Rust a main language of the work.
var rustCore = []string{
	"You will write Rust {every day|most of the time|from the first week}.",
	"Our {back end|code base|stack} is {almost all|written in|entirely} Rust.",
	"The {team} team works in Rust, with {Tokio|async|no_std|serde and sqlx} throughout.",
	"We {moved|rewrote it} from {C++|Go|Python} to Rust {two years ago|in 2019|and never looked back}, and you carry that on.",
	"Strong Rust is what we need: {the borrow checker|a lifetime|unsafe code} holds no fear for you.",
}

var rustLearn = []string{
	"No Rust yet? You can learn it here on the job.",
	"We will teach you Rust if you know {C++|Haskell|C} well.",
	"Prior Rust is not required; willingness to learn it is.",
}

// rustSome sentences list Rust among others or as a plus.
var rustSome = []string{
	"You know at least one of {Go, Rust or C++|Python, Rust or Java|C, C++ or Rust}.",
	"Experience with Rust is {a plus|nice to have|welcome but not needed}.",
	"Most of our code is {lang}; {a few services|some tools|the hot paths} are in Rust.",
	"Our stack: {lang}, {lang2}, a little Rust, {PostgreSQL|Kafka|Redis}.",
	"Bonus: you have dabbled in {Rust or Zig|Rust|WebAssembly with Rust}.",
}

// rustNone sentences name the languages of jobs that are none of the market's.
var rustNone = []string{
	"You know {lang} and {lang2} well.",
	"Our stack: {lang}, {lang2}, {PostgreSQL|Kafka|Redis|MongoDB}.",
	"We write {lang} and care for it.",
	"Several years of {lang} are behind you.",
}

var rustYears = []string{
	"{years}+ years of Rust.",
	"At least {years} years of professional Rust.",
	"Rust: {years} years or more.",
}

var otherYears = []string{
	"{years}+ years of experience.",
	"At least {years} years in {software development|the field|a comparable role}.",
	"You bring {years} years of professional experience or more.",
	"{years} to {12|15} years of experience.",
}

// languages of each field, for jobs whose language is not the market's.
var languages = [][]string{
	{"Go", "Solidity", "TypeScript", "Haskell", "C++"},
	{"Go", "Java", "C++", "Python", "C"},
	{"C++", "C#", "Lua", "Python"},
	{"TypeScript", "Ruby", "PHP", "Python", "Elixir", "Kotlin"},
	{"Java", "Kotlin", "C++", "Scala", "C#"},
	{"C", "C++", "Python", "Ada"},
	{"Python", "Scala", "C++", "Julia", "SQL"},
	{"C", "Go", "Python", "C++"},
	{"C++", "Fortran", "OCaml", "Java"},
}
