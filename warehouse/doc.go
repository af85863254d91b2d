// Package warehouse is all that knows a database: the schema, its migrations,
// the loading of Arrow record batches, the set-based models, the published
// snapshot, and the safe printing of query results. It must not know HTTP, a
// page's format, what a job ad means, or how a chart is drawn; and no other
// package knows which engine stands behind it.
//
// # How rows become jobs
//
// [Warehouse.Load] adds what was read to the schema "store", one transaction a
// batch, and notes which postings and crawls are dirty. [Warehouse.Stale] hands
// out what is unjudged and [Warehouse.LoadJudgements] takes the labels back.
// [Warehouse.Model] then runs the files of models/ in the order of their names:
// newest contents, spells, employers, what identity is decided by, pairs of
// postings that a rule takes for one job, blocks of postings that pairs connect,
// what clashes inside a block, jobs, and sums over jobs. [Warehouse.Publish]
// copies everything into a fresh snapshot, which readers open by
// [OpenSnapshot]. People and other rooms read the views of the schema main; each
// view and column carries a comment.
//
// # Decisions
//
// 2026-11-22: a table has no index and no constraint. A load compares its keys
// with the table by one join, in which the batch is the small side; upserts were
// refused because which of two equal keys wins is not promised. Which row stays
// is a rule a table (see rule in load.go) and does not depend on the order of
// loads: what was fetched first, what a newer parser read.
//
// 2026-11-22: a posting's jobs are decided in blocks. A rule looks at groups of
// postings that share a key, and what a group yields depends on its members
// alone; so only groups in which a fact changed are done again, and only blocks
// in which a pair changed, and the outcome is that of starting from nothing. In a
// block without a clash all is one job. Where something clashes, the best pair is
// joined first and never two parts that clash (join.go): plain connected
// components would make one job of two openings as soon as a vague ad agrees
// with both.
//
// 2026-11-22: what the models read of a posting stands in one row of
// store.current, its label included, and the groups of each node in store.groups:
// a rerun joins what changed with narrow tables by number. Most temporary tables
// are dropped as soon as nothing reads them, since what is kept is spilled to the
// disk when memory is short. Groups without a posting to start from, and texts
// whose hashes are equal, are never joined.
//
// 2026-11-22: what is known when is told by fetch times, not by load times: a
// replay of an old archive tells today what was known then. [OpenKnownAt] derives
// a snapshot of its own from the pages fetched by a time, by the same models;
// parametrised views were refused because each would have to repeat every model.
//
// 2026-11-22: a feed's job counts as open up to the day of the first complete
// crawl that misses it, so that the stock on the day of a crawl is what that crawl
// shows and does not sag between two crawls. Both ends of the interval in which it
// closed are kept beside it (closed_after, closed_by).
//
// 2026-11-25: what a feed showed at its last complete crawl is known for 30 days, and
// unknown later (watched_to in the view openings). Open until seen closed, as it was
// before, drew a board that nobody looks at any more as a plateau for ever.
//
// 2026-11-25: a repost may come 75 days after the ad before. An ad that skips two
// issues of a monthly thread lies 58 to 64 days off, one that skips three 88 or more;
// with 60 days the calendar decided which of them were new jobs.
//
// 2026-11-25: a replay holds a board's yield against the crawls that the warehouse
// knows of before ([Warehouse.Yields]), so that archives that are read one after
// another give the rows of one reading of all.
//
// 2026-11-22: the snapshot is copied row by row by the engine. A copy of the file
// would keep the gaps that deleted rows leave, and closing it would give up the
// engine's lock on the file, as POSIX locks do. Readers attach the snapshot to a
// database in memory of their own: the driver otherwise keeps one open database a
// path, and a reader that comes after a rename would get the old file.
//
// 2026-11-22: the build tag is asked for by package arrowtag, which does not
// compile without it; the compiler then says one thing instead of many.
package warehouse

import _ "jobmarket/warehouse/arrowtag" // one clear message when the build tag is forgotten
