package prose

// field is what one domain's employers make, and what their engineers do.
type field struct {
	suffixes []string    // second words of employers' names; some tell the field, some do not
	products [][2]string // what they make, and for whom
	about    []string
	teams    []string
	duties   []string
	wants    []string
}

// fields stand in the order of schema.Domains.
var fields = []field{
	{ // crypto
		suffixes: []string{"Protocol", "Labs", "Network", "Chain", "Foundation", "Exchange", "Finance", "Systems"},
		products: [][2]string{{"a layer-one blockchain", "validators"}, {"a non-custodial wallet", "token holders"}, {"a decentralised exchange", "DeFi traders"}, {"a zero-knowledge rollup", "smart contract developers"}, {"a stablecoin", "exchanges and custodians"}, {"a validator client", "validators"}, {"a bridge between chains", "token holders"}, {"a DeFi lending protocol", "DeFi traders"}, {"an NFT marketplace", "artists and collectors"}},
		about: []string{
			"{co} builds {product} that {users} {trust with real value|rely on around the clock|use on six continents}.",
			"At {co} we {believe|are convinced} that {open networks|public ledgers|web3 protocols} will {settle|carry} the next generation of {payments|markets|contracts}, and {product} is our part of it.",
			"{co} is the team behind {product}. Our main net has been live since {its first block|the last cycle}, with {40|120|300|900} validators and {a growing|an active} community of {users}.",
			"We are a {small|distributed|seasoned} team of protocol engineers, cryptographers and economists who make {product}.",
		},
		teams: []string{"Consensus", "Runtime", "Smart Contracts", "Wallet", "Zero Knowledge", "Bridge", "Validators", "Matching Engine", "DeFi"},
		duties: []string{
			"Implement {consensus|peer-to-peer networking|block propagation|state sync} in our {node|validator client}.",
			"Write and review {smart contracts|on-chain programs|runtime pallets} for {staking|governance|liquidity pools|token vesting}.",
			"Bring down proving time in our {SNARK|STARK|recursive proof} pipeline.",
			"Design {fee markets|slashing rules|token incentives} together with our research team.",
			"Keep {hot and cold wallets|custody keys|the signing service} safe under load.",
			"Build indexers that follow {every block|reorgs|transfers} on {Solana|Ethereum|a Substrate chain|Cosmos}.",
			"Operate {test nets|archive nodes|RPC nodes} and answer to validators when a release goes wrong.",
			"Extend the {matching engine|order book} of our {coin exchange|perpetual futures venue}.",
		},
		wants: []string{
			"You have shipped code to a {main net|public chain|DeFi protocol}.",
			"You can explain {finality|MEV|a Merkle proof|a light client} to a newcomer.",
			"Knowledge of {Substrate|Solana's runtime|the EVM|CosmWasm} is {welcome|a big plus|what you bring}.",
			"You have followed {Ethereum|Polkadot|Solana|Bitcoin} closely for {a while|several years}.",
		},
	},
	{ // cloud
		suffixes: []string{"Cloud", "Systems", "Infra", "Edge", "Labs", "Compute", "DB", "Networks"},
		products: [][2]string{{"a serverless platform", "back-end developers"}, {"an edge network", "operators of large sites"}, {"a managed Kubernetes service", "platform teams"}, {"a distributed SQL database", "infrastructure groups"}, {"an object store", "platform teams"}, {"an observability platform", "site reliability engineers"}, {"a streaming log service", "operators of large fleets"}, {"a hosting platform", "back-end developers"}},
		about: []string{
			"{co} runs {product} that {users} {deploy to every day|build upon|pay for by the second}.",
			"{co} makes {product}: {fast|boring|predictable} infrastructure in {14|31|52} regions, sold by usage.",
			"Our customers are {users}. They come to {co} for {product} and stay because it {does not wake them at night|scales to zero|is honest about its limits}.",
			"{co} was founded by people who operated {data centres|large clusters|backbones} and wanted {product} that they would buy themselves.",
		},
		teams: []string{"Storage", "Control Plane", "Edge Runtime", "Networking", "Observability", "Scheduler", "Query Engine", "Billing"},
		duties: []string{
			"Own the {storage engine|replication layer|write-ahead log} of our {database|object store}.",
			"Make {cold starts|container placement|image pulls} {faster|twice as fast|boring} across all regions.",
			"Design the {control plane|scheduler|autoscaler} that places {customer workloads|micro-VMs|containers}.",
			"Build the {load balancer|CDN cache|TLS termination} at {our edge|140 points of presence}.",
			"Run {multi-tenant clusters|bare-metal fleets} and take part in a {humane|paid} on-call rotation.",
			"Extend {metrics ingestion|log search|tracing} to {a million|ten million} series a second.",
			"Improve {compaction|snapshots|backup and restore} for {petabyte|multi-region} deployments.",
		},
		wants: []string{
			"You have operated {distributed systems|databases|clusters} that other people depend on.",
			"You know {Linux|eBPF|io_uring|TCP} below the surface.",
			"You have read a {Raft|Paxos|LSM tree} paper and {implemented it|found its gaps}.",
			"You have debugged a {network partition|memory leak|lost write} in production.",
		},
	},
	{ // gaming
		suffixes: []string{"Games", "Studios", "Interactive", "Play", "Forge", "Entertainment", "Arcade", "Works"},
		products: [][2]string{{"an online strategy game", "two million players a month"}, {"a co-op shooter", "players"}, {"a game engine", "studios"}, {"a farming simulator", "modders and players"}, {"a mobile puzzle game", "commuters"}, {"a VR climbing game", "players"}, {"a tool chain for game studios", "game designers"}, {"a live role-playing game", "role players"}},
		about: []string{
			"{co} is an independent {game studio|studio} making {product} for {PC and consoles|phones|headsets}.",
			"We are the makers of {product}, loved by {users}, and are {in pre-production of our next title|working on its second season}.",
			"{co} is a studio of {25|60|140} people: artists, designers, animators and engineers, and {product} is what we live for.",
			"At {co} we build {product}. Our worlds are {hand-made|procedural|physically simulated} and our crunch is {none|banned by contract}.",
		},
		teams: []string{"Engine", "Gameplay", "Rendering", "Multiplayer", "Tools", "Live Operations", "Animation", "Physics"},
		duties: []string{
			"Build {gameplay systems|character controllers|quest logic} with designers.",
			"Write {rendering passes|shaders|a frame graph} for {consoles|current-generation GPUs}.",
			"Own {matchmaking|the lobby|dedicated game servers|netcode with rollback}.",
			"Improve our {level editor|asset pipeline|build farm} so that artists wait less.",
			"Profile frames and hold {60|120} frames a second on {handhelds|a five-year-old console}.",
			"Make {physics|cloth|destruction|crowds} cheap enough to have everywhere in the level.",
			"Design the live economy of the game with {seasons|events|cosmetics}.",
		},
		wants: []string{
			"You have shipped at least one {game|title} on {console|PC|mobile}.",
			"You know {an entity component system|Bevy|a commercial engine|our engine's like} well.",
			"You are at home in {linear algebra|GPU debuggers|frame captures}.",
			"You play, mod or make games in your own time.",
		},
	},
	{ // web
		suffixes: []string{"Market", "Travel", "Health", "Learn", "Media", "Rent", "People", "Shop", "App"},
		products: [][2]string{{"a marketplace for used furniture", "families"}, {"a travel booking site", "travellers"}, {"a language learning app", "teachers and pupils"}, {"a scheduling tool for clinics", "clinics"}, {"an HR suite in the browser", "small firms"}, {"a recipe sharing site", "families"}, {"a shop builder", "small shops"}, {"a podcast streaming app", "listeners"}, {"a rental housing portal", "landlords and tenants"}},
		about: []string{
			"{co} is {product} used by {users} in {seven|12|30} countries.",
			"Every month {two|five|eleven} million visitors open {product} that {co} {makes|runs}.",
			"{co} started as a side project and is {now the way|how} {users} {find each other|get things done|save an hour a day}: {product}, on the web and as an app.",
			"We sell {product} by subscription. {users} are our customers, and they {write to us a lot|tell us what to build}.",
		},
		teams: []string{"Checkout", "Search Pages", "Growth", "Mobile", "Accounts", "Messaging", "Design System", "Listings"},
		duties: []string{
			"Build {pages|forms|flows} that {users} meet first, and measure whether they help.",
			"Own the {checkout|booking|sign-up} from the browser to the database.",
			"Make our {web app|site} fast on {cheap phones|slow networks}.",
			"Design and serve the {REST|GraphQL} API behind our {iOS and Android apps|single-page app}.",
			"Run {A/B tests|usability sessions} and throw away what does not work.",
			"Move parts of the {image resizing|search box|recommendation widget} into {WebAssembly|a faster service}.",
			"Keep our {design system|component library|accessibility} in good order.",
		},
		wants: []string{
			"You know {HTML, CSS and HTTP|browsers|React or its like} well.",
			"You care about {accessibility|page weight|wording} without being asked.",
			"You have grown a {web product|SaaS|consumer app} past its first {thousand|million} users.",
			"You talk to customers without fear.",
		},
	},
	{ // finance
		suffixes: []string{"Bank", "Capital", "Pay", "Insurance", "Trading", "Ledger", "Partners", "Lending"},
		products: [][2]string{{"a bank account for freelancers", "freelancers"}, {"card payments for shops", "merchants"}, {"an equities trading platform", "brokers"}, {"a motor insurance", "policy holders"}, {"accounting for small firms", "accountants"}, {"a lending platform", "small firms"}, {"a market data feed for bonds", "asset managers"}},
		about: []string{
			"{co} is a {licensed|regulated} firm that offers {product} to {users}.",
			"{users} use {co} for {product}. We move {nine|40|200} million {euros|dollars|pounds} a day and reconcile every cent.",
			"{co} {trades|makes markets in} {equities and futures|government bonds|options} with its own capital and builds all of its software in house, {product} included.",
			"Money should move as fast as mail. {co} builds {product} with a banking licence and {without legacy|on a fresh core}.",
		},
		teams: []string{"Core Banking", "Payments", "Risk", "Low Latency", "Claims", "Treasury", "Reconciliation", "Pricing"},
		duties: []string{
			"Write the {ledger|payment engine|card processor} that books every {cent|transfer} once.",
			"Bring {tick-to-trade latency|order routing} below {five|two} microseconds.",
			"Connect us to {SEPA|SWIFT|card schemes|stock exchanges} and keep those links up.",
			"Model {credit risk|claims|liquidity} with our quantitative analysts.",
			"Make {fraud checks|anti-money-laundering rules} fast enough to run before the payment leaves.",
			"Prepare {audits|regulatory reports} so that nobody has to work through the night.",
		},
		wants: []string{
			"You have worked under {a regulator|an auditor|PCI rules}.",
			"You know why floating point and money do not mix.",
			"Experience with {FIX|ISO 20022|double-entry books} helps.",
			"You have built {payment|trading|insurance} systems that may not stop.",
		},
	},
	{ // embedded
		suffixes: []string{"Robotics", "Space", "Motors", "Devices", "Drones", "Energy", "Silicon", "Automation"},
		products: [][2]string{{"warehouse robots", "logistics firms"}, {"small satellites", "weather services"}, {"electric vans", "fleets"}, {"smart heat pumps", "house owners"}, {"delivery drones", "hospitals"}, {"a radar sensor", "car makers"}, {"battery management hardware", "grid operators"}, {"industrial controllers", "factories"}, {"weeding robots", "farmers"}},
		about: []string{
			"{co} designs and builds {product} for {users}.",
			"Our {hardware|machines} {work|run} {in the field|in the cold|in orbit}: {co} makes {product} from the board to the last line of firmware.",
			"{co} is a hardware company. {product} {leave|roll out of} our own workshop {every week|each morning}, and {users} put them to hard use.",
			"We make {product}. Mechanics, electronics and software people sit at one bench at {co}.",
		},
		teams: []string{"Firmware", "Motion Control", "Flight Software", "Perception", "Battery", "Board Bring-up", "Connectivity", "Test Rigs"},
		duties: []string{
			"Write firmware for {Cortex-M|RISC-V} microcontrollers with {hard real-time limits|little memory}.",
			"Bring up {boards|sensors|radios} with an oscilloscope at hand.",
			"Design {motor control|attitude control|path planning} loops.",
			"Make {over-the-air updates|boot loaders} that never brick a device.",
			"Talk {CAN|SPI|Modbus|LoRa} to {sensors|inverters|actuators}.",
			"Build hardware-in-the-loop tests for {robots|flight computers|battery packs}.",
			"Take part in the {safety case|certification} of our {vehicle|device|controller}.",
		},
		wants: []string{
			"You have written {firmware|drivers|an RTOS task} that left the lab.",
			"You can read a {schematic|data sheet|bus trace}.",
			"You know {ARM|RISC-V|DMA|interrupts} well.",
			"You like to hold what you have programmed in your hands.",
		},
	},
	{ // data_ai
		suffixes: []string{"AI", "Analytics", "Search", "Insight", "Intelligence", "Labs", "Vector", "Data"},
		products: [][2]string{{"a search engine for documents", "law firms"}, {"a speech recognition model", "newsrooms"}, {"a data warehouse", "data teams"}, {"an analytics notebook", "analysts"}, {"a vision model for radiology", "hospitals"}, {"a feature store", "data scientists"}, {"a translation model", "publishers"}, {"a query engine for dashboards", "analysts"}},
		about: []string{
			"{co} {trains|builds} {product} for {users}.",
			"{users} ask hard questions; {co} answers them with {product} built on {our own research|a decade of work on data}.",
			"{co} is a {machine learning|data} company. We make {product} and publish {most|some} of what we find.",
			"Data is easy to keep and hard to use. {co} makes {product}, so that {users} get an answer before their coffee.",
		},
		teams: []string{"Training", "Inference", "Retrieval", "Pipelines", "Query Engine", "Evaluation", "Labelling", "Notebooks"},
		duties: []string{
			"Train and serve {language models|ranking models|vision models} on {hundreds of|our own} GPUs.",
			"Build {data pipelines|feature pipelines} that {never lose a row|can be run twice}.",
			"Make {vector search|inference|tokenisation} {cheaper|twice as fast}.",
			"Design {evaluations|benchmarks} that tell whether a model got better.",
			"Write a {columnar|vectorised} query engine for {analysts|notebooks}.",
			"Turn {papers|prototypes} into {services|libraries} that {analysts|other teams} can use.",
		},
		wants: []string{
			"You know {PyTorch|Arrow|Spark|CUDA} well.",
			"You have taken a {model|pipeline} from notebook to production.",
			"A sound grasp of {statistics|information retrieval|linear algebra} is needed.",
			"You look at the data before you look at the metric.",
		},
	},
	{ // security
		suffixes: []string{"Security", "Shield", "Identity", "Vault", "Guard", "Labs", "Trust", "Privacy"},
		products: [][2]string{{"an endpoint sensor", "security teams"}, {"a password manager", "IT departments"}, {"an identity provider", "banks and hospitals"}, {"a malware sandbox", "incident responders"}, {"an encrypted mail service", "journalists"}, {"a key management service", "security teams"}, {"a vulnerability scanner", "IT departments"}},
		about: []string{
			"{co} protects {users} with {product}.",
			"{co} makes {product}. {users} call us when things are on fire and keep us so that they are not.",
			"Attackers automate, and so do we: {co} builds {product} that {stops|finds|explains} {intrusions|stolen credentials|ransomware}.",
			"Privacy is a right. {co} is the home of {product} with end-to-end encryption, and not a word of it is for sale.",
		},
		teams: []string{"Detection", "Endpoint", "Identity", "Cryptography", "Threat Research", "Key Management", "Fuzzing", "Response"},
		duties: []string{
			"Write {sensors|kernel drivers|parsers of hostile files} that must never crash the host.",
			"Design {authentication|single sign-on|passkey} flows that people can use.",
			"Review {cryptographic|protocol} code and fuzz {parsers|everything that parses}.",
			"Reverse {malware|phishing kits} and turn what you learn into detections.",
			"Run {threat modelling|penetration tests} with product teams.",
			"Build {key ceremonies|hardware security modules|attestation} into our service.",
		},
		wants: []string{
			"You have found or fixed {vulnerabilities|memory safety bugs} in real code.",
			"You know {TLS|OAuth|Noise|X.509} and where it goes wrong.",
			"You think like an attacker and write like a teacher.",
			"You have {handled incidents|written detections|played CTFs}.",
		},
	},
	{ // other
		suffixes: []string{"Tools", "Consulting", "Institute", "Telecom", "Audio", "CAD", "Compilers", "Bio"},
		products: [][2]string{{"a compiler tool chain", "developers"}, {"a CAD kernel", "engineers"}, {"audio plug-ins", "sound designers"}, {"an IDE", "developers"}, {"radio planning", "network carriers"}, {"genome assembly software", "laboratories"}, {"weather models", "ministries"}, {"a build system", "developers"}},
		about: []string{
			"{co} makes {product} for {users}.",
			"{users} work with {product} from {co} all day, and tell us when it is slow.",
			"{co} is a {research institute|consultancy|tool maker} with {30|80|200} people; {product} is what we are known for.",
			"For {eleven|20|35} years {co} has made {product}, and we are {rewriting|renewing} its core.",
		},
		teams: []string{"Core", "Geometry", "Signal Processing", "Language Tools", "Simulation", "Field Projects", "Numerics", "Formats"},
		duties: []string{
			"Write {compiler passes|language servers|debug information} for {our own|an open source} tool chain.",
			"Make {geometry|numerics|signal processing} {robust|exact|fast}.",
			"Port {thirty years of|a large body of} {Fortran|C++} to something that can be tested.",
			"Work with {scientists|sound engineers|surveyors} and turn their notes into code.",
			"Maintain {file formats|plug-in interfaces} that {users} have relied on for decades.",
			"Measure, profile and speed up {simulations|builds|renders}.",
		},
		wants: []string{
			"You have worked on {compilers|numerics|tools} that others build upon.",
			"You like {exact|old|hard} problems.",
			"A degree in {physics|mathematics|linguistics|engineering} or the equal of it.",
			"You read {assembly|papers|standards} with pleasure.",
		},
	},
}
