/* Is this running process covered? */
#include <config.h>

#include "check.h"
#include "cover.h"
#include "judge.h"
#include "process.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct answer {
	const char *word; /* why not, for programs; NULL: covered */
	char reason[3 * PATH_MAX];
	struct check_notes notes;
};

static void conclude(struct answer *answer, const char *word, const char *reason)
{
	answer->word = word;
	snprintf(answer->reason, sizeof answer->reason, "%s", reason);
}

static void has_library(void *data, const char *value)
{
	*(bool *)data = value && strstr(value, "libcloexec");
}

/* Mode 2 of /proc/PID/status is a filter. */
static bool has_filter(const struct process *process)
{
	char text[8192];
	const char *line;

	return read_file(process->directory, "status", text, sizeof text) > 0 && (line = strstr(text, "\nSeccomp:")) &&
	       atoi(line + 9) == 2;
}

/* Why the library is not in it. */
static void explain(struct answer *answer, const struct process *process)
{
	static struct judgement judgement;
	char path[48];
	bool asked = false;

	snprintf(path, sizeof path, "/proc/%d/exe", process->pid);
	judge(path, &judgement);
	cover_variable(process, "LD_PRELOAD", has_library, &asked);
	if (judgement.verdict == NOT_COVERABLE && strcmp(judgement.word, "secure") != 0 &&
	    strcmp(judgement.word, "unreadable") != 0)
		conclude(answer, judgement.word, judgement.reason);
	else if (cover_secure(process) == 1)
		conclude(answer, "secure", "it is in secure execution, where the loader ignores LD_PRELOAD");
	else if (asked)
		conclude(answer, "not-loaded",
			 "it was started with LD_PRELOAD naming libcloexec, but the loader did not load it");
	else
		conclude(answer, "not-preloaded", "it was started without libcloexec.so");
}

static void judge_process(struct answer *answer, const struct process *process, const struct cover *cover)
{
	char text[PATH_MAX + 100];

	if (cover->state == COVER_NONE) {
		explain(answer, process);
	} else if (cover->state == COVER_OFF) {
		snprintf(text, sizeof text, "the library is loaded, but %s switches it off there", cover->off);
		conclude(answer, "off", text);
	} else {
		conclude(answer, NULL, "");
	}
	if (cover->replaced)
		notes_add(&answer->notes, "replaced",
			  "another file stands in the library's place since: a restart loads that");
	if (cover->state == COVER_ON && has_filter(process))
		notes_add(&answer->notes, "seccomp",
			  "it has a seccomp filter: if it set that up itself, the library does nothing since");
}

static void write_process(struct json *json, const struct process *process, const struct cover *cover,
			  const struct answer *answer)
{
	json_open(json, NULL, '{');
	json_number(json, "pid", process->pid);
	json_string(json, "name", process->name);
	json_string(json, "program", process->program);
	json_boolean(json, "covered", !answer->word);
	if (*cover->library)
		json_string(json, "library", cover->library);
	if (answer->word) {
		json_string(json, "reason", answer->word);
		json_string(json, "text", answer->reason);
	}
	notes_write(&answer->notes, json);
	json_close(json, '}');
}

static int not_judged(const char *pid, struct json *json, const char *word, const char *reason)
{
	struct check_notes none = {.count = 0};

	if (!json->file) {
		print_line(stderr, pid, "", reason, NULL);
		return 2;
	}
	json_open(json, NULL, '{');
	if (strspn(pid, "0123456789") == strlen(pid) && strlen(pid) < 10 && *pid)
		json_number(json, "pid", atoi(pid));
	else
		json_string(json, "pid", pid);
	json_null(json, "covered");
	json_string(json, "reason", word);
	json_string(json, "text", reason);
	notes_write(&none, json);
	json_close(json, '}');
	return 2;
}

int check_process(const char *pid, struct json *json)
{
	static struct answer answer;
	struct process process;
	struct cover cover;
	char who[96];
	int proc;
	char *end;
	long number = strtol(pid, &end, 10);
	enum process_result result = PROCESS_GONE;

	if (*pid < '0' || *pid > '9' || *end)
		return not_judged(pid, json, "number", "not a process id");
	proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (proc < 0 || faccessat(proc, "self", F_OK, AT_SYMLINK_NOFOLLOW) < 0) {
		if (proc >= 0)
			close(proc);
		return not_judged(pid, json, "proc", "/proc is not mounted here; mount it: mount -t proc proc /proc");
	}
	if (number <= INT_MAX)
		result = process_open(&process, proc, (int)number);
	close(proc);
	if (result != PROCESS_READ)
		return result == PROCESS_KERNEL
			       ? not_judged(pid, json, "kernel", "a thread of the kernel, which executes nothing")
			       : not_judged(pid, json, "missing", "no such process");
	memset(&answer, 0, sizeof answer);
	cover_read(&cover, &process);
	if (cover.state == COVER_UNKNOWN) {
		process_close(&process);
		return not_judged(pid, json, "permission", "not permitted: its own user, or root, may look at it");
	}
	judge_process(&answer, &process, &cover);
	process_close(&process);
	snprintf(who, sizeof who, "%d (%s)", process.pid, process.name);
	if (json->file)
		write_process(json, &process, &cover, &answer);
	else
		print_line(stdout, who, answer.word ? "is not covered" : "is covered", answer.reason, &answer.notes);
	return answer.word ? 1 : 0;
}
