#include "assessment/form/response.h"

#include <math.h>
#include <string.h>

enum answer_fault {
	ANSWER_SHAPE,
	ANSWER_UNKNOWN,
	ANSWER_TWICE,
	ANSWER_ONE_ONLY,
	ANSWER_LONG,
	ANSWER_ALL,
};

static const struct fault_text texts[] = {
	[ANSWER_SHAPE] = {"ANSWER_SHAPE", SEVERITY_ERROR, NULL,
		"La risposta deve essere una lista di opzioni.", "The answer must be a list of options.",
		NULL, NULL},
	[ANSWER_UNKNOWN] = {"ANSWER_UNKNOWN_OPTION", SEVERITY_ERROR, NULL,
		"Il quesito non ha l'opzione «$1».", "The item has no option \"$1\".", "Ricarica la pagina.",
		"Load the page again."},
	[ANSWER_TWICE] = {"ANSWER_TWICE", SEVERITY_ERROR, NULL, "L'opzione «$1» è ripetuta.",
		"The option \"$1\" is there twice.", NULL, NULL},
	[ANSWER_ONE_ONLY] = {"ANSWER_ONE_ONLY", SEVERITY_ERROR, NULL,
		"Questo quesito ammette una sola risposta.", "This item takes one answer only.",
		"Scegli una sola opzione.", "Choose one option only."},
	[ANSWER_LONG] = {"ANSWER_LONG", SEVERITY_ERROR, NULL, "La risposta supera $1 caratteri.",
		"The answer has more than $1 characters.", "Scrivi meno testo.", "Write less."},
	[ANSWER_ALL] = {"ANSWER_ALL", SEVERITY_ERROR, NULL, "Servono tutte le voci, ciascuna una volta.",
		"All entries are needed, each once.", "Ricarica la pagina.", "Load the page again."},
};

static guint places_of(const struct form_item *item, guint slot)
{
	return item->type == ITEM_INLINE_CHOICE ? item->slots[slot].option_count : item->option_count;
}

/* A place from "1" as an index; false when there is none such. */
static bool place_read(const char *text, guint count, guint *ret)
{
	guint64 place;
	if (!g_ascii_string_to_unsigned(text, 10, 1, count, &place, NULL)) {
		return false;
	}
	*ret = (guint)place - 1;
	return true;
}

/* "slot option". */
static bool pair_read(const struct form_item *item, const char *text, guint *ret_slot, guint *ret_place)
{
	g_auto(GStrv) parts = g_strsplit(text, " ", 3);
	return g_strv_length(parts) == 2 && place_read(parts[0], item->slot_count, ret_slot) &&
	       place_read(parts[1], places_of(item, *ret_slot), ret_place);
}

/* As written, but for blanks at the ends and between words, and the form of accents. */
static char *text_clean(const char *text)
{
	g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	GString *clean = g_string_new(NULL);
	for (const char *at = normal ? normal : ""; *at; at = g_utf8_next_char(at)) {
		const gunichar letter = g_utf8_get_char(at);
		if (!g_unichar_isspace(letter)) {
			g_string_append_unichar(clean, letter);
		} else if (clean->len && clean->str[clean->len - 1] != ' ') {
			g_string_append_c(clean, ' ');
		}
	}
	return g_strchomp(g_string_free(clean, FALSE));
}

struct checking {
	const struct form_item *item;
	json_t *clean; /* owned */
	guint32 seen;  /* options or slots */
	bool is_given; /* some text is not empty */
};

static enum answer_fault check_one(struct checking *checking, const char *text, bool *ret_good)
{
	const struct form_item *item = checking->item;
	guint place = 0, slot = 0;
	*ret_good = false;
	if (item->type == ITEM_TEXT_ENTRY) {
		g_autofree char *clean = text_clean(text);
		*ret_good = g_utf8_strlen(clean, -1) <= (glong)RESPONSE_TEXT_MAX;
		checking->is_given = checking->is_given || *clean;
		json_array_append_new(checking->clean, json_string(clean));
		return ANSWER_LONG;
	}
	const bool pairs = item_type_is_pairs(item->type);
	if (!(pairs ? pair_read(item, text, &slot, &place) : place_read(text, item->option_count, &place))) {
		return ANSWER_UNKNOWN;
	}
	const guint32 bit = 1u << (pairs ? slot : place);
	if (checking->seen & bit) {
		return ANSWER_TWICE;
	}
	*ret_good = true;
	checking->seen |= bit;
	checking->is_given = true;
	json_array_append_new(checking->clean, json_string(text));
	return ANSWER_UNKNOWN;
}

static bool check_whole(const struct checking *checking, enum answer_fault *ret)
{
	const struct form_item *item = checking->item;
	const size_t count = json_array_size(checking->clean);
	if ((item->type == ITEM_SINGLE || item->type == ITEM_TRUE_FALSE) && count > 1) {
		*ret = ANSWER_ONE_ONLY;
		return false;
	}
	*ret = ANSWER_ALL;
	return count == 0 || ((item->type != ITEM_ORDER || count == item->option_count) &&
				     (item->type != ITEM_TEXT_ENTRY || count == item->slot_count));
}

/* Choices in the order shown, whatever order they came in: equal answers are equal texts. */
static json_t *sorted(const struct checking *checking)
{
	json_t *list = json_array();
	for (guint i = 0; i < checking->item->option_count; i++) {
		if (checking->seen & (1u << i)) {
			json_array_append_new(list, json_sprintf("%u", i + 1));
		}
	}
	return list;
}

char *response_check(const struct form_item *item, json_t *list, const char *where, struct problem *ret_problem)
{
	struct checking checking = {.item = item, .clean = json_array()};
	bool good = json_is_array(list) && json_array_size(list) <= ITEM_OPTIONS_MAX + ITEM_SLOTS_MAX;
	enum answer_fault why = ANSWER_SHAPE;
	const char *text = NULL;
	for (size_t i = 0; good && i < json_array_size(list); i++) {
		text = json_string_value(json_array_get(list, i));
		why = ANSWER_UNKNOWN;
		good = text != NULL;
		if (good) {
			why = check_one(&checking, text, &good);
		}
	}
	good = good && check_whole(&checking, &why);
	char *ret = NULL;
	if (!good) {
		g_autofree char *limit = g_strdup_printf("%u", RESPONSE_TEXT_MAX);
		fault_set(ret_problem, &texts[why], where, why == ANSWER_LONG ? limit : text, NULL);
	} else if (!checking.is_given) {
		ret = g_strdup(RESPONSE_NONE);
	} else {
		json_auto_t *order = item_type_is_choice(item->type) ? sorted(&checking) : json_incref(checking.clean);
		char *dumped = json_dumps(order, JSON_COMPACT);
		ret = g_strdup(dumped);
		free(dumped);
	}
	json_decref(checking.clean);
	return ret;
}

static double score_choice(const struct form_item *item, guint32 chosen)
{
	if (chosen == item->key) {
		return 1;
	}
	if (!item->partial) {
		return 0;
	}
	const int right = __builtin_popcount(chosen & item->key), wrong = __builtin_popcount(chosen & ~item->key);
	return MAX(0, (double)(right - wrong) / __builtin_popcount(item->key));
}

static bool number_read(const char *text, double *ret)
{
	g_autofree char *own = g_strdelimit(g_strdup(text), ",", '.');
	char *end;
	*ret = g_ascii_strtod(own, &end);
	return end != own && *end == '\0' && isfinite(*ret);
}

static bool answer_fits(const struct bank_slot *slot, const struct bank_answer *answer, const char *text)
{
	double number;
	if (answer->is_number) {
		const double slack = answer->tolerance + 1e-9 * MAX(1, fabs(answer->number));
		return number_read(text, &number) && fabs(number - answer->number) <= slack;
	}
	g_autofree char *wanted = text_clean(answer->text);
	if (slot->case_matters) {
		return strcmp(wanted, text) == 0;
	}
	g_autofree char *folded = g_utf8_casefold(text, -1), *folded_wanted = g_utf8_casefold(wanted, -1);
	return strcmp(folded, folded_wanted) == 0;
}

static double score_text(const struct bank_slot *slot, const char *text)
{
	double best = 0;
	for (guint i = 0; i < slot->answer_count; i++) {
		if (slot->answers[i].score > best && answer_fits(slot, &slot->answers[i], text)) {
			best = slot->answers[i].score;
		}
	}
	return best;
}

/* The share of slots (or of places in the order) that are right. */
static double share(const struct form_item *item, json_t *list)
{
	double sum = 0;
	const guint count = item->type == ITEM_ORDER ? item->option_count : item->slot_count;
	for (guint i = 0; i < json_array_size(list) && i < count; i++) {
		const char *text = json_string_value(json_array_get(list, i));
		guint slot = 0, place = 0;
		if (!text) {
			continue;
		}
		if (item->type == ITEM_TEXT_ENTRY) {
			sum += score_text(&item->slots[i], text);
		} else if (item->type == ITEM_ORDER) {
			sum += place_read(text, count, &place) && item->sequence[i] == place;
		} else if (pair_read(item, text, &slot, &place)) {
			sum += (item->slots[slot].key & (1u << place)) != 0;
		}
	}
	return count ? sum / count : 0;
}

double response_score(const struct form_item *item, const char *response)
{
	json_auto_t *list = response_is_given(response) ? json_loads(response, 0, NULL) : NULL;
	if (!json_is_array(list) || item->type == ITEM_EXTENDED_TEXT) {
		return 0;
	}
	if (item_type_is_choice(item->type)) {
		guint32 chosen = 0;
		for (size_t i = 0; i < json_array_size(list); i++) {
			const char *text = json_string_value(json_array_get(list, i));
			guint place;
			chosen |= text && place_read(text, item->option_count, &place) ? 1u << place : 0;
		}
		return score_choice(item, chosen);
	}
	const double score = share(item, list);
	return score > 1 - 1e-9 ? 1 : item->partial ? score : 0;
}

static json_t *right_slots(const struct form_item *item)
{
	json_t *list = json_array();
	for (guint s = 0; s < item->slot_count; s++) {
		const struct bank_slot *slot = &item->slots[s];
		const char *text = "";
		for (guint i = 0; i < slot->answer_count && !*text; i++) {
			text = slot->answers[i].score >= 1 ? slot->answers[i].text : "";
		}
		if (item->type == ITEM_TEXT_ENTRY) {
			g_autofree char *clean = text_clean(text);
			json_array_append_new(list, json_string(clean));
		} else if (slot->key) {
			json_array_append_new(list, json_sprintf("%u %u", s + 1, (guint)__builtin_ctz(slot->key) + 1));
		}
	}
	return list;
}

char *response_right(const struct form_item *item)
{
	json_auto_t *list = NULL;
	if (item_type_is_choice(item->type)) {
		const struct checking checking = {.item = item, .seen = item->key};
		list = sorted(&checking);
	} else if (item->type == ITEM_ORDER) {
		list = json_array();
		for (guint i = 0; i < item->option_count; i++) {
			json_array_append_new(list, json_sprintf("%u", item->sequence[i] + 1u));
		}
	} else {
		list = right_slots(item);
	}
	char *dumped = json_dumps(list, JSON_COMPACT);
	char *text = g_strdup(dumped);
	free(dumped);
	return text;
}
