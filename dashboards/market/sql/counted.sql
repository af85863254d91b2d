{{- /* The ads that charts count; o is a row of openings. */ -}}
{{define "counted"}}o.is_job{{with .Roles}} AND o.market_role IN {{list .}}{{end}} AND coalesce(o.selects, '') = ''{{with .Sources}} AND o.source IN {{list .}}{{end}}{{end}}

{{- /* Who is drawn with a job in a bootstrap: its employer, or itself where that is unknown. */ -}}
{{define "cluster"}}coalesce(o.employer_id, o.job_id){{end}}

{{- /* What counts as new: first seen in the period, and not on a feed's first crawl, when all of it is new to us. A job belongs to the source that showed it first. */ -}}
{{define "firsts"}}firsts AS (
  SELECT o.job_id, min({{template "cluster"}}) AS employer_id, min(coalesce(o.domain, 'other')) AS domain, min(o.country) AS country, min(o.remote) AS remote,
         min(o.seniority) AS seniority, min(o.open_from) AS first_day
  FROM openings AS o JOIN sources AS s ON s.source = o.source
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
  HAVING max(CASE WHEN o.mode = 'feed' AND o.open_from <= CAST(s.first_seen AS DATE) THEN 1 ELSE 0 END) = 0
), homes AS (
  SELECT o.job_id, min(o.source) AS source
  FROM openings AS o JOIN firsts AS f ON f.job_id = o.job_id AND f.first_day = o.open_from
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
){{end}}
