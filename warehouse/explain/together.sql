SELECT max(day) FROM (
    SELECT least(coalesce(x.last_crawl, x.closed_after), coalesce(y.last_crawl, y.closed_after)) AS day
    FROM store.spells AS x JOIN store.spells AS y
    ON x.source = y.source AND x.mode = 'feed'
    AND x.first_crawl <= coalesce(y.last_crawl, TIMESTAMP '9999-12-31') AND y.first_crawl <= coalesce(x.last_crawl, TIMESTAMP '9999-12-31')
    WHERE x.posting_id = $1 AND y.posting_id = $2
    UNION ALL
    SELECT x.seen_at
    FROM sightings AS x JOIN sightings AS y ON x.page_id = y.page_id JOIN sources AS s ON s.source = x.source AND s.mode = 'periodical'
    WHERE x.posting_id = $1 AND y.posting_id = $2
)
