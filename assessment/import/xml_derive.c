/* Keys found by trying answers: choices, pairs and orders. */
#include "assessment/import/xml_derive.h"

#include <math.h>
#include <string.h>

#define CHOICE_TRY_MAX 10u /* options of which every subset is tried */

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

GHashTable *responses_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
}

void responses_add(GHashTable *responses, const char *id, const char *value)
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

double responses_try(node *item, GHashTable *responses, char **why)
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
	return responses_try(item, responses, why);
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

/* What an answer gives, as a share of the full score. */
struct tried {
	guint32 chosen;
	double share;
};

/* Ours: right ones less wrong ones, of all right ones; or all or nothing. */
static double our_share(guint32 chosen, guint32 key, bool partial)
{
	const int right = __builtin_popcount(chosen & key), wrong = __builtin_popcount(chosen & ~key);
	return chosen == key ? 1 : partial ? MAX(0, (double)(right - wrong) / __builtin_popcount(key)) : 0;
}

static struct qti_marks compare_choice(const GArray *all, guint32 key, double best)
{
	struct qti_marks marks = {0};
	for (guint i = 0; i < all->len; i++) {
		const struct tried *tried = &g_array_index(all, struct tried, i);
		marks.partial = marks.partial || (tried->chosen != key && tried->share > NEARLY);
	}
	for (guint i = 0; i < all->len; i++) {
		const struct tried *tried = &g_array_index(all, struct tried, i);
		marks.differs = marks.differs || fabs(MAX(tried->share, 0) / best - our_share(tried->chosen, key, marks.partial)) > 1e-6;
	}
	return marks;
}

bool qti_derive_choice(node *item, const char *response, const GPtrArray *options, guint most, guint32 *ret_key,
	struct qti_marks *ret_marks, char **ret_why)
{
	const guint32 declared = correct_mask(item, response, options);
	const bool all = options->len <= CHOICE_TRY_MAX;
	double best = try_subset(item, response, options, declared, ret_why);
	guint32 key = declared;
	guint equals = 0;
	g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(struct tried));
	g_array_append_val(shares, ((struct tried){declared, best}));
	for (guint32 i = 0; !*ret_why && i < (all ? 1u << options->len : options->len * 2); i++) {
		/* every subset, or for many options each one added to the key or taken from it, and each alone */
		const guint32 chosen = all ? i : i < options->len ? declared ^ (1u << i) : 1u << (i - options->len);
		if (chosen == declared || (most && (guint)__builtin_popcount(chosen) > most)) {
			continue;
		}
		const double score = try_subset(item, response, options, chosen, ret_why);
		g_array_append_val(shares, ((struct tried){chosen, score}));
		if (score > best + NEARLY) {
			equals = 0;
			best = score;
			key = chosen;
		} else if (fabs(score - best) <= NEARLY && (chosen & key) != key) {
			equals++; /* with wrong ones added, where those cost nothing, it is still the same key */
		}
	}
	if (*ret_why) {
		return false;
	}
	*ret_key = best > NEARLY ? key : 0;
	if (best <= NEARLY) {
		return true;
	}
	*ret_marks = compare_choice(shares, key, best);
	if (equals > 0 && key != declared) {
		*ret_why = g_strdup(NO_KEY);
	} else if (equals > 0) {
		*ret_why = g_strdup("più risposte valgono il massimo / several answers give the full score");
	} else if (most && (guint)__builtin_popcount(key) > most) {
		*ret_why = g_strdup_printf("maxChoices=%u", most);
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
	return responses_try(slots->item, responses, why);
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

/* Whether two right ones are still right when each stands in the other's place. */
static void refuse_swaps(const struct qti_slots *slots, int *chosen, double best, char **why)
{
	for (guint s = 0; s < slots->count; s++) {
		for (guint other = s + 1; other < slots->count && !*why; other++) {
			const int first = chosen[s], second = chosen[other];
			if ((slots->list[s].key & (1u << second)) ||
				second >= (int)slots->list[s].options->len || first >= (int)slots->list[other].options->len) {
				continue;
			}
			chosen[s] = second;
			chosen[other] = first;
			if (try_slots(slots, chosen, why) > best - NEARLY && !*why) {
				*why = g_strdup(CHANGE_PLACES);
			}
			chosen[s] = first;
			chosen[other] = second;
		}
	}
}

/* Of `count` parts one is wrong: what that is worth at least and at most, as a share of the full score. */
static struct qti_marks compare_parts(double least, double greatest, guint count)
{
	const bool partial = greatest > NEARLY;
	const double ours = (double)(count - 1) / count;
	return (struct qti_marks){partial, partial && (fabs(least - ours) > 1e-6 || fabs(greatest - ours) > 1e-6)};
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
	double least = INFINITY, greatest = 0; /* of the scores with one place wrong */
	for (guint s = 0; s < slots->count && !*ret_why; s++) {
		const int right = chosen[s];
		if (right < 0 || best <= NEARLY) {
			*ret_why = g_strdup(NO_KEY);
			break;
		}
		for (int i = -1; i < (int)slots->list[s].options->len && !*ret_why; i++) {
			chosen[s] = i;
			const double score = try_slots(slots, chosen, ret_why);
			if (score > best + NEARLY || (i < 0 && score > best - NEARLY)) {
				*ret_why = g_strdup(i < 0 ? NOT_NEEDED : NO_KEY);
			} else if (i >= 0 && score > best - NEARLY) {
				slots->list[s].key |= 1u << i;
			}
			if (score < best - NEARLY) {
				least = MIN(least, MAX(score, 0));
				greatest = MAX(greatest, score);
			}
		}
		chosen[s] = right;
	}
	if (!*ret_why) {
		refuse_swaps(slots, chosen, best, ret_why);
	}
	slots->marks = compare_parts(least / best, greatest / best, slots->count);
	return !*ret_why;
}

bool qti_derive_order(node *item, const char *response, const GPtrArray *right, struct qti_marks *ret_marks, char **ret_why)
{
	double best = 0;
	*ret_marks = (struct qti_marks){0};
	for (guint swap = 0; swap < right->len && !*ret_why; swap++) { /* 0: as it is; then neighbours swapped */
		GHashTable *responses = responses_new();
		for (guint i = 0; i < right->len; i++) {
			const guint place = swap && i == swap - 1 ? i + 1 : swap && i == swap ? i - 1 : i;
			responses_add(responses, response, g_ptr_array_index(right, place));
		}
		const double score = responses_try(item, responses, ret_why);
		best = swap ? best : score;
		if (!*ret_why && (best <= NEARLY || (swap && score > best - NEARLY))) {
			*ret_why = g_strdup(NO_KEY);
		}
		ret_marks->partial = ret_marks->partial || (swap && score > NEARLY);
		ret_marks->differs = ret_marks->differs ||
				     (swap && fabs(MAX(score, 0) / best - (double)(right->len - 2) / right->len) > 1e-6);
	}
	ret_marks->differs = ret_marks->differs && ret_marks->partial;
	return !*ret_why;
}
