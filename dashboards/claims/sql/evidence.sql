SELECT posting_id, coalesce(kind, '') AS kind, coalesce(url, '') AS url, coalesce(link, '') AS link, coalesce(location, '') AS location,
       first_seen, last_seen, sightings, coalesce(job_id, '') AS job_id, coalesce(market_role, '') AS market_role,
       coalesce(market_reason, '') AS market_reason, coalesce(reasons, '') AS reasons, coalesce(label_version, '') AS label_version,
       coalesce(years_market, 0) AS years_market, coalesce(years_market_reason, '') AS years_market_reason, simulated
FROM postings WHERE posting_id IN {{list .}} ORDER BY posting_id
