#include "assessment/form/more.h"

struct form *form_create(void)
{
	struct form *form = g_new0(struct form, 1);
	form->texts = g_string_chunk_new(4096);
	form->blocks = g_ptr_array_new_with_free_func(g_free);
	return form;
}

void form_destroy(struct form *form)
{
	if (!form) {
		return;
	}
	g_string_chunk_free(form->texts);
	g_ptr_array_unref(form->blocks);
	g_free(form);
}

void *form_block(struct form *form, size_t count, size_t size)
{
	void *memory = g_malloc0_n(MAX(count, 1), size);
	g_ptr_array_add(form->blocks, memory);
	return memory;
}

const char *form_text(struct form *form, const char *text)
{
	return g_string_chunk_insert_const(form->texts, text);
}

static json_t *write_item(const struct form_item *item)
{
	json_t *options = json_array();
	json_t *key = json_array();
	for (guint i = 0; i < item->option_count; i++) {
		json_array_append_new(options,
			json_pack("{s:s, s:s}", "id", item->options[i].id, "text", item->options[i].text));
		if (item->key & (1u << i)) {
			json_array_append_new(key, json_integer((json_int_t)i + 1));
		}
	}
	json_t *json = json_pack("{s:s, s:i, s:i, s:s, s:s, s:o, s:o}", "id", item->id, "area", (int)item->area,
		"difficulty", (int)item->difficulty, "type", item_type_name(item->type), "stem", item->stem,
		"options", options, "key", key);
	form_write_more(item, json);
	return json;
}

char *form_write(const struct form *form)
{
	json_t *areas = json_array();
	json_t *items = json_array();
	json_t *levels = json_array();
	for (guint i = 0; i < form->area_count; i++) {
		json_array_append_new(
			areas, json_pack("{s:s, s:s, s:s}", "id", form->areas[i].id, "name_it",
				       form->areas[i].name_it, "name_en", form->areas[i].name_en));
	}
	for (guint i = 0; i < form->item_count; i++) {
		json_array_append_new(items, write_item(&form->items[i]));
	}
	for (guint i = 0; i < form->level_count; i++) {
		const struct level *level = &form->levels[i];
		json_array_append_new(
			levels, json_pack("{s:s, s:s, s:s, s:f}", "id", level->id, "name_it", level->name_it,
					"name_en", level->name_en, "cut", level->cut));
	}
	char seed[24];
	g_snprintf(seed, sizeof(seed), "%" G_GUINT64_FORMAT, form->seed);
	json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "format", "fad-form-1", "bank",
		form->bank_name, "bank_version", form->bank_version, "seed", seed, "areas", areas, "levels",
		levels, "items", items);
	char *dumped = json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(17));
	char *text = g_strdup(dumped);
	free(dumped);
	json_decref(root);
	return text;
}

static const char *text_of(struct form *form, json_t *object, const char *field)
{
	const char *text = json_string_value(json_object_get(object, field));
	return form_text(form, text ? text : "");
}

static bool read_item(struct form *form, struct form_item *item, json_t *json)
{
	const char *type = json_string_value(json_object_get(json, "type"));
	json_t *list = json_object_get(json, "options");
	json_int_t area = json_integer_value(json_object_get(json, "area"));
	size_t count = json_array_size(list);
	if (!type || !item_type_parse(type, &item->type) || count > ITEM_OPTIONS_MAX || area < 0 || area >= (json_int_t)form->area_count) {
		return false;
	}
	struct bank_option *options = form_block(form, count, sizeof(*options));
	for (size_t i = 0; i < count; i++) {
		json_t *option = json_array_get(list, i);
		options[i] = (struct bank_option){text_of(form, option, "id"), text_of(form, option, "text")};
	}
	size_t at;
	json_t *value;
	json_array_foreach(json_object_get(json, "key"), at, value)
	{
		json_int_t place = json_integer_value(value);
		if (place < 1 || place > (json_int_t)count) {
			return false;
		}
		item->key |= 1u << (place - 1);
	}
	item->id = text_of(form, json, "id");
	item->stem = text_of(form, json, "stem");
	item->area = (guint)area;
	item->difficulty = (guint)json_integer_value(json_object_get(json, "difficulty"));
	item->options = options;
	item->option_count = (guint)count;
	return item_type_is_choice(item->type) ? item->key != 0 && form_read_more(form, item, json)
					       : form_read_more(form, item, json);
}

static bool read_frame(struct form *form, json_t *root)
{
	json_t *area_list = json_object_get(root, "areas");
	json_t *level_list = json_object_get(root, "levels");
	form->area_count = (guint)json_array_size(area_list);
	form->level_count = (guint)json_array_size(level_list);
	if (form->area_count < 1 || form->area_count > BANK_AREAS_MAX || form->level_count < 1 ||
		form->level_count > LEVELS_MAX) {
		return false;
	}
	struct bank_area *areas = form_block(form, form->area_count, sizeof(*areas));
	struct level *levels = form_block(form, form->level_count, sizeof(*levels));
	for (guint i = 0; i < form->area_count; i++) {
		json_t *area = json_array_get(area_list, i);
		areas[i] = (struct bank_area){text_of(form, area, "id"), text_of(form, area, "name_it"),
			text_of(form, area, "name_en")};
	}
	for (guint i = 0; i < form->level_count; i++) {
		json_t *level = json_array_get(level_list, i);
		levels[i] = (struct level){text_of(form, level, "id"), text_of(form, level, "name_it"),
			text_of(form, level, "name_en"), json_number_value(json_object_get(level, "cut"))};
	}
	form->areas = areas;
	form->levels = levels;
	form->bank_name = text_of(form, root, "bank");
	form->bank_version = text_of(form, root, "bank_version");
	form->seed = g_ascii_strtoull(text_of(form, root, "seed"), NULL, 10);
	return true;
}

struct form *form_read(const char *json)
{
	json_auto_t *root = json_loads(json, 0, NULL);
	struct form *form = form_create();
	json_t *list = json_object_get(root, "items");
	form->item_count = (guint)json_array_size(list);
	bool good = read_frame(form, root) && form->item_count >= 1 && form->item_count <= FORM_ITEMS_MAX;
	struct form_item *items = form_block(form, good ? form->item_count : 0, sizeof(*items));
	for (guint i = 0; good && i < form->item_count; i++) {
		good = read_item(form, &items[i], json_array_get(list, i));
	}
	form->items = items;
	if (!good) {
		form_destroy(form);
		return NULL;
	}
	return form;
}
