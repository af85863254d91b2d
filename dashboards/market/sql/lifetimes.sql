{{- /* How long the ads of boards stayed open whose beginning was seen: those that a board showed at its first complete crawl have an unknown age. An ad closed after the crawl that last showed it and by the one that missed it. What was seen after the day that is measured tells nothing: an ad that closed later was open on it. */ -}}
WITH seen AS (
  SELECT {{template "cluster"}} AS employer_id, {{template "known"}} AS known, o.posting_id, o.source, coalesce(o.domain, 'other') AS domain, o.open_from,
         CASE WHEN o.closed_after > {{date .On}} THEN {{date .On}} ELSE o.closed_after END AS last_seen,
         CASE WHEN o.closed_by <= {{date .On}} THEN o.closed_by END AS missed
  FROM openings AS o JOIN (
    SELECT source, min(started_at) AS begun FROM crawls WHERE complete GROUP BY source
  ) AS c ON c.source = o.source
  WHERE o.mode = 'feed' AND o.closed_after IS NOT NULL AND o.open_from > CAST(c.begun AS DATE) AND o.open_from <= {{date .On}}
)
SELECT employer_id, known, source, domain, CAST(date_diff('day', open_from, last_seen) AS BIGINT) AS earliest,
       CAST(date_diff('day', open_from, coalesce(missed, last_seen)) AS BIGINT) AS latest,
       CASE WHEN missed IS NULL THEN 0 ELSE 1 END AS closed, count(*) AS n, min(open_from) AS first_day, max(last_seen) AS last_day
FROM seen
GROUP BY employer_id, known, source, domain, date_diff('day', open_from, last_seen), date_diff('day', open_from, coalesce(missed, last_seen)), CASE WHEN missed IS NULL THEN 0 ELSE 1 END
ORDER BY employer_id, source, domain, earliest, latest, closed
