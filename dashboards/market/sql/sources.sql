{{- /* How each source fared, up to the day that is measured where that is not the last. */ -}}
SELECT s.source, coalesce(s.kind, '') AS kind, coalesce(s.mode, '') AS mode, coalesce(s.lifetime_days, 0) AS lifetime_days,
       coalesce(s.selects, '') AS selects, s.configured, {{if .Cut}}g.first_seen, g.last_seen{{else}}s.first_seen, s.last_seen{{end}},
       coalesce(c.crawls, 0) AS crawls, coalesce(c.failed, 0) AS failed, c.last_crawl,
       coalesce(p.postings, 0) AS postings, coalesce(p.market, 0) AS market
FROM sources AS s
LEFT JOIN (
  SELECT source, count(*) AS crawls, CAST(sum(CASE WHEN complete THEN 0 ELSE 1 END) AS BIGINT) AS failed, max(started_at) AS last_crawl
  FROM crawls{{if .Cut}} WHERE CAST(started_at AS DATE) <= {{date .On}}{{end}} GROUP BY source
) AS c ON c.source = s.source
LEFT JOIN (
  SELECT source, count(*) AS postings, CAST(sum(CASE WHEN is_job{{with .Roles}} AND market_role IN {{list .}}{{end}} THEN 1 ELSE 0 END) AS BIGINT) AS market
  FROM postings{{template "until" .}} GROUP BY source
) AS p ON p.source = s.source
{{- if .Cut}}
LEFT JOIN (
  SELECT source, min(seen_at) AS first_seen, max(seen_at) AS last_seen FROM sightings WHERE CAST(seen_at AS DATE) <= {{date .On}} GROUP BY source
) AS g ON g.source = s.source
{{- end}}
ORDER BY market DESC, postings DESC, s.source
