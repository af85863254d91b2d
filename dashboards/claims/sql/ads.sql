{{- /* Conditions on the ads of a subject, each after AND; o is a row of openings. */ -}}
{{define "subject"}}
  {{- with .Domains}} AND o.domain IN {{list .}}{{end}}
  {{- with .Names}} AND o.posting_id IN (SELECT posting_id FROM mentions WHERE term IN {{list .}}){{end}}
  {{- with .Employers}} AND lower(o.employer) IN {{list .}}{{end}}
  {{- with .OlderThan}} AND o.posting_id IN (SELECT posting_id FROM postings WHERE years_market > date_diff('day', DATE {{str .}}, CAST(first_seen AS DATE)) / 365.25){{end}}
{{- end}}

{{- /* The ads that are looked at: sources, definition, and Among. */ -}}
{{define "where"}}o.is_job{{if eq .UnitColumn "employer_id"}} AND o.employer_id IS NOT NULL{{end}}
    {{- with .Roles}} AND o.market_role IN {{list .}}{{end}} AND coalesce(o.selects, '') IN {{list .Selects}}
    {{- with .Only}} AND (o.source IN {{list .}} OR o.kind IN {{list .}}){{end}}
    {{- with .Without}} AND o.source NOT IN {{list .}} AND o.kind NOT IN {{list .}}{{end}}
    {{- with .Panel}} AND o.source IN {{list .}}{{end}}
    {{- template "subject" .Among}}
{{- end}}

{{define "columns"}}{{if .Sightings}}concat(o.posting_id, ' ', g.page_id){{else}}o.{{.UnitColumn}}{{end}} AS unit, o.posting_id, o.job_id, o.employer_id, o.employer, o.domain, o.title, o.source, o.open_from,
         CASE WHEN 1 = 1{{template "subject" .Subject}} THEN 1 ELSE 0 END AS hit,
         CASE WHEN {{if .HasRival}}1 = 1{{template "subject" .Rival}}{{else}}1 = 0{{end}} THEN 1 ELSE 0 END AS rival
{{- end}}

{{- /* A posting that a feed showed at its first crawl is open, but nobody saw it open: it is in no flow. */ -}}
{{define "ads"}}
{{- if .Sightings}}WITH ads AS (
  SELECT {{template "columns" .}}, CAST(g.seen_at AS DATE) AS first_day
  FROM openings AS o JOIN sightings AS g ON g.posting_id = o.posting_id
  WHERE {{template "where" .}}
    AND CAST(g.seen_at AS DATE) >= {{date .From}} AND CAST(g.seen_at AS DATE) < {{date .To}}
)
{{- else if eq .Count "flow"}}WITH firsts AS (
  SELECT o.{{.UnitColumn}} AS unit, min(o.open_from) AS first_day
  FROM openings AS o JOIN sources AS s ON s.source = o.source
  WHERE {{template "where" .}}
  GROUP BY o.{{.UnitColumn}}
  HAVING min(o.open_from) >= {{date .From}} AND min(o.open_from) < {{date .To}}
     AND max(CASE WHEN o.mode = 'feed' AND o.open_from <= CAST(s.first_seen AS DATE) THEN 1 ELSE 0 END) = 0
), ads AS (
  SELECT {{template "columns" .}}, f.first_day
  FROM openings AS o JOIN firsts AS f ON f.unit = o.{{.UnitColumn}}
  WHERE {{template "where" .}}
)
{{- else if eq .Count "seen"}}WITH ads AS (
  SELECT {{template "columns" .}}
  FROM openings AS o
  WHERE {{template "where" .}}
    AND {{template "openWithin" .}}
)
{{- else if eq .Lifetime 0}}WITH ads AS (
  SELECT {{template "columns" .}}
  FROM openings AS o
  WHERE {{template "where" .}}
    AND {{template "open" date .On}}
)
{{- else}}WITH printed AS (
  SELECT DISTINCT posting_id FROM sightings
  WHERE CAST(seen_at AS DATE) <= {{date .On}} AND date_diff('day', CAST(seen_at AS DATE), {{date .On}}) < {{.Lifetime}}
), ads AS (
  SELECT {{template "columns" .}}
  FROM openings AS o
  WHERE {{template "where" .}} AND (
       o.mode <> 'periodical' AND {{template "open" date .On}}
    OR o.mode = 'periodical' AND o.posting_id IN (SELECT posting_id FROM printed))
)
{{- end}}
{{- end}}

{{- /* Each unit once. An employer may have ads in several fields: it counts in that of
most of its ads, of fields that tie in the first. One that is unknown is drawn as an
employer of its own in a bootstrap, and known = 0 says so. */ -}}
{{define "units"}}fields AS (
  SELECT unit, coalesce(domain, 'other') AS domain, count(DISTINCT posting_id) AS n FROM ads GROUP BY unit, coalesce(domain, 'other')
), placed AS (
  SELECT unit, domain, row_number() OVER (PARTITION BY unit ORDER BY n DESC, CASE domain{{range $i, $d := .Domains}} WHEN {{str $d}} THEN {{$i}}{{end}} END) AS place FROM fields
), units AS (
  SELECT a.unit, f.domain, coalesce(min(a.employer_id), min(a.job_id)) AS employer_id, CASE WHEN min(a.employer_id) IS NULL THEN 0 ELSE 1 END AS known,
         {{if .ByField}}CASE WHEN f.domain IN {{list .Subject.Domains}} THEN 1 ELSE 0 END{{else}}max(a.hit){{end}} AS hit, max(a.rival) AS rival{{if .Bucket}}, min(a.first_day) AS first_day{{end}}
  FROM ads AS a JOIN placed AS f ON f.unit = a.unit
  WHERE f.place = 1
  GROUP BY a.unit, f.domain
){{end}}

{{- /* A unit belongs to the source that showed it first. */ -}}
{{define "homes"}}shown AS (
  SELECT unit, min(open_from) AS first_shown FROM ads GROUP BY unit
), homes AS (
  SELECT a.unit, min(a.source) AS source FROM ads AS a JOIN shown AS s ON s.unit = a.unit AND s.first_shown = a.open_from GROUP BY a.unit
){{end}}
