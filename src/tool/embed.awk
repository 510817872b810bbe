# Makes C of the page: its lines as strings, the style sheet and the script where the page wants them.
# awk -v style=FILE -v script=FILE -f embed.awk report.html
function put(line) {
	gsub(/[\\"]/, "\\\\&", line)
	printf "\t\"%s\\n\",\n", line
}
function include(file,    line, lines) {
	while ((getline line <file) > 0) {
		put(line)
		lines++
	}
	if (!lines) {
		print "embed.awk: " file ": no such file, or nothing in it" >"/dev/stderr"
		exit 1
	}
}
BEGIN { print "/* Made by embed.awk. */\nstatic const char *const page[] = {" }
$0 == "<!-- report: style -->" { include(style); next }
$0 == "<!-- report: script -->" { include(script); next }
{ put($0) }
END { print "};" }
