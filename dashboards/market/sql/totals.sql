{{- /* What was collected, up to the day that is measured where that is not the last. */ -}}
SELECT (SELECT count(DISTINCT source) FROM postings{{template "until" .}}) AS sources,
       (SELECT count(*) FROM postings{{template "until" .}}) AS postings,
       (SELECT coalesce(max(CASE WHEN simulated THEN 1 ELSE 0 END), 0) FROM postings)
         + (SELECT coalesce(max(CASE WHEN simulated THEN 1 ELSE 0 END), 0) FROM sources) AS simulated,
       (SELECT max(CAST(last_seen AS DATE)) FROM sources) AS last_day,
       (SELECT coalesce(max(label_version), '') FROM postings) AS label_version
