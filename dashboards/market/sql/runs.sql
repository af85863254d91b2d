SELECT r.run_id, coalesce(r.command, '') AS command, coalesce(r.version, '') AS version, r.started_at, r.finished_at,
       coalesce(r.outcome, '') AS outcome, coalesce(r.error, '') AS error,
       coalesce(t.pages, 0) AS pages, coalesce(t.sightings, 0) AS sightings, coalesce(t.new_postings, 0) AS new_postings,
       coalesce(t.rejects, 0) AS rejects, coalesce(t.failed, 0) AS failed, coalesce(t.forbidden, 0) AS forbidden, coalesce(t.not_archived, 0) AS not_archived
FROM runs AS r LEFT JOIN (
  SELECT run_id, CAST(sum(pages) AS BIGINT) AS pages, CAST(sum(sightings) AS BIGINT) AS sightings, CAST(sum(new_postings) AS BIGINT) AS new_postings,
         CAST(sum(rejects) AS BIGINT) AS rejects, CAST(sum(failed) AS BIGINT) AS failed, CAST(sum(forbidden) AS BIGINT) AS forbidden,
         CAST(sum(not_archived) AS BIGINT) AS not_archived
  FROM run_sources GROUP BY run_id
) AS t ON t.run_id = r.run_id
ORDER BY r.started_at DESC, r.run_id LIMIT 50
