SELECT day, coalesce(source, '') AS source, coalesce(kind, '') AS kind, coalesce(text, '') AS text
FROM marks{{if .Cut}} WHERE day <= {{date .On}}{{end}} ORDER BY day, source, kind, text
