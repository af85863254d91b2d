package prose

// Place is a city as ads name it.
type Place struct{ City, Region, Country, Code string }

// Forms of a place as ads write it.
func (p Place) form(n int) string {
	switch n {
	case 0:
		return p.City
	case 1:
		if p.Region != "" {
			return p.City + ", " + p.Region
		}
		return p.City + ", " + p.Country
	case 2:
		return p.City + ", " + p.Code
	default:
		return p.City + ", " + p.Country
	}
}

// Places are cities where jobs are; the first are the likeliest.
var Places = []Place{
	{"San Francisco", "CA", "USA", "US"}, {"New York", "NY", "USA", "US"}, {"Berlin", "", "Germany", "DE"},
	{"London", "", "United Kingdom", "UK"}, {"Amsterdam", "", "Netherlands", "NL"}, {"Paris", "", "France", "FR"},
	{"Seattle", "WA", "USA", "US"}, {"Toronto", "ON", "Canada", "CA"}, {"Zurich", "", "Switzerland", "CH"},
	{"Munich", "", "Germany", "DE"}, {"Austin", "TX", "USA", "US"}, {"Boston", "MA", "USA", "US"},
	{"Stockholm", "", "Sweden", "SE"}, {"Lisbon", "", "Portugal", "PT"}, {"Singapore", "", "Singapore", "SG"},
	{"Barcelona", "", "Spain", "ES"}, {"Copenhagen", "", "Denmark", "DK"}, {"Warsaw", "", "Poland", "PL"},
	{"Tel Aviv", "", "Israel", "IL"}, {"Bengaluru", "", "India", "IN"}, {"Tokyo", "", "Japan", "JP"},
	{"Prague", "", "Czech Republic", "CZ"}, {"Dublin", "", "Ireland", "IE"}, {"Oslo", "", "Norway", "NO"},
	{"Vienna", "", "Austria", "AT"}, {"Helsinki", "", "Finland", "FI"}, {"Tallinn", "", "Estonia", "EE"},
	{"Vancouver", "BC", "Canada", "CA"}, {"Sydney", "NSW", "Australia", "AU"}, {"São Paulo", "", "Brazil", "BR"},
	{"Denver", "CO", "USA", "US"}, {"Cambridge", "", "United Kingdom", "UK"}, {"Hamburg", "", "Germany", "DE"},
}

// Kinds of remote work.
const (
	OnSite uint8 = iota
	Hybrid
	Remote
)

var regions = []string{"", "", "US", "EU", "Europe", "worldwide", "UTC-3 to UTC+3", "North America"}
