-- What join.go settled. Which pairs lead each posting to the first of its job is
-- found next: see tree.go.
UPDATE cluster SET part = joined.part FROM joined WHERE cluster.idx = joined.idx;
