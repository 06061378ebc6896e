# Reads the rows of struct rp_rule in C: each begins at its `.id` and ends
# before the next one.  What is missing is printed as FILE:LINE: text; FILE:LINE
# and id of each row that is no draft go to the file `ids`.  Rows are sorted by
# id; a heading begins a new order.
FNR == 1 {
	end_row()
	last = ""
	split("", macro)
	name = ""
}

# A row may take members from a macro of its file.
/^#define [A-Z_]+/ {
	name = $2
	sub(/\(.*/, "", name)
}
name != "" {
	macro[name] = macro[name] $0
	if ($0 !~ /\\$/)
		name = ""
	next
}

/^\t\/\* ---- / {
	end_row()
	last = ""
}
/\.id = "/ {
	end_row()
	id = $0
	sub(/.*\.id = "/, "", id)
	sub(/".*/, "", id)
	place = FILENAME ":" FNR
}
id != "" {
	row = row $0
}
/^};/ {
	end_row()
}
END {
	end_row()
}

function end_row(    m) {
	if (id == "")
		return
	for (m in macro)
		if (row ~ "(^|[^A-Za-z0-9_])" m "($|[^A-Za-z0-9_])")
			row = row macro[m]
	has_text("document")
	has_text("section")
	has_text("from")
	if (id in seen)
		print place ": rule " id " stands a second time"
	else if (id <= last)
		print place ": rule " id " must stand before " last
	seen[id] = 1
	last = id
	if (row !~ /\.draft = true/)
		print place, id >ids
	id = row = ""
}

# A member with at least a character between its quotes.
function has_text(member) {
	if (row !~ "\\." member " =[ \t]*\"[^\"]")
		print place ": rule " id " has no ." member
}
