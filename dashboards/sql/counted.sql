{{- /* The ads that charts count; o is a row of openings. */ -}}
{{define "counted"}}o.is_job{{with .Roles}} AND o.market_role IN {{list .}}{{end}} AND coalesce(o.selects, '') = ''{{with .Sources}} AND o.source IN {{list .}}{{end}}{{end}}

{{- /* What counts as new: first seen in the period, and not on a feed's first crawl, when all of it is new to us. */ -}}
{{define "firsts"}}SELECT o.job_id, min(coalesce(o.domain, 'other')) AS domain, min(o.open_from) AS first_day
  FROM openings AS o JOIN sources AS s ON s.source = o.source
  WHERE {{template "counted" .}}
  GROUP BY o.job_id
  HAVING max(CASE WHEN o.mode = 'feed' AND o.open_from <= CAST(s.first_seen AS DATE) THEN 1 ELSE 0 END) = 0
{{- end}}
