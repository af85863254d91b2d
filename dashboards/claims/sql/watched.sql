{{- /* Over which stretches each source was watched, and to what day the last of each tells what was open. */ -}}
SELECT source, mode, from_day, to_day, known_to FROM panel ORDER BY source, from_day
