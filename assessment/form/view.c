/* What a browser may see of an item: never a key. */
#include "assessment/form/response.h"

static json_t *options_json(const struct bank_option *options, guint count)
{
	json_t *list = json_array();
	for (guint i = 0; i < count; i++) {
		char name[12];
		g_snprintf(name, sizeof(name), "%u", i + 1);
		json_array_append_new(list, json_pack("{s:s, s:o}", "id", name, "text", rich_json(options[i].text)));
	}
	return list;
}

/* The author's ids may give something away: [[id]] becomes [[1]]. */
static char *numbered(const struct form_item *item)
{
	char *stem = g_strdup(item->stem);
	const bool hot = item->type == ITEM_HOT_TEXT;
	const guint count = hot ? item->option_count : item->type == ITEM_MATCH ? 0 : item->slot_count;
	for (guint i = 0; i < count; i++) {
		/* \1 keeps a place already numbered from being taken for an id. */
		g_autofree char *from = g_strdup_printf("[[%s]]", hot ? item->options[i].id : item->slots[i].id);
		g_autofree char *to = g_strdup_printf("[[\1%u]]", i + 1);
		g_auto(GStrv) parts = g_strsplit(stem, from, 2);
		g_free(stem);
		stem = g_strjoinv(to, parts);
	}
	g_auto(GStrv) parts = g_strsplit(stem, "[[\1", -1);
	g_free(stem);
	return g_strjoinv("[[", parts);
}

static json_t *slots_json(const struct form_item *item)
{
	json_t *list = json_array();
	for (guint i = 0; i < item->slot_count; i++) {
		const struct bank_slot *slot = &item->slots[i];
		json_t *one = json_pack("{s:o, s:o}", "id", json_sprintf("%u", i + 1), "text", rich_json(slot->text));
		if (item->type == ITEM_INLINE_CHOICE) {
			json_object_set_new(one, "options", options_json(slot->options, slot->option_count));
		} else if (item->type == ITEM_TEXT_ENTRY) {
			const bool number = slot->answer_count && slot->answers[0].is_number;
			json_object_set_new(one, "kind", json_string(number ? "number" : "text"));
		}
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *media_json(const struct form_item *item)
{
	json_t *list = json_array();
	for (guint i = 0; i < item->media_count; i++) {
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "sha256", item->media[i].sha256, "type",
						    item->media[i].type, "alt", item->media[i].alt));
	}
	return list;
}

json_t *form_item_view(const struct form *form, guint position, const char *answer, gint64 revision)
{
	const struct form_item *item = &form->items[position];
	const struct bank_area *area = &form->areas[item->area];
	json_t *chosen = json_loads(answer, 0, NULL);
	g_autofree char *stem = numbered(item);
	json_t *view = json_pack("{s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:I}", "position", (int)position, "area_it",
		area->name_it, "area_en", area->name_en, "type", item_type_name(item->type), "stem", rich_json(stem), "options",
		options_json(item->options, item->option_count), "answer", chosen ? chosen : json_array(), "revision",
		(json_int_t)revision);
	if (item->slot_count) {
		json_object_set_new(view, "slots", slots_json(item));
	}
	if (item->media_count) {
		json_object_set_new(view, "media", media_json(item));
	}
	return view;
}

char *form_answer(const struct form *form, guint position, json_t *list, struct problem *ret_problem)
{
	g_autofree char *where = g_strdup_printf("answer %u", position + 1);
	return response_check(&form->items[position], list, where, ret_problem);
}
