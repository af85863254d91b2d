SELECT titles_agree(x.title_key, y.title_key), places_agree(x.places, y.places),
       another_link(x.link_key, y.link_key), another_url(x.url_key, y.url_key), days_apart(x.from_at, x.to_at, y.from_at, y.to_at)
FROM store.nodes AS x, store.nodes AS y
WHERE x.posting_id = $1 AND y.posting_id = $2
