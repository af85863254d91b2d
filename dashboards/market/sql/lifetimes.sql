{{- /* How long the ads of boards stayed open whose beginning was seen: those that a board showed at its first complete crawl have an unknown age. An ad closed after the crawl that last showed it and by the one that missed it. */ -}}
SELECT {{template "cluster"}} AS employer_id, o.source, coalesce(o.domain, 'other') AS domain,
       CAST(date_diff('day', o.open_from, o.closed_after) AS BIGINT) AS earliest,
       CAST(date_diff('day', o.open_from, coalesce(o.closed_by, o.closed_after)) AS BIGINT) AS latest,
       CASE WHEN o.censored THEN 0 ELSE 1 END AS closed, count(*) AS n, min(o.open_from) AS first_day, max(o.closed_after) AS last_day
FROM openings AS o JOIN (
  SELECT source, min(started_at) AS begun FROM crawls WHERE complete GROUP BY source
) AS c ON c.source = o.source
WHERE o.mode = 'feed' AND o.closed_after IS NOT NULL AND o.open_from > CAST(c.begun AS DATE)
GROUP BY {{template "cluster"}}, o.source, coalesce(o.domain, 'other'), date_diff('day', o.open_from, o.closed_after), date_diff('day', o.open_from, coalesce(o.closed_by, o.closed_after)), CASE WHEN o.censored THEN 0 ELSE 1 END
ORDER BY employer_id, source, domain, earliest, latest, closed
