# Turns the rows of calls.def into those of the table in libcloexec(7).
/^CALL\(/ {
	gsub(/CALL\(|[,)]/, " ")
	call = $1
	family = $2
	facility = $3
	if (facility == "mode_e")
		flag = "the letter e in the mode"
	else if (facility == "afterwards")
		flag = "after"
	else if (facility == call)
		flag = "its own flag"
	else
		flag = facility
	print ".It Fn " call " Ta @" family " Ta " flag
}
