SELECT source, coalesce(kind, '') AS kind, coalesce(mode, '') AS mode,
       coalesce(selects, '') AS selects, CAST(first_seen AS DATE) AS first_day, CAST(last_seen AS DATE) AS last_day, simulated
FROM sources WHERE mode <> 'registry' ORDER BY source
