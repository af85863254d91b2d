SELECT last.posting_id, coalesce(p.archive, '') AS archive, coalesce(p.archive_offset, 0) AS archive_offset, coalesce(p.url, '') AS page_url
FROM (
  SELECT s.posting_id, max(s.page_id) AS page_id
  FROM sightings AS s
  JOIN (SELECT posting_id, max(seen_at) AS seen_at FROM sightings WHERE posting_id IN {{list .}} GROUP BY posting_id) AS newest
    ON newest.posting_id = s.posting_id AND newest.seen_at = s.seen_at
  GROUP BY s.posting_id
) AS last
JOIN pages AS p ON p.page_id = last.page_id
ORDER BY last.posting_id
