SELECT day, coalesce(source, '') AS source, coalesce(kind, '') AS kind, coalesce(text, '') AS text
FROM marks ORDER BY day, source, kind, text
