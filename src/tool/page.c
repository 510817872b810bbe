/* The report as one page: the table is there for everybody; the tree of processes is drawn by the page's script from
 * the data in it. */
#include <config.h>

#include "page.h"
#include "places.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "src/page.inc"

static void write_text(FILE *file, const char *text)
{
	for (text = page_text(text); *text; text++) {
		switch (*text) {
		case '&':
			fputs("&amp;", file);
			break;
		case '<':
			fputs("&lt;", file);
			break;
		case '>':
			fputs("&gt;", file);
			break;
		case '"':
			fputs("&quot;", file);
			break;
		default:
			putc(*text, file);
		}
	}
}

static void write_code(FILE *file, const char *text)
{
	if (!*text)
		return;
	fputs("<code>", file);
	write_text(file, text);
	fputs("</code>", file);
}

static void write_what(FILE *file, enum kind kind, const char *what, size_t others)
{
	fprintf(file, "<td><span class=\"kind%s\">%s</span> ", kind <= KIND_PRIVATE ? " grave" : "", kind_words[kind]);
	write_code(file, what);
	if (others)
		fprintf(file, " and %zu others", others);
	fputs("</td>", file);
}

static void write_cell(FILE *file, const char *text)
{
	fputs("<td>", file);
	write_code(file, text);
	fputs("</td>", file);
}

static void write_finding(FILE *file, const struct finding *row)
{
	fprintf(file, "<tr data-fate=\"%s\" data-kind=\"%s\">", fate_words[row->fate], kind_words[row->kind]);
	write_cell(file, row->program);
	write_cell(file, report_made(row->call, row->place, true));
	write_what(file, row->kind, row->what, row->others);
	fprintf(file,
		row->lowest == row->highest ? "<td class=\"number\">%d</td>"
					    : "<td class=\"number\">%d\xe2\x80\x93%d</td>",
		row->lowest, row->highest);
	write_cell(file, row->into);
	fprintf(file, "<td class=\"number\">%lu</td><td><span class=\"badge %s\">", row->times, fate_words[row->fate]);
	write_text(file, report_fate(row->fate, row->passed, row->reason));
	fputs("</span></td></tr>\n", file);
}

static const char *const section_titles[SECTIONS] = {
	[SECTION_UNASKED] = "Passed on, and neither the program nor a rule of hand-off asked for it",
	[SECTION_CLOSED] = "Closed by libcloexec: the new program did not get it",
	[SECTION_ON_PURPOSE] = "Passed on on purpose, or closed by the program itself",
};

static void write_findings(const struct report *report, FILE *file)
{
	if (!report->findings.count) {
		fputs("<p class=\"note\">Nothing but 0, 1 and 2 was open when programs were executed.</p>\n", file);
		return;
	}
	fputs("<div class=\"scroll\"><table id=\"findings\">\n<thead><tr><th scope=\"col\">From</th><th "
	      "scope=\"col\">Made by</th>"
	      "<th scope=\"col\">What</th><th scope=\"col\" class=\"number\">Number</th><th scope=\"col\">Into</th>"
	      "<th scope=\"col\" class=\"number\">Times</th><th scope=\"col\">Fate</th></tr></thead>\n",
	      file);
	for (enum section section = 0; section < SECTIONS; section++) {
		if (!report->findings.times[section])
			continue;
		fprintf(file, "<tbody>\n<tr class=\"group\"><th colspan=\"7\" scope=\"rowgroup\">%s</th></tr>\n",
			section_titles[section]);
		for (size_t i = 0; i < report->findings.count; i++)
			if (report->findings.rows[i].section == section)
				write_finding(file, &report->findings.rows[i]);
		fputs("</tbody>\n", file);
	}
	fputs("</table></div>\n", file);
}

static void write_missed(const struct report *report, FILE *file)
{
	if (!report->missed_count)
		return;
	fputs("<section aria-labelledby=\"missed-title\">\n<h2 id=\"missed-title\">Missed: asked for, and not "
	      "open</h2>\n"
	      "<p class=\"note\"><code>cloexec report --suggest</code> has the lines of policy that keep open what "
	      "libcloexec "
	      "closed.</p>\n"
	      "<div class=\"scroll\"><table id=\"missed\">\n<thead><tr><th scope=\"col\">Program</th><th "
	      "scope=\"col\">Asked by</th>"
	      "<th scope=\"col\" class=\"number\">Number</th><th scope=\"col\" class=\"number\">Times</th>"
	      "<th scope=\"col\">What it was</th><th scope=\"col\">Closed when</th><th "
	      "scope=\"col\">executed</th></tr></thead>\n"
	      "<tbody>\n",
	      file);
	for (size_t i = 0; i < report->missed_count; i++) {
		const struct missed *row = &report->missed[i];

		fputs("<tr>", file);
		write_cell(file, row->program);
		write_cell(file, report_made(row->call, row->place, true));
		fprintf(file, "<td class=\"number\">%d</td><td class=\"number\">%lu</td>", row->number, row->times);
		if (row->descriptor)
			write_what(file, row->descriptor->kind, what_of(row->descriptor), 0);
		else
			fputs("<td class=\"quiet\">the trace does not tell</td>", file);
		write_cell(file, row->execution ? row->execution->program : "");
		write_cell(file, row->execution ? row->execution->target : "");
		fputs("</tr>\n", file);
	}
	fputs("</tbody></table></div>\n</section>\n", file);
}

static void write_total(FILE *file, const char *class, const char *name, unsigned long long number)
{
	fprintf(file, "<div class=\"%s\"><dt>%s</dt><dd>%llu</dd></div>\n", class, name, number);
}

static void write_totals(const struct report *report, FILE *file)
{
	const struct trace *trace = &report->trace;
	const unsigned long *times = report->findings.times;

	fputs("<dl class=\"totals\">\n", file);
	write_total(file, times[SECTION_UNASKED] ? "bad" : "", "Passed on, unasked", times[SECTION_UNASKED]);
	write_total(file, times[SECTION_CLOSED] ? "good" : "", "Closed by libcloexec", times[SECTION_CLOSED]);
	write_total(file, "", "On purpose", times[SECTION_ON_PURPOSE]);
	if (trace->miss_count)
		write_total(file, "bad", "Missed", trace->miss_count);
	write_total(file, "", "Execs", trace->execution_count);
	write_total(file, "", "Processes", trace->distinct_processes);
	fputs("</dl>\n", file);
	if (trace->lost > 0)
		fprintf(file,
			"<p class=\"warning\"><strong>Incomplete:</strong> %.0f records could not be written "
			"(a full disk, permissions, a chroot).</p>\n",
			trace->lost);
	if (trace->more > 0)
		fprintf(file,
			"<p class=\"warning\"><strong>Incomplete:</strong> %.0f descriptors did not fit into the "
			"records.</p>\n",
			trace->more);
	if (trace->trouble)
		fputs("<p class=\"warning\"><strong>Incomplete:</strong> some traces could not be read; standard error "
		      "had "
		      "which.</p>\n",
		      file);
}

static void write_heading(const struct report *report, FILE *file, const char *directory)
{
	time_t begin = (time_t)page_begin(&report->trace);
	struct tm parts;
	char when[40];

	fputs("<p class=\"quiet\">Traces in ", file);
	write_code(file, directory);
	if (report->trace.execution_count && gmtime_r(&begin, &parts) &&
	    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S UTC", &parts))
		fprintf(file, ", from %s on", when);
	fputs("</p>\n", file);
}

/* A word that no trace can know. */
static void make_nonce(char nonce[33])
{
	unsigned char bytes[16];

	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
		perror("cloexec: report: getrandom");
		exit(2);
	}
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(nonce + 2 * i, 3, "%02x", bytes[i]);
}

static void write_line(FILE *file, const char *line, const char *nonce)
{
	static const char mark[] = "@NONCE@";
	const char *place = strstr(line, mark);

	if (place)
		fprintf(file, "%.*s%s%s", (int)(place - line), line, nonce, place + sizeof mark - 1);
	else
		fputs(line, file);
}

void report_page(const struct report *report, FILE *file, const char *directory)
{
	char nonce[33];

	make_nonce(nonce);
	for (size_t i = 0; i < sizeof page / sizeof *page; i++) {
		if (strcmp(page[i], "<!-- report: heading -->\n") == 0)
			write_heading(report, file, directory);
		else if (strcmp(page[i], "<!-- report: totals -->\n") == 0)
			write_totals(report, file);
		else if (strcmp(page[i], "<!-- report: findings -->\n") == 0)
			write_findings(report, file);
		else if (strcmp(page[i], "<!-- report: missed -->\n") == 0)
			write_missed(report, file);
		else if (strcmp(page[i], "<!-- report: data -->\n") == 0)
			page_data(&report->trace, file);
		else
			write_line(file, page[i], nonce);
	}
}
