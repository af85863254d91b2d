{{- /* What ads name beside the market's language. Only ads that hold a text can. */ -}}
WITH texts AS (
  SELECT posting_id FROM postings WHERE {{template "text" "text"}}
)
SELECT domain, kind, term, n FROM (
  SELECT coalesce(o.domain, 'other') AS domain, m.kind AS kind, m.term AS term, count(DISTINCT o.job_id) AS n,
         row_number() OVER (PARTITION BY coalesce(o.domain, 'other'), m.kind ORDER BY count(DISTINCT o.job_id) DESC, m.term) AS place
  FROM mentions AS m JOIN openings AS o ON o.posting_id = m.posting_id JOIN texts AS t ON t.posting_id = o.posting_id
  WHERE m.term <> {{str .Language}} AND {{template "counted" .}}
  GROUP BY coalesce(o.domain, 'other'), m.kind, m.term
) AS ranked WHERE place <= 8 ORDER BY domain, kind, place
