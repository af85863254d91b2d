SELECT source, count(DISTINCT date_trunc('{{.Bucket}}', seen_at)) AS periods,
       CAST(min(seen_at) AS DATE) AS first_day, CAST(max(seen_at) AS DATE) AS last_day
FROM sightings
WHERE CAST(seen_at AS DATE) >= {{date .From}} AND CAST(seen_at AS DATE) < {{date .To}}
GROUP BY source ORDER BY source
