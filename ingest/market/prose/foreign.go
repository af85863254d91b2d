package prose

// abroad is an ad in another language than English: plainer, but with all that
// bears out the truth. Fields stand in the order of schema.Domains.
type abroad struct {
	about               [9]string
	intro, duties       []string
	core, some, none    string
	wants, perks, close []string
	headings            [4]string
}

var abroads = map[string]abroad{
	"de": {
		about: [9]string{
			"{co} entwickelt eine eigene Blockchain und eine Wallet für Kryptowährungen.",
			"{co} betreibt eine Cloud-Plattform mit eigenem Speicher und verwalteten Kubernetes-Clustern.",
			"{co} ist ein Spielestudio und arbeitet an einem neuen Computerspiel mit eigener Engine.",
			"{co} ist ein Online-Marktplatz mit Millionen von Besuchern auf Website und App.",
			"{co} ist eine Bank mit Vollbanklizenz und wickelt Zahlungen für Händler ab.",
			"{co} baut Roboter und die Firmware dazu, von der Platine bis zur Regelung.",
			"{co} entwickelt Sprachmodelle und ein Data Warehouse für Analysen.",
			"{co} schützt Unternehmen mit Verschlüsselung, Identitätsdiensten und Angriffserkennung.",
			"{co} entwickelt Compiler und Werkzeuge für die Wissenschaft.",
		},
		intro:    []string{"Für unser Team {team} suchen wir zum {nächstmöglichen Zeitpunkt|Quartalsanfang} Verstärkung: {title}."},
		duties:   []string{"Du entwirfst und entwickelst {Dienste|Komponenten} in einem kleinen Team.", "Du prüfst Code und lässt deinen prüfen.", "Du misst, bevor du {optimierst|umbaust}."},
		core:     "Du programmierst {täglich|hauptsächlich} in Rust.",
		some:     "Kenntnisse in Rust sind {von Vorteil|ein Plus}; meist schreiben wir {lang}.",
		none:     "Du kennst {lang} und {lang2} gut.",
		wants:    []string{"Du hast ein Studium oder eine Ausbildung in {Informatik|Technik} abgeschlossen.", "Du sprichst gut Deutsch und Englisch."},
		perks:    []string{"{28|30} Tage Urlaub.", "Flexible Arbeitszeiten und Homeoffice.", "Ein Budget für Weiterbildung."},
		close:    []string{"Wir freuen uns auf deine Bewerbung."},
		headings: [4]string{"Deine Aufgaben", "Dein Profil", "Von Vorteil", "Wir bieten"},
	},
	"fr": {
		about: [9]string{
			"{co} développe une blockchain et un portefeuille de cryptomonnaies.",
			"{co} exploite une plateforme cloud : stockage, réseau et Kubernetes managé.",
			"{co} est un studio de jeux vidéo qui construit son propre moteur.",
			"{co} est une place de marché en ligne, sur le web et en application mobile.",
			"{co} est une banque agréée qui traite les paiements des commerçants.",
			"{co} conçoit des robots et leur micrologiciel, de la carte à la commande.",
			"{co} entraîne des modèles de langue et exploite un entrepôt de données.",
			"{co} protège les entreprises : chiffrement, identité et détection d'intrusions.",
			"{co} développe des compilateurs et des outils pour la science.",
		},
		intro:    []string{"Nous recherchons pour l'équipe {team} : {title}."},
		duties:   []string{"Vous concevez et développez des {services|composants} en petite équipe.", "Vous relisez le code de vos collègues.", "Vous mesurez avant {d'optimiser|de changer}."},
		core:     "Vous programmez {chaque jour|surtout} en Rust.",
		some:     "Une expérience de Rust est un {plus|atout} ; nous écrivons surtout du {lang}.",
		none:     "Vous maîtrisez {lang} et {lang2}.",
		wants:    []string{"Vous avez une formation en {informatique|ingénierie}.", "Vous parlez bien français et anglais."},
		perks:    []string{"Télétravail {deux|trois} jours par semaine.", "Titres-restaurant et mutuelle.", "Un budget de formation."},
		close:    []string{"Envoyez-nous votre candidature."},
		headings: [4]string{"Vos missions", "Votre profil", "Un plus", "Nous offrons"},
	},
}

func (o *Opening) foreign(s scene, lang string) Doc {
	a := abroads[lang]
	doc := Doc{
		About: []string{s.text(a.about[o.Employer.Domain])}, Headings: a.headings,
		Intro:  s.some(nil, a.intro, 1),
		Duties: s.some(nil, a.duties, 3), Wants: s.some(nil, a.wants, 2),
		Perks: s.some(nil, a.perks, 3), Closing: s.some(nil, a.close, 1),
	}
	if o.Domain != o.Employer.Domain {
		doc.Duties = s.some(doc.Duties, Roles[o.Role].Duties, 2)
	}
	if Roles[o.Role].Code {
		language := [...]string{RustNo: a.none, RustSome: a.some, RustCore: a.core}[o.Rust]
		doc.Wants = append(doc.Wants, s.text(language))
	}
	return doc
}
