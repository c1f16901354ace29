#include "assessment/faults.h"

#include <string.h>

/* Appends as much of `text` as fits, cut at a character's edge. */
static size_t append(char *to, size_t used, size_t room, const char *text, size_t len)
{
	if (len > room - 1 - used) {
		len = room - 1 - used;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
			len--;
		}
	}
	memcpy(to + used, text, len);
	return used + len;
}

/* The same for text that came from outside: what is no UTF-8 in it (cut by somebody else, say) becomes U+FFFD. */
static size_t append_foreign(char *to, size_t used, size_t room, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	return append(to, used, room, valid, strlen(valid));
}

static void expand(char *to, size_t room, const char *template, const char *one, const char *two)
{
	size_t used = 0;
	for (const char *at = template ? template : ""; *at; at++) {
		if (at[0] == '$' && (at[1] == '1' || at[1] == '2')) {
			const char *value = at[1] == '1' ? one : two;
			used = append_foreign(to, used, room, value ? value : "");
			at++;
		} else {
			size_t len = strcspn(at + 1, "$") + 1;
			used = append(to, used, room, at, len);
			at += len - 1;
		}
	}
	to[used] = '\0';
}

void fault_set(struct problem *ret, const struct fault_text *text, const char *where, const char *one,
	const char *two)
{
	*ret = (struct problem){.severity = text->severity};
	expand(ret->code, sizeof(ret->code), text->code, NULL, NULL);
	ret->where[append_foreign(ret->where, 0, sizeof(ret->where), where)] = '\0';
	expand(ret->clause, sizeof(ret->clause), text->clause, NULL, NULL);
	expand(ret->it, sizeof(ret->it), text->it, one, two);
	expand(ret->en, sizeof(ret->en), text->en, one, two);
	expand(ret->mend_it, sizeof(ret->mend_it), text->mend_it, one, two);
	expand(ret->mend_en, sizeof(ret->mend_en), text->mend_en, one, two);
}

void faults_init(struct faults *faults, guint room)
{
	*faults = (struct faults){.list = g_array_new(FALSE, FALSE, sizeof(struct problem)), .room = room};
}

void faults_finish(struct faults *faults)
{
	if (faults->list) {
		g_array_unref(faults->list);
	}
	faults->list = NULL;
}

/* Counts one more; false when there is no room to keep it. */
static bool count(struct faults *faults, enum severity severity)
{
	if (severity == SEVERITY_ERROR) {
		faults->errors++;
	}
	if (faults->list->len == faults->room) {
		faults->omitted++;
		return false;
	}
	return true;
}

void faults_add(struct faults *faults, const struct fault_text *text, const char *where, const char *one,
	const char *two)
{
	if (count(faults, text->severity)) {
		struct problem problem;
		fault_set(&problem, text, where, one, two);
		g_array_append_val(faults->list, problem);
	}
}

void faults_add_line(struct faults *faults, const struct fault_text *text, guint line, const char *where, const char *one,
	const char *two)
{
	const guint before = faults->list->len;
	faults_add(faults, text, where, one, two);
	if (faults->list->len > before) {
		g_array_index(faults->list, struct problem, before).line = line;
	}
}

void faults_add_problem(struct faults *faults, const struct problem *problem, const char *where)
{
	if (count(faults, problem->severity)) {
		struct problem placed = *problem;
		placed.where[append_foreign(placed.where, 0, sizeof(placed.where), where)] = '\0';
		g_array_append_val(faults->list, placed);
	}
}
