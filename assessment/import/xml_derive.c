#include "assessment/import/xml.h"

#include <math.h>
#include <string.h>

#define CHOICE_TRY_MAX 10u /* options of which every subset is tried */
#define NEARLY 1e-9

void qti_slots_finish(struct qti_slots *slots)
{
	for (guint i = 0; i < slots->count; i++) {
		struct qti_slot *slot = &slots->list[i];
		g_free(slot->response);
		g_free(slot->id);
		g_clear_pointer(&slot->answers, g_ptr_array_unref);
		g_clear_pointer(&slot->scores, g_array_unref);
	}
	slots->count = 0;
}

node *qti_declaration(node *item, const char *response)
{
	for (node *at = item->children; at; at = at->next) {
		g_autofree char *id = xml_is(at, "responseDeclaration") ? xml_attribute(at, "identifier", NULL) : NULL;
		if (id && g_strcmp0(id, response) == 0) {
			return at;
		}
	}
	return NULL;
}

GPtrArray *qti_correct(node *item, const char *response)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	node *declared = qti_declaration(item, response);
	node *correct = declared ? xml_child(declared, "correctResponse") : NULL;
	for (node *at = correct ? correct->children : NULL; at; at = at->next) {
		if (xml_is(at, "value")) {
			g_ptr_array_add(list, xml_text(at));
		}
	}
	return list;
}

static GHashTable *responses_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
}

static void responses_add(GHashTable *responses, const char *id, const char *value)
{
	char **old = g_hash_table_lookup(responses, id);
	const guint count = old ? g_strv_length(old) : 0;
	char **list = g_new0(char *, count + 2);
	for (guint i = 0; i < count; i++) {
		list[i] = g_strdup(old[i]);
	}
	list[count] = g_strdup(value);
	g_hash_table_replace(responses, g_strdup(id), list);
}

/* The score, and `why` set when it cannot be known. */
static double try(node *item, GHashTable *responses, char **why)
{
	double score = 0;
	char *unknown = NULL;
	if (*why || !qti_score(item, responses, &score, &unknown)) {
		*why = *why ? *why : unknown ? g_steal_pointer(&unknown) : g_strdup("?");
	}
	g_free(unknown);
	g_hash_table_unref(responses);
	return score;
}

static double try_subset(node *item, const char *response, const GPtrArray *options, guint32 chosen, char **why)
{
	GHashTable *responses = responses_new();
	for (guint i = 0; i < options->len; i++) {
		if (chosen & (1u << i)) {
			responses_add(responses, response, g_ptr_array_index(options, i));
		}
	}
	return try(item, responses, why);
}

static guint32 correct_mask(node *item, const char *response, const GPtrArray *options)
{
	g_autoptr(GPtrArray) correct = qti_correct(item, response);
	guint32 mask = 0;
	for (guint c = 0; c < correct->len; c++) {
		bool found = false;
		for (guint i = 0; i < options->len; i++) {
			if (strcmp(g_ptr_array_index(options, i), g_ptr_array_index(correct, c)) == 0) {
				mask |= 1u << i;
				found = true;
			}
		}
		if (!found) {
			return 0;
		}
	}
	return mask;
}

bool qti_derive_choice(node *item, const char *response, const GPtrArray *options, guint most, guint32 *ret_key,
	bool *ret_partial, char **ret_why)
{
	const guint32 declared = correct_mask(item, response, options);
	const bool all = options->len <= CHOICE_TRY_MAX;
	double best = try_subset(item, response, options, declared, ret_why);
	guint32 key = declared;
	guint equals = 0;
	*ret_partial = false;
	for (guint32 i = 0; !*ret_why && i < (all ? 1u << options->len : options->len * 2); i++) {
		/* every subset, or for many options each one added to the key or taken from it, and each alone */
		const guint32 chosen = all ? i : i < options->len ? declared ^ (1u << i) : 1u << (i - options->len);
		if (chosen == declared || (most && (guint)__builtin_popcount(chosen) > most)) {
			continue;
		}
		const double score = try_subset(item, response, options, chosen, ret_why);
		if (score > best + NEARLY) {
			equals = 0;
			*ret_partial = *ret_partial || best > NEARLY;
			best = score;
			key = chosen;
		} else if (fabs(score - best) <= NEARLY) {
			equals++;
		} else {
			*ret_partial = *ret_partial || score > NEARLY;
		}
	}
	if (*ret_why) {
		return false;
	}
	*ret_key = best > NEARLY ? key : 0;
	if (best > NEARLY && equals > 0 && key != declared) {
		*ret_why = g_strdup("correctResponse");
	} else if (best > NEARLY && equals > 0) {
		*ret_why = g_strdup("più risposte valgono il massimo / several answers give the full score");
	}
	return !*ret_why;
}

static double try_slots(const struct qti_slots *slots, const int *chosen, char **why)
{
	GHashTable *responses = responses_new();
	for (guint s = 0; s < slots->count; s++) {
		const struct qti_slot *slot = &slots->list[s];
		if (chosen[s] < 0) {
			continue;
		}
		const char *option = g_ptr_array_index(slot->options, chosen[s]);
		g_autofree char *value = slots->pairing == QTI_OWN          ? g_strdup(option)
					 : slots->pairing == QTI_SLOT_FIRST ? g_strdup_printf("%s %s", slot->id, option)
									    : g_strdup_printf("%s %s", option, slot->id);
		responses_add(responses, slot->response, value);
	}
	return try(slots->item, responses, why);
}

/* The option that correctResponse names for the slot; -1 for none, -2 for several. */
static int declared_option(const struct qti_slots *slots, const struct qti_slot *slot)
{
	g_autoptr(GPtrArray) correct = qti_correct(slots->item, slot->response);
	int found = -1;
	for (guint c = 0; c < correct->len; c++) {
		const char *value = g_ptr_array_index(correct, c);
		for (guint i = 0; i < slot->options->len; i++) {
			const char *option = g_ptr_array_index(slot->options, i);
			g_autofree char *pair = slots->pairing == QTI_SLOT_FIRST ? g_strdup_printf("%s %s", slot->id, option)
									 : g_strdup_printf("%s %s", option, slot->id);
			if (strcmp(value, slots->pairing == QTI_OWN ? option : pair) == 0) {
				found = found == -1 ? (int)i : -2;
			}
		}
	}
	return found;
}

/* Without correctResponse: for each slot in turn what gives most. */
static void search(const struct qti_slots *slots, int *chosen, char **why)
{
	for (guint s = 0; s < slots->count; s++) {
		double best = chosen[s] >= 0 ? INFINITY : 0;
		for (int i = 0; chosen[s] < 0 && i < (int)slots->list[s].options->len; i++) {
			int tried[ITEM_SLOTS_MAX];
			memcpy(tried, chosen, sizeof(tried));
			tried[s] = i;
			const double score = try_slots(slots, tried, why);
			if (score > best + NEARLY) {
				best = score;
				chosen[s] = i;
			}
		}
	}
}

bool qti_derive_slots(struct qti_slots *slots, char **ret_why)
{
	int chosen[ITEM_SLOTS_MAX];
	for (guint s = 0; s < slots->count; s++) {
		chosen[s] = declared_option(slots, &slots->list[s]);
		if (chosen[s] == -2) {
			*ret_why = g_strdup("più abbinamenti per una voce / several pairs for one entry");
			return false;
		}
	}
	search(slots, chosen, ret_why);
	const double best = try_slots(slots, chosen, ret_why);
	for (guint s = 0; s < slots->count && !*ret_why; s++) {
		const int right = chosen[s];
		if (right < 0 || best <= NEARLY) {
			*ret_why = g_strdup("correctResponse");
			break;
		}
		for (int i = -1; i < (int)slots->list[s].options->len && !*ret_why; i++) {
			chosen[s] = i;
			const double score = try_slots(slots, chosen, ret_why);
			if (score > best + NEARLY || (i < 0 && score > best - NEARLY)) {
				*ret_why = g_strdup("correctResponse");
			} else if (i >= 0 && score > best - NEARLY) {
				slots->list[s].key |= 1u << i;
			}
			slots->partial = slots->partial || (score > NEARLY && score < best - NEARLY);
		}
		chosen[s] = right;
	}
	return !*ret_why;
}

bool qti_derive_order(node *item, const char *response, const GPtrArray *right, bool *ret_partial, char **ret_why)
{
	double best = 0;
	*ret_partial = false;
	for (guint swap = 0; swap < right->len && !*ret_why; swap++) { /* 0: as it is; then neighbours swapped */
		GHashTable *responses = responses_new();
		for (guint i = 0; i < right->len; i++) {
			const guint place = swap && i == swap - 1 ? i + 1 : swap && i == swap ? i - 1 : i;
			responses_add(responses, response, g_ptr_array_index(right, place));
		}
		const double score = try(item, responses, ret_why);
		best = swap ? best : score;
		if (!*ret_why && (best <= NEARLY || (swap && score > best - NEARLY))) {
			*ret_why = g_strdup("correctResponse");
		}
		*ret_partial = *ret_partial || (swap && score > NEARLY);
	}
	return !*ret_why;
}

/* --- What is written --- */

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
	return try(slots->item, responses, why);
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

static void keep_texts(struct qti_slots *slots, char *const *known, guint s, const GPtrArray *texts, double best,
	double without, char **why)
{
	struct qti_slot *slot = &slots->list[s];
	slot->answers = g_ptr_array_new_with_free_func(g_free);
	slot->scores = g_array_new(FALSE, FALSE, sizeof(double));
	double number;
	if (slot->is_number && is_number(known[s], &number)) {
		const double above = edge(slots, known, s, number, 1, best, why);
		const double below = edge(slots, known, s, number, -1, best, why);
		slot->number = number + (above - below) / 2;
		slot->tolerance = (above + below) / 2;
		return;
	}
	for (guint i = 0; i < texts->len && slot->answers->len < ITEM_ANSWERS_MAX && !*why; i++) {
		const char *text = g_ptr_array_index(texts, i);
		const double share = *text ? (try_text(slots, known, s, text, why) - without) / (best - without) : 0;
		if (share > NEARLY && share < 1 + NEARLY) {
			const double score = MIN(share, 1);
			g_ptr_array_add(slot->answers, g_strdup(text));
			g_array_append_val(slot->scores, score);
			slots->partial = slots->partial || share < 1 - NEARLY;
		}
	}
	g_autofree char *upper = g_utf8_strup(known[s], -1), *lower = g_utf8_strdown(known[s], -1);
	const char *other = strcmp(upper, known[s]) ? upper : lower;
	slot->case_matters = strcmp(other, known[s]) != 0 && try_text(slots, known, s, other, why) < best - NEARLY;
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
			*ret_why = *ret_why ? *ret_why : g_strdup("correctResponse");
			break;
		}
		slots->partial = slots->partial || without > NEARLY;
		keep_texts(slots, known, s, g_ptr_array_index(lists, s), best, without, ret_why);
	}
	return !*ret_why;
}
