SELECT domain, bound, days, at_risk, closed FROM lifetimes ORDER BY domain, bound, days
