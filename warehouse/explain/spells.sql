SELECT open_from, open_to, watched_to, closed_after, closed_by
FROM openings
WHERE posting_id = $1
ORDER BY open_from
