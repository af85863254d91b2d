{{- /* The ads that charts count, of the time that they span; o is a row of openings. */ -}}
{{define "counted"}}o.is_job{{with .Roles}} AND o.market_role IN {{list .}}{{end}} AND coalesce(o.selects, '') = '' AND o.open_from <= {{date .On}}{{if not .First.IsZero}} AND o.open_from >= {{date .First}}{{end}}{{with .Sources}} AND o.source IN {{list .}}{{end}}{{end}}

{{- /* Who is drawn with a job in a bootstrap: its employer, or itself where that is unknown, which known = 0 says. */ -}}
{{define "cluster"}}coalesce(o.employer_id, o.job_id){{end}}
{{define "known"}}CASE WHEN o.employer_id IS NULL THEN 0 ELSE 1 END{{end}}

{{- /* Every job, and the source that showed it first, to which it belongs. What counts as new (old = 0) is first seen in the period, and not on a feed's first crawl, when all of it is new to us. */ -}}
{{define "firsts"}}firsts AS (
  SELECT o.job_id, min({{template "cluster"}}) AS employer_id, min({{template "known"}}) AS known, min(coalesce(o.domain, 'other')) AS domain, min(o.country) AS country, min(o.remote) AS remote,
         min(o.seniority) AS seniority, min(o.open_from) AS first_day, max(coalesce(o.closed_after, o.open_from)) AS last_day,
         max(CASE WHEN o.mode = 'feed' AND o.open_from <= CAST(s.first_seen AS DATE) THEN 1 ELSE 0 END) AS old
  FROM openings AS o JOIN sources AS s ON s.source = o.source
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
), homes AS (
  SELECT o.job_id, min(o.source) AS source
  FROM openings AS o JOIN firsts AS f ON f.job_id = o.job_id AND f.first_day = o.open_from
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
){{end}}

{{- /* Of postings, those of the time up to the day that is measured, where that is not the last. */ -}}
{{define "until"}}{{if .Cut}} WHERE CAST(first_seen AS DATE) <= {{date .On}}{{end}}{{end}}
