/* What passes between a form and a browser: the item without its key, and the options chosen. */
#include "assessment/form.h"

enum answer_fault {
	ANSWER_SHAPE,
	ANSWER_UNKNOWN,
	ANSWER_TWICE,
	ANSWER_ONE_ONLY,
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
};

static void place_name(guint place, char ret[12])
{
	g_snprintf(ret, 12, "%u", place + 1);
}

json_t *form_item_view(const struct form *form, guint position, guint32 answer, gint64 revision)
{
	const struct form_item *item = &form->items[position];
	const struct bank_area *area = &form->areas[item->area];
	json_t *options = json_array();
	json_t *chosen = json_array();
	for (guint i = 0; i < item->option_count; i++) {
		char name[12];
		place_name(i, name);
		json_array_append_new(
			options, json_pack("{s:s, s:s}", "id", name, "text", item->options[i].text));
		if (answer & (1u << i)) {
			json_array_append_new(chosen, json_string(name));
		}
	}
	return json_pack("{s:i, s:s, s:s, s:s, s:s, s:o, s:o, s:I}", "position", (int)position, "area_it",
		area->name_it, "area_en", area->name_en, "type", item_type_name(item->type), "stem",
		item->stem, "options", options, "answer", chosen, "revision", (json_int_t)revision);
}

bool form_answer(
	const struct form *form, guint position, json_t *list, guint32 *ret, struct problem *ret_problem)
{
	const struct form_item *item = &form->items[position];
	g_autofree char *where = g_strdup_printf("answer %u", position + 1);
	guint32 answer = 0;
	size_t at;
	json_t *value;
	if (!json_is_array(list)) {
		fault_set(ret_problem, &texts[ANSWER_SHAPE], where, NULL, NULL);
		return false;
	}
	json_array_foreach(list, at, value)
	{
		const char *id = json_string_value(value);
		guint64 place = 0;
		if (!id || !g_ascii_string_to_unsigned(id, 10, 1, item->option_count, &place, NULL)) {
			fault_set(ret_problem, &texts[ANSWER_UNKNOWN], where, id, NULL);
			return false;
		}
		guint32 bit = 1u << (place - 1);
		if (answer & bit) {
			fault_set(ret_problem, &texts[ANSWER_TWICE], where, id, NULL);
			return false;
		}
		answer |= bit;
	}
	if (item->type != ITEM_MULTIPLE && (answer & (answer - 1))) {
		fault_set(ret_problem, &texts[ANSWER_ONE_ONLY], where, NULL, NULL);
		return false;
	}
	*ret = answer;
	return true;
}
