-- When two postings agree. The models join them by these, and explain says what
-- they say: whoever changes one changes dedupVersion in model.go with it.

CREATE OR REPLACE MACRO main.days_apart(from1, to1, from2, to2) AS
    greatest(0, epoch(greatest(from1, from2)) - epoch(least(to1, to2))) / 86400;
COMMENT ON MACRO main.days_apart IS 'Days between two times from and to, 0 where they overlap.';

CREATE OR REPLACE MACRO main.places_agree(p, q) AS
    p IS NULL OR q IS NULL OR p = q OR len(list_filter(string_split(p, ';'), lambda x:
        len(list_filter(string_split(q, ';'), lambda y:
            contains(' ' || x || ' ', ' ' || y || ' ') OR contains(' ' || y || ' ', ' ' || x || ' '))) > 0)) > 0;
COMMENT ON MACRO main.places_agree IS 'Places agree when one is unknown or one place of one lies in a place of the other: "berlin" in "berlin germany".';

CREATE OR REPLACE MACRO main.titles_agree(p, q) AS
    p IS NULL OR q IS NULL OR p = q
    OR 2 * len(list_intersect(string_split(p, ' '), string_split(q, ' '))) >= len(list_distinct(string_split(p, ' ') || string_split(q, ' ')));
COMMENT ON MACRO main.titles_agree IS 'Titles agree when one is unknown or they share at least half of their words.';

-- The employer's name in an address may change: of those that end alike and hold the
-- same numbers neither names another ad.
CREATE OR REPLACE MACRO main.another_url(url1, url2) AS
    coalesce(url1 <> url2 AND split_part(url1, '/', 1) = split_part(url2, '/', 1)
        AND NOT (length(split_part(url1, '/', -1)) >= 12 AND split_part(url1, '/', -1) = split_part(url2, '/', -1)
            AND regexp_extract_all(url1, '\d{3,}') = regexp_extract_all(url2, '\d{3,}')), false);
COMMENT ON MACRO main.another_url IS 'Two addresses on one host name two ads, but not when they end alike and hold the same numbers.';

CREATE OR REPLACE MACRO main.another_link(link1, link2) AS
    coalesce(link1 <> link2 AND split_part(link1, '/', 1) = split_part(link2, '/', 1) AND split_part(link1, '/', 1) NOT IN ('hn', 'reddit'), false);
COMMENT ON MACRO main.another_link IS 'Two jobs on one kind of board are two ads. What a forum calls its own comment names no job.';

CREATE OR REPLACE MACRO main.names_another(link1, link2, url1, url2) AS main.another_link(link1, link2) OR main.another_url(url1, url2);
COMMENT ON MACRO main.names_another IS 'Their links or their addresses name two ads.';
