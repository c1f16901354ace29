/* The list of findings and the table of their sentences. */
#include "packages/check/findings.h"

#include <glib.h>
#include <string.h>

#include "packages/limits.h"

static const struct finding_text texts[FINDING_KINDS] = {
#define FINDING(code, severity, clause, it, en, mend_it, mend_en)                                            \
	[FINDING_##code] = {#code, SEVERITY_##severity, clause, it, en, mend_it, mend_en},
#include "packages/check/findings.def"
#undef FINDING
};

struct findings {
	GArray *list; /* of struct problem */
	uint32_t by_severity[SEVERITY_ERROR + 1];
	uint32_t by_kind[FINDING_KINDS];
	GHashTable *told; /* what was said of which place: one block may be read for many items */
};

const struct finding_text *finding_text(enum finding_kind kind)
{
	g_assert(kind < FINDING_KINDS);
	return &texts[kind];
}

struct findings *findings_create(void)
{
	struct findings *findings = g_new0(struct findings, 1);
	findings->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	findings->list = g_array_new(FALSE, TRUE, sizeof(struct problem));
	return findings;
}

void findings_destroy(struct findings *findings)
{
	if (findings) {
		g_array_free(findings->list, TRUE);
		g_hash_table_destroy(findings->told);
		g_free(findings);
	}
}

/* Appends text to `to`, made printable: valid UTF-8, no control characters, so that a hostile name cannot
 * write into a terminal or a log. */
static void append_clean(GString *to, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT) {
			g_string_append_c(to, ' ');
		} else {
			g_string_append_unichar(to, c);
		}
	}
}

/* Copies into a fixed member, cut at a character's edge. */
static void put(char *ret, size_t room, const char *text)
{
	size_t len = strlen(text);
	if (len >= room) {
		len = room - 1;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
			len--;
		}
	}
	memcpy(ret, text, len);
	ret[len] = '\0';
}

/* Fills {1} and {2}; a particular is cut so that the sentence around it stays whole. */
static void put_sentence(char *ret, size_t room, const char *sentence, const char *first, const char *second)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (const char *at = sentence; *at; at++) {
		if (at[0] == '{' && (at[1] == '1' || at[1] == '2') && at[2] == '}') {
			const char *particular = at[1] == '1' ? first : second;
			char cut[128];
			put(cut, sizeof(cut), particular ? particular : "");
			append_clean(text, cut);
			at += 2;
		} else {
			g_string_append_c(text, *at);
		}
	}
	put(ret, room, text->str);
}

void findings_add(struct findings *findings, enum finding_kind kind, struct place place, const char *first,
	const char *second)
{
	const struct finding_text *text = finding_text(kind);
	if (place.line > 0 && findings->by_kind[kind] <= FINDINGS_MAX_PER_CODE) {
		char *said = g_strdup_printf("%d %u:%u %s\n%s\n%s", (int)kind, place.line, place.column,
			place.file ? place.file : "", first ? first : "", second ? second : "");
		if (!g_hash_table_add(findings->told, said)) {
			return;
		}
	}
	findings->by_severity[text->severity]++;
	findings->by_kind[kind]++;
	bool room = findings->list->len < FINDINGS_MAX || text->severity == SEVERITY_ERROR;
	if (findings->by_kind[kind] > FINDINGS_MAX_PER_CODE || !room) {
		return;
	}
	struct problem problem = {.severity = text->severity, .line = place.line, .column = place.column};
	put(problem.code, sizeof(problem.code), text->code);
	put(problem.clause, sizeof(problem.clause), text->clause);
	g_autoptr(GString) where = g_string_new(NULL);
	append_clean(where, place.file ? place.file : "");
	put(problem.where, sizeof(problem.where), where->str);
	put_sentence(problem.it, sizeof(problem.it), text->it, first, second);
	put_sentence(problem.en, sizeof(problem.en), text->en, first, second);
	put_sentence(problem.mend_it, sizeof(problem.mend_it), text->mend_it, first, second);
	put_sentence(problem.mend_en, sizeof(problem.mend_en), text->mend_en, first, second);
	g_array_append_val(findings->list, problem);
}

const struct problem *findings_list(const struct findings *findings, uint32_t *ret_count)
{
	*ret_count = findings->list->len;
	return (const struct problem *)(const void *)findings->list->data;
}

uint32_t findings_count(const struct findings *findings, enum severity severity)
{
	return findings->by_severity[severity];
}

uint32_t findings_count_kind(const struct findings *findings, enum finding_kind kind)
{
	return findings->by_kind[kind];
}

bool findings_have_error(const struct findings *findings)
{
	return findings->by_severity[SEVERITY_ERROR] > 0;
}

static int compare(const void *a, const void *b)
{
	const struct problem *left = a, *right = b;
	if (left->severity != right->severity) {
		return left->severity > right->severity ? -1 : 1;
	}
	int order = strcmp(left->where, right->where);
	if (order == 0) {
		order = (left->line > right->line) - (left->line < right->line);
	}
	if (order == 0) {
		order = (left->column > right->column) - (left->column < right->column);
	}
	return order ? order : strcmp(left->code, right->code);
}

void findings_sort(struct findings *findings)
{
	g_array_sort(findings->list, compare);
}
