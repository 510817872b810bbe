# Turns the rows of calls.def into those of the table in libcloexec(7).
/^CALL\(/ {
	gsub(/CALL\(|[,)]/, " ")
	call = $1
	family = $2
	facility = $3
	if (facility == "mode_e")
		flag = "e in the mode"
	else if (facility == "afterwards")
		flag = "none"
	else if (facility == "system_call")
		flag = "that of the call"
	else if (facility == call)
		flag = "its own flag"
	else
		flag = facility
	way = facility == "afterwards" ? "after" : "atomic"
	print ".It Fn " call " Ta @" family " Ta " way " Ta " flag
}
