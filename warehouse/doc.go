// Package warehouse is all that knows a database: the schema, its migrations,
// the loading of Arrow record batches, the set-based models, the published
// snapshot, and the safe printing of query results. It must not know HTTP, a
// page's format, what a job ad means, or how a chart is drawn; and no other
// package knows which engine stands behind it.
package warehouse

import _ "jobmarket/warehouse/arrowtag" // one clear message when the build tag is forgotten
