# Judges lines of the form FILE:LINE:#include "X"; the first file read is the
# table of stages.  Prints FILE:LINE: text for each wrong direction.

function fault(text) {
	print file ":" line ": " text
}

# "models/base/mem.c" -> "base"; "planner/cmd.c" -> "".
function folder(path,   part, n) {
	n = split(path, part, "/")
	return n > 2 ? part[2] : ""
}

function stem(path) {
	sub(/.*\//, "", path)
	sub(/\.h$/, "", path)
	return path
}

function from_header(   me) {
	me = stem(file)
	if (!(me in rank))
		return fault("'" me ".h' has no stage in tests/lint/stages")
	if (quoted && what !~ /^revplan\//)
		return fault("a public header includes private '" what "'")
	if (!quoted && what !~ /^std[a-z]+\.h$|^(inttypes|limits|string|math)\.h$/)
		return fault("a public header includes <" what ">")
	if (quoted && !door[me] && door[stem(what)])
		return fault("'" me ".h' includes the side door '" what "'")
	if (quoted && rank[stem(what)] >= rank[me])
		return fault("'" me ".h' includes '" what "' of a later stage")
}

function from_models(   me) {
	me = folder(file)
	if (!(me in models_rank))
		return fault("models/" me " has no stage in tests/lint/stages")
	if (!quoted && what !~ /^(gsl|Random123)\// && !(what in c_header))
		return fault("models/ may not include <" what ">")
	if (!quoted)
		return
	if (what ~ /^revplan\//) {
		if (door[stem(what)] || stage[stem(what)] > models_stage[me])
			fault("models/" me " includes '" what \
			    "' of a later stage")
	} else if (what ~ /\// && models_rank[folder("models/" what)] == "")
		fault("models/ may not include '" what "'")
	else if (what ~ /\// && \
	    models_rank[folder("models/" what)] > models_rank[me])
		fault("models/" me " includes '" what "' of a later folder")
}

function from_planner(   me, other) {
	me = folder(file)
	other = folder("planner/" what)
	if (what ~ /^(gsl|Random123)\// || (quoted && other in models_rank))
		return fault("planner/ may not include '" what "'")
	if (!quoted || what ~ /^revplan\//)
		return
	if (file == "planner/main.c" && other != "")
		return fault("main.c includes private '" what "'")
	if (me == "cmd" && other != "")
		return fault("a command includes private '" what "'")
	if (me == "" || me == "cmd")
		return
	if (!(me in planner_rank))
		return fault("planner/" me " is not in tests/lint/stages")
	if (other == "" && what !~ /^(output|version)\.h$/)
		return fault("planner/" me " may not include '" what "'")
	if (other != "" && (!(other in planner_rank) || \
	    planner_rank[other] > planner_rank[me]))
		fault("planner/" me " may not include '" what "'")
}

BEGIN {
	n = split("assert.h complex.h ctype.h errno.h float.h inttypes.h " \
	    "limits.h math.h pthread.h setjmp.h stdalign.h stdarg.h " \
	    "stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h " \
	    "string.h tgmath.h", list, " ")
	for (i = 1; i <= n; i++)
		c_header[list[i]] = 1
}

FNR == NR {
	if ($1 == "header" || $1 == "doors") {
		rank[$2] = FNR
		stage[$2] = $3
		door[$2] = ($1 == "doors")
	} else if ($1 == "models") {
		models_rank[$2] = FNR
		models_stage[$2] = $3
	} else if ($1 == "planner")
		planner_rank[$2] = FNR
	next
}

{
	split($0, at, ":")
	file = at[1]
	line = at[2]
	quoted = ($0 ~ /include[ \t]*"/)
	what = $0
	sub(/.*include[ \t]*["<]/, "", what)
	sub(/[">].*/, "", what)
	if (what ~ /(^|\/)tests\/|\.\.\/|\.c$/)
		fault("nobody includes '" what "'")
	else if (file ~ /^include\//)
		from_header()
	else if (file ~ /^models\//)
		from_models()
	else
		from_planner()
}
