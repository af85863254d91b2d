SELECT domain, employer, n FROM (
  SELECT coalesce(o.domain, 'other') AS domain, o.employer AS employer, count(DISTINCT o.job_id) AS n,
         row_number() OVER (PARTITION BY coalesce(o.domain, 'other') ORDER BY count(DISTINCT o.job_id) DESC, o.employer) AS place
  FROM openings AS o
  WHERE o.employer IS NOT NULL AND {{template "counted" .}}
  GROUP BY coalesce(o.domain, 'other'), o.employer
) AS ranked WHERE place <= 8 ORDER BY domain, place
