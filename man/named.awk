# Turns the rows of named.def into those of the table in libcloexec(7).
/^(ARGUMENT|LIST|VARIABLE|VARIABLES)\(/ {
	rest = $0
	count = 0
	while (match(rest, /"[^"]*"/)) {
		word[++count] = substr(rest, RSTART + 1, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
	}
	kind = tolower(rest)
	sub(/.*named_/, "", kind)
	sub(/\).*/, "", kind)
	programs = word[1] == "*" ? "any" : word[1]
	if (/^ARGUMENT/)
		form = word[2]
	else if (/^LIST/)
		form = "... " word[3] "%, ..."
	else if (/^VARIABLES/)
		form = word[2] "=..." substr(word[3], 1, 1) word[4] "%"
	else
		form = word[2] "=" word[3]
	gsub(/%/, "N", form)
	gsub(/-/, "\\-", form)
	gsub(/,/, ", ", programs)
	print ".It " programs " Ta Li \"" form "\" Ta " kind
}
