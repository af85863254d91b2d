{{- /* The jobs that charts count, newest first, each by the first of the ads that showed it first. */ -}}
WITH {{template "firsts" .}}, heads AS (
  SELECT f.job_id, min(o.posting_id) AS posting_id
  FROM firsts AS f JOIN homes AS h ON h.job_id = f.job_id
  JOIN openings AS o ON o.job_id = f.job_id AND o.source = h.source AND o.open_from = f.first_day
  WHERE {{template "counted" .}}
  GROUP BY f.job_id
)
SELECT f.job_id, coalesce(o.title, '') AS title, coalesce(o.employer, '') AS employer, f.domain, o.source, f.first_day, f.last_day, coalesce(p.url, '') AS url, coalesce(p.link, '') AS link,
       coalesce(o.country, '') AS country, coalesce(o.remote, '') AS remote, coalesce(o.seniority, '') AS seniority
FROM firsts AS f JOIN heads AS d ON d.job_id = f.job_id
JOIN openings AS o ON o.posting_id = d.posting_id AND o.job_id = f.job_id AND o.open_from = f.first_day
JOIN postings AS p ON p.posting_id = d.posting_id
ORDER BY f.first_day DESC, employer, title, f.job_id
