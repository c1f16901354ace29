/* Keys found by trying answers: what is written in one's own words, and numbers. */
#include "assessment/import/xml_derive.h"

#include <math.h>
#include <string.h>

/* All texts that the rules or the declaration compare with. */
static GPtrArray *candidates(node *item, const char *response)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *list = qti_correct(item, response);
	node *declared = qti_declaration(item, response), *mapping = declared ? xml_child(declared, "mapping") : NULL;
	node *processing = xml_child(item, "responseProcessing");
	for (node *at = mapping ? mapping->children : NULL; at; at = at->next) {
		char *key = xml_is(at, "mapEntry") ? xml_attribute(at, "mapKey", "map-key") : NULL;
		if (key) {
			g_ptr_array_add(list, key);
		}
	}
	for (node *at = processing ? processing->children : NULL; at; at = xml_walk(at, processing)) {
		if (xml_is(at, "baseValue") && list->len < 200) {
			g_ptr_array_add(list, xml_text(at));
		}
	}
	GPtrArray *unique = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < list->len; i++) {
		if (g_hash_table_add(seen, g_ptr_array_index(list, i))) {
			g_ptr_array_add(unique, g_strdup(g_ptr_array_index(list, i)));
		}
	}
	g_ptr_array_unref(list);
	return unique;
}

/* With `text` at slot `which` and what is known right at the others. */
static double try_text(const struct qti_slots *slots, char *const *known, guint which, const char *text, char **why)
{
	GHashTable *responses = responses_new();
	for (guint s = 0; s < slots->count; s++) {
		const char *value = s == which ? text : known[s];
		if (value && *value) {
			responses_add(responses, slots->list[s].response, value);
		}
	}
	return responses_try(slots->item, responses, why);
}

/* Whether two right answers are still right when each stands in the other's place. */
static void refuse_swaps(const struct qti_slots *slots, char **known, double best, char **why)
{
	for (guint s = 0; s < slots->count; s++) {
		for (guint other = s + 1; other < slots->count && !*why; other++) {
			char *first = known[s];
			known[s] = known[other];
			known[other] = first;
			if (strcmp(known[s], first) != 0 && try_text(slots, known, slots->count, NULL, why) > best - NEARLY) {
				g_free(*why);
				*why = g_strdup(CHANGE_PLACES);
			}
			known[other] = known[s];
			known[s] = first;
		}
	}
}

static bool is_number(const char *text, double *ret)
{
	char *end;
	*ret = g_ascii_strtod(text, &end);
	return end != text && !*end;
}

/* How far from the number the score stays full: by halving, since rules may say it in many ways. */
static double edge(const struct qti_slots *slots, char *const *known, guint s, double from, double sign, double best,
	char **why)
{
	double good = 0, bad = MAX(1, fabs(from));
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	for (int i = 0; i < 48 && !*why; i++) {
		const double middle = i ? (good + bad) / 2 : bad;
		g_ascii_formatd(text, sizeof(text), "%.12g", from + sign * middle);
		if (try_text(slots, known, s, text, why) > best - NEARLY) {
			good = middle;
			bad = i ? bad : middle * 2;
		} else {
			bad = middle;
		}
	}
	return good < 1e-9 ? 0 : g_ascii_strtod(g_ascii_formatd(text, sizeof(text), "%.9g", good), NULL);
}

/* What else is worth something: texts, or beside a number other numbers. */
static void keep_others(struct qti_slots *slots, char *const *known, guint s, const GPtrArray *texts, double best,
	double without, char **why)
{
	struct qti_slot *slot = &slots->list[s];
	for (guint i = 0; i < texts->len && slot->answers->len < ITEM_ANSWERS_MAX && !*why; i++) {
		const char *text = g_ptr_array_index(texts, i);
		const double share = *text ? (try_text(slots, known, s, text, why) - without) / (best - without) : 0;
		double number;
		if (share > NEARLY && share < 1 + NEARLY && (!slot->is_number || (is_number(text, &number) && share < 1 - NEARLY))) {
			const double score = MIN(share, 1);
			g_ptr_array_add(slot->answers, g_strdup(text));
			g_array_append_val(slot->scores, score);
			slots->marks.partial = slots->marks.partial || share < 1 - NEARLY;
		}
	}
}

static void keep_texts(struct qti_slots *slots, char *const *known, guint s, const GPtrArray *texts, double best,
	double without, char **why)
{
	struct qti_slot *slot = &slots->list[s];
	slot->answers = g_ptr_array_new_with_free_func(g_free);
	slot->scores = g_array_new(FALSE, FALSE, sizeof(double));
	double number;
	slot->is_number = slot->is_number && is_number(known[s], &number);
	if (slot->is_number) {
		const double above = edge(slots, known, s, number, 1, best, why);
		const double below = edge(slots, known, s, number, -1, best, why);
		slot->number = number + (above - below) / 2;
		slot->tolerance = (above + below) / 2;
		keep_others(slots, known, s, texts, best, without, why);
		return;
	}
	keep_others(slots, known, s, texts, best, without, why);
	g_autofree char *upper = g_utf8_strup(known[s], -1), *lower = g_utf8_strdown(known[s], -1);
	const char *other = strcmp(upper, known[s]) ? upper : lower;
	slot->case_matters = strcmp(other, known[s]) != 0 && try_text(slots, known, s, other, why) < best - NEARLY;
	g_autofree char *longer = g_strdup_printf("x%sx", known[s]);
	if (!*why && try_text(slots, known, s, longer, why) > without + NEARLY) {
		*why = g_strdup("vale anche una parte del testo / part of the text counts too (substring)");
	}
}

bool qti_derive_texts(struct qti_slots *slots, char **ret_why)
{
	g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	char *known[ITEM_SLOTS_MAX] = {0}; /* borrowed from the lists */
	for (guint s = 0; s < slots->count; s++) {
		GPtrArray *texts = candidates(slots->item, slots->list[s].response);
		g_autoptr(GPtrArray) correct = qti_correct(slots->item, slots->list[s].response);
		g_ptr_array_add(lists, texts);
		known[s] = correct->len ? g_ptr_array_index(texts, 0) : NULL;
	}
	for (guint s = 0; s < slots->count; s++) { /* no correctResponse: what gives most */
		GPtrArray *texts = g_ptr_array_index(lists, s);
		double most = 0;
		for (guint i = 0; !known[s] && i < texts->len; i++) {
			const double score = try_text(slots, known, s, g_ptr_array_index(texts, i), ret_why);
			if (score > most + NEARLY) {
				most = score;
				slots->list[s].key = i + 1;
			}
		}
		known[s] = known[s] ? known[s] : most > 0 ? g_ptr_array_index(texts, slots->list[s].key - 1) : NULL;
	}
	const double best = try_text(slots, known, slots->count, NULL, ret_why);
	for (guint s = 0; s < slots->count && !*ret_why; s++) {
		const double without = try_text(slots, known, s, "@#§", ret_why);
		if (!known[s] || best <= NEARLY || without > best - NEARLY) {
			*ret_why = *ret_why ? *ret_why : g_strdup(known[s] && best > NEARLY ? NOT_NEEDED : NO_KEY);
			break;
		}
		slots->marks.partial = slots->marks.partial || without > NEARLY;
		slots->marks.differs = slots->marks.differs || (slots->count > 1 && fabs((best - without) / best - 1.0 / slots->count) > 1e-6);
		keep_texts(slots, known, s, g_ptr_array_index(lists, s), best, without, ret_why);
	}
	slots->marks.differs = slots->marks.differs && slots->marks.partial;
	if (!*ret_why) {
		refuse_swaps(slots, known, best, ret_why);
	}
	return !*ret_why;
}
