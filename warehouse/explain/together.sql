SELECT max(day) FROM (
    SELECT least(coalesce(x.closed_by, x.closed_after), coalesce(y.closed_by, y.closed_after)) AS day
    FROM store.spells AS x JOIN store.spells AS y
    ON x.source = y.source AND x.mode = 'feed'
    AND x.opened_by < coalesce(y.closed_by, TIMESTAMP '9999-12-31') AND y.opened_by < coalesce(x.closed_by, TIMESTAMP '9999-12-31')
    WHERE x.posting_id = $1 AND y.posting_id = $2
    UNION ALL
    SELECT x.seen_at
    FROM sightings AS x JOIN sightings AS y ON x.page_id = y.page_id JOIN sources AS s ON s.source = x.source AND s.mode = 'periodical'
    WHERE x.posting_id = $1 AND y.posting_id = $2
)
