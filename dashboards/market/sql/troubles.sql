{{- /* What went wrong in all runs, of which the page lists the last only, and what could not be read in all. */ -}}
SELECT CAST(coalesce(sum(failed), 0) AS BIGINT) AS failed, CAST(coalesce(sum(not_archived), 0) AS BIGINT) AS not_archived, CAST(coalesce(sum(forbidden), 0) AS BIGINT) AS forbidden,
       (SELECT count(*) FROM rejects) AS rejects
FROM run_sources
