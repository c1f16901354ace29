#include "server/problem.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

void problem_copy(char *field, size_t size, const char *text)
{
	if (text == NULL) {
		text = "";
	}
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	size_t length = strlen(valid);
	if (length >= size) {
		const char *edge = g_utf8_find_prev_char(valid, valid + size);
		length = edge == NULL ? 0 : (size_t)(edge - valid);
	}
	memcpy(field, valid, length);
	field[length] = '\0';
}

void problem_set(struct problem *ret, const struct problem_text *text, const char *where)
{
	*ret = (struct problem){.severity = SEVERITY_ERROR};
	PROBLEM_COPY(ret->code, text->code);
	PROBLEM_COPY(ret->where, where);
	PROBLEM_COPY(ret->it, text->it);
	PROBLEM_COPY(ret->en, text->en);
	PROBLEM_COPY(ret->mend_it, text->mend_it);
	PROBLEM_COPY(ret->mend_en, text->mend_en);
}

static const char *const severity_names[] = {
	[SEVERITY_HINT] = "hint",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

json_t *problem_json(const struct problem *problem)
{
	return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}", "code", problem->code,
		"severity", severity_names[problem->severity], "where", problem->where, "line",
		(int)problem->line, "column", (int)problem->column, "clause", problem->clause, "it",
		problem->it, "en", problem->en, "mend_it", problem->mend_it, "mend_en", problem->mend_en);
}

json_t *problems_json(const GArray *list)
{
	json_t *json = json_array();
	for (guint i = 0; i < list->len; i++) {
		json_array_append_new(json, problem_json(&g_array_index(list, struct problem, i)));
	}
	return json;
}

void problem_print(const struct problem *problem)
{
	if (problem->where[0] != '\0') {
		fprintf(stderr, "%s:", problem->where);
		if (problem->line != 0) {
			fprintf(stderr, "%u:", problem->line);
		}
		fputc(' ', stderr);
	}
	fprintf(stderr, "%s [%s]\n", problem->it, problem->code);
	if (problem->mend_it[0] != '\0') {
		fprintf(stderr, "    %s\n", problem->mend_it);
	}
}
