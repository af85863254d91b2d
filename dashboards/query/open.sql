{{- /* When a row o of openings counts as open: here and nowhere else. What a feed
showed at its last complete crawl is known for the days that watched_to says, and
unknown afterwards. */ -}}

{{- /* On the day that is given, a date or a column. */ -}}
{{define "open"}}o.open_from <= {{.}} AND (o.open_to IS NULL OR o.open_to > {{.}}) AND (o.watched_to IS NULL OR o.watched_to >= {{.}}){{end}}

{{- /* At any time from .From up to .To, exclusive. */ -}}
{{define "openWithin"}}o.open_from < {{date .To}} AND (o.open_to IS NULL OR o.open_to > {{date .From}}) AND (o.watched_to IS NULL OR o.watched_to >= {{date .From}}){{end}}

{{- /* Whether an ad, the column that is given, holds a text: a line of title and place names little, whatever the work. */ -}}
{{define "text"}}length({{.}}) >= 200{{end}}
