/* What an exec of running processes would pass on. */
#include <config.h>

#include "cover.h"
#include "descriptors.h"
#include "json.h"
#include "process.h"
#include "fds-table.h"
#include "tool.h"
#include "visible.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A process asked for: by its number, or by a name. */
struct wanted {
	int pid; /* 0: by name */
	const char *name;
	bool found;
};

struct survey {
	bool all;   /* descriptors with the flag too, and 0 to 2 */
	bool leaky; /* only processes with something to pass on */
	bool told;  /* the caller named processes: those that can't be looked at are trouble */
	struct wanted *wanted;
	int wanted_count;

	struct table_layout layout;
	struct json json; /* file: NULL for people */
	struct descriptors found;

	unsigned long looked_at;
	unsigned long covered;
	unsigned long passing;     /* processes with something to pass on */
	unsigned long descriptors; /* that these would pass on */
	unsigned long not_permitted;
	int status;
};

static void trouble(struct survey *survey, const char *who, const char *what)
{
	char text[256];

	visible(text, sizeof text, who);
	fprintf(stderr, "cloexec: fds: %s: %s\n", text, what);
	survey->status = 2;
}

static void write_descriptor(struct json *json, const struct descriptor *descriptor)
{
	json_open(json, NULL, '{');
	json_number(json, "fd", descriptor->fd);
	json_string(json, "kind", kind_words[descriptor->kind]);
	json_string(json, "target", descriptor->target);
	json_boolean(json, "passed", descriptor->passed);
	if (origin_word(descriptor->origin))
		json_string(json, "from", origin_word(descriptor->origin));
	json_close(json, '}');
}

static void write_process(struct json *json, const struct process *process, const struct cover *cover,
			  const struct descriptors *found)
{
	json_open(json, NULL, '{');
	json_number(json, "pid", process->pid);
	json_number(json, "start", (long long)process->start);
	json_number(json, "parent", process->parent);
	json_string(json, "name", process->name);
	json_string(json, "program", process->program);
	if (cover->state == COVER_UNKNOWN)
		json_null(json, "covered");
	else
		json_boolean(json, "covered", cover->state == COVER_ON);
	if (*cover->library) {
		json_string(json, "library", cover->library);
		json_boolean(json, "replaced", cover->replaced);
	}
	if (cover->off)
		json_string(json, "off", cover->off);
	json_open(json, "descriptors", '[');
	for (size_t i = 0; i < found->count; i++)
		write_descriptor(json, &found->list[i]);
	json_close(json, ']');
	json_close(json, '}');
}

static unsigned long count_passed(const struct descriptors *found)
{
	unsigned long count = 0;

	for (size_t i = 0; i < found->count; i++)
		count += found->list[i].passed && found->list[i].fd > STDERR_FILENO;
	return count;
}

static void not_permitted(struct survey *survey, const struct process *process)
{
	char who[128];

	survey->not_permitted++;
	if (!survey->told)
		return;
	snprintf(who, sizeof who, "%d (%s)", process->pid, process->name);
	trouble(survey, who, "not permitted: its own user, or root, may look at it");
}

/* One process; one that ends meanwhile is none.  False: it has ended. */
static bool look_at(struct survey *survey, const struct process *process)
{
	struct cover cover;
	unsigned long passed;
	int error = descriptors_read(&survey->found, process, survey->all);

	if (error == EACCES || error == EPERM) {
		not_permitted(survey, process);
		return true;
	}
	if (error == ENOENT || error == ESRCH)
		return false;
	if (error) {
		trouble(survey, process->name, strerror(error));
		return true;
	}
	cover_read(&cover, process);
	passed = count_passed(&survey->found);
	survey->looked_at++;
	survey->covered += cover.state == COVER_ON;
	survey->passing += passed > 0;
	survey->descriptors += passed;
	if (survey->leaky && passed == 0)
		return true;
	if (survey->json.file)
		write_process(&survey->json, process, &cover, &survey->found);
	else
		table_process(&survey->layout, process, &cover, &survey->found);
	return true;
}

/* Did the caller ask for it?  Nobody asks for this program itself. */
static bool is_wanted(const struct survey *survey, const struct process *process)
{
	bool wanted = !survey->told && process->pid != getpid();

	for (int i = 0; i < survey->wanted_count; i++) {
		struct wanted *one = &survey->wanted[i];

		if (one->pid ? one->pid == process->pid : process_is(process, one->name) && process->pid != getpid())
			wanted = one->found = true;
	}
	return wanted;
}

static void look_at_all(struct survey *survey, DIR *proc)
{
	const struct dirent *entry;
	struct process process;

	while ((entry = readdir(proc))) {
		if (entry->d_name[0] < '1' || entry->d_name[0] > '9' ||
		    process_open(&process, dirfd(proc), atoi(entry->d_name)) != PROCESS_READ)
			continue;
		if (is_wanted(survey, &process))
			look_at(survey, &process);
		process_close(&process);
	}
}

static void look_at_one(struct survey *survey, struct wanted *wanted, int proc)
{
	struct process process;

	switch (process_open(&process, proc, wanted->pid)) {
	case PROCESS_READ:
		wanted->found = look_at(survey, &process);
		process_close(&process);
		break;
	case PROCESS_KERNEL:
		trouble(survey, wanted->name, "a thread of the kernel, which executes nothing");
		wanted->found = true;
		break;
	default:
		break;
	}
}

static void look(struct survey *survey, DIR *proc)
{
	bool by_name = !survey->told;

	for (int i = 0; i < survey->wanted_count; i++)
		by_name |= survey->wanted[i].pid == 0;
	if (by_name)
		look_at_all(survey, proc);
	for (int i = 0; i < survey->wanted_count; i++) {
		struct wanted *wanted = &survey->wanted[i];

		if (wanted->pid && !wanted->found)
			look_at_one(survey, wanted, dirfd(proc));
		if (!wanted->found)
			trouble(survey, wanted->name, "no such process");
	}
}

static void summarize(struct survey *survey)
{
	struct json *json = &survey->json;

	if (!json->file) {
		printf("%lu process%s looked at: %lu covered, %lu with something to pass on (%lu descriptor%s); %lu "
		       "not "
		       "permitted\n",
		       survey->looked_at, survey->looked_at == 1 ? "" : "es", survey->covered, survey->passing,
		       survey->descriptors, survey->descriptors == 1 ? "" : "s", survey->not_permitted);
		return;
	}
	json_close(json, ']');
	json_open(json, "summary", '{');
	json_number(json, "processes", (long long)survey->looked_at);
	json_number(json, "covered", (long long)survey->covered);
	json_number(json, "passing", (long long)survey->passing);
	json_number(json, "descriptors", (long long)survey->descriptors);
	json_number(json, "not_permitted", (long long)survey->not_permitted);
	json_close(json, '}');
	json_close(json, '}');
	putc('\n', json->file);
}

/* Only digits are a number; what else there is is a name. */
static bool read_wanted(struct survey *survey, int count, char **arguments)
{
	survey->wanted = calloc((size_t)count + 1, sizeof *survey->wanted);
	if (!survey->wanted)
		return false;
	survey->told = count > 0;
	survey->wanted_count = count;
	for (int i = 0; i < count; i++) {
		struct wanted *wanted = &survey->wanted[i];

		wanted->name = arguments[i];
		if (*arguments[i] && arguments[i][strspn(arguments[i], "0123456789")] == '\0') {
			long number = strtol(arguments[i], NULL, 10);

			/* No process has the number -1: it will not be there. */
			wanted->pid = number > 0 && number < INT_MAX ? (int)number : -1;
		}
	}
	return true;
}

static int run(struct survey *survey, bool json)
{
	DIR *proc = opendir("/proc");

	if (!proc || faccessat(dirfd(proc), "self/fdinfo", F_OK, 0) < 0) {
		fputs("cloexec: fds: /proc is not mounted here; mount it: mount -t proc proc /proc\n", stderr);
		if (proc)
			closedir(proc);
		return 2;
	}
	if (json) {
		survey->json.file = stdout;
		json_open(&survey->json, NULL, '{');
		json_open(&survey->json, "processes", '[');
	} else {
		setlocale(LC_CTYPE, "");
		survey->layout = table_layout(survey->all);
		table_heading(&survey->layout);
	}
	look(survey, proc);
	summarize(survey);
	closedir(proc);
	return survey->status ? survey->status : survey->passing > 0;
}

int fds_main(int argc, char **argv)
{
	static const struct option options[] = {
		{"all", no_argument, NULL, 'a'},
		{"json", no_argument, NULL, 'j'},
		{"leaky", no_argument, NULL, 'l'},
		{0},
	};
	struct survey survey = {.status = 0};
	bool json = false;
	int status;
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'a':
			survey.all = true;
			break;
		case 'j':
			json = true;
			break;
		case 'l':
			survey.leaky = true;
			break;
		default:
			return refuse_option(argv);
		}
	}
	if (!read_wanted(&survey, argc - optind, argv + optind)) {
		fputs("cloexec: fds: out of memory\n", stderr);
		return 2;
	}
	status = run(&survey, json);
	free(survey.wanted);
	return status;
}
