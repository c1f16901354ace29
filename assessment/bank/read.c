/* Reads a bank: every fault is told, so that a designer mends a file once and not once a fault. */
#include "assessment/bank/reader.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void read_areas(struct bank_reader *reader, json_t *root)
{
	static const char *const known[] = {"id", "name_it", "name_en"};
	json_t *list = bank_list(reader, root, "areas", BANK_AREAS_MAX);
	struct bank_area *areas = bank_block(reader, list ? json_array_size(list) : 0, sizeof(*areas));
	reader->area_items = bank_block(reader, list ? json_array_size(list) : 0, sizeof(guint));
	reader->bank->areas = areas;
	size_t i;
	json_t *value;
	json_array_foreach(list, i, value)
	{
		g_autofree char *element = g_strdup_printf("areas[%zu]", i + 1);
		reader->element = element;
		struct bank_area *area = &areas[i];
		reader->bank->area_count = (guint)i + 1;
		area->id = area->name_it = area->name_en = "";
		if (!json_is_object(value)) {
			bank_fault_at(reader, BANK_TYPE, NULL, "area", "oggetto / object");
			continue;
		}
		bank_hint_unknown(reader, value, known, COUNT(known));
		const char *id = bank_id(reader, value);
		if (id && !g_hash_table_insert(reader->areas, (void *)id, GUINT_TO_POINTER(i + 1))) {
			bank_fault_at(reader, BANK_DUPLICATE_ID, "id", id, NULL);
		}
		const char *name_it = bank_text(reader, value, "name_it", BANK_NAME_MAX, false);
		const char *name_en = bank_text(reader, value, "name_en", BANK_NAME_MAX, true);
		area->id = id ? id : "";
		area->name_it = name_it ? name_it : "";
		area->name_en = name_en && *name_en ? name_en : area->name_it;
	}
	reader->element = "";
}

const struct bank_option *bank_options(struct bank_reader *reader, json_t *list, enum bank_showing showing, guint *ret_count)
{
	static const char *const known[] = {"id", "text"};
	const char *outer = reader->element;
	struct bank_option *options = bank_block(reader, json_array_size(list), sizeof(*options));
	size_t i;
	json_t *value;
	json_array_foreach(list, i, value)
	{
		g_autofree char *element = g_strdup_printf("%s, options[%zu]", outer, i + 1);
		reader->element = element;
		*ret_count = (guint)i + 1;
		if (!json_is_object(value)) {
			bank_fault_at(reader, BANK_TYPE, NULL, "option", "oggetto / object");
		} else {
			bank_hint_unknown(reader, value, known, COUNT(known));
			options[i].id = bank_id(reader, value);
			options[i].text = bank_rich(reader, value, "text", BANK_TEXT_MAX);
			const char *text = options[i].text;
			if (text && showing == BANK_SHOWS_WORDS && rich_is(text)) {
				bank_fault_at(reader, BANK_RICH_LISTED, "text", NULL, NULL);
			} else if (text && showing == BANK_SHOWS_LINE && !rich_is_inline(text)) {
				bank_fault_at(reader, BANK_RICH_LINE, "text", NULL, NULL);
			}
		}
		for (size_t k = 0; k < i; k++) {
			if (options[i].id && options[k].id && strcmp(options[i].id, options[k].id) == 0) {
				bank_fault_at(reader, BANK_DUPLICATE_ID, "id", options[i].id, NULL);
			}
			if (options[i].text && options[k].text &&
				strcmp(options[i].text, options[k].text) == 0) {
				bank_fault_at(reader, BANK_SAME_TEXT, "text", options[i].text, NULL);
			}
		}
		if (options[i].text) {
			bank_hint_markup(reader, "text", options[i].text);
		}
		reader->element = outer;
	}
	return options;
}

static void true_false_options(struct bank_reader *reader, struct bank_item *item)
{
	static const struct bank_option italian[] = {{"true", "Vero"}, {"false", "Falso"}};
	static const struct bank_option english[] = {{"true", "True"}, {"false", "False"}};
	item->options = strcmp(reader->bank->language, "en") == 0 ? english : italian;
	item->option_count = 2;
}

static void read_key(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *list = json_object_get(object, "key");
	if (!list || (json_is_array(list) && json_array_size(list) == 0)) {
		bank_fault_at(reader, BANK_KEY_EMPTY, "key", NULL, NULL);
		return;
	}
	if (!json_is_array(list)) {
		bank_fault_at(reader, BANK_TYPE, "key", "key", "lista di id / list of ids");
		return;
	}
	size_t at;
	json_t *value;
	json_array_foreach(list, at, value)
	{
		const char *id = json_string_value(value);
		guint found = item->option_count;
		for (guint i = 0; id && i < item->option_count; i++) {
			if (item->options[i].id && strcmp(item->options[i].id, id) == 0) {
				found = i;
			}
		}
		if (!id) {
			bank_fault_at(reader, BANK_TYPE, "key", "key", "lista di id / list of ids");
		} else if (found == item->option_count) {
			bank_fault_at(reader, BANK_KEY_UNKNOWN, "key", id, NULL);
		} else if (item->key & (1u << found)) {
			bank_fault_at(reader, BANK_KEY_TWICE, "key", id, NULL);
		} else {
			item->key |= 1u << found;
		}
	}
}

static void check_key(struct bank_reader *reader, const struct bank_item *item)
{
	guint right = (guint)__builtin_popcount(item->key);
	char text[16];
	g_snprintf(text, sizeof(text), "%u", right);
	if (item->type == ITEM_TRUE_FALSE && (item->option_count != 2 || right > 1)) {
		bank_fault_at(reader, BANK_TRUE_FALSE, "key", NULL, NULL);
	} else if (item->type == ITEM_SINGLE && right > 1) {
		bank_fault_at(reader, BANK_KEY_TWO_RIGHT, "key", text, NULL);
	} else if (item->type == ITEM_MULTIPLE && right == item->option_count) {
		bank_fault_at(reader, BANK_KEY_ALL, "key", NULL, NULL);
	}
	bank_check_hot_text(reader, item);
}

static void read_item_options(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *list = json_object_get(object, "options");
	if (!list && item->type == ITEM_TRUE_FALSE) {
		true_false_options(reader, item);
	} else if (!list) {
		bank_fault_at(reader, BANK_MISSING, "options", "options", NULL);
	} else if (!json_is_array(list)) {
		bank_fault_at(reader, BANK_TYPE, "options", "options", "lista / list");
	} else if (json_array_size(list) < ITEM_OPTIONS_MIN || json_array_size(list) > ITEM_OPTIONS_MAX) {
		char count[24];
		g_snprintf(count, sizeof(count), "%zu", json_array_size(list));
		bank_fault_limit(reader, BANK_OPTION_COUNT, "options", count, ITEM_OPTIONS_MAX);
	} else {
		item->options = bank_options(reader, list, item->type == ITEM_HOT_TEXT ? BANK_SHOWS_LINE : BANK_SHOWS_ALL,
			&item->option_count);
	}
	if (item->options) {
		read_key(reader, object, item);
		check_key(reader, item);
	} else if (json_array_size(json_object_get(object, "key")) == 0) {
		bank_fault_at(reader, BANK_KEY_EMPTY, "key", NULL, NULL);
	}
}

static void read_area_of(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	const char *id = bank_text(reader, object, "area", BANK_TEXT_MAX, false);
	guint index = id ? GPOINTER_TO_UINT(g_hash_table_lookup(reader->areas, id)) : 0;
	if (index) {
		item->area = index - 1;
		reader->area_items[item->area]++;
	} else if (id) {
		bank_fault_at(reader, BANK_UNKNOWN_AREA, "area", id, NULL);
	}
}

static void read_type(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	const char *name = bank_text(reader, object, "type", BANK_TEXT_MAX, false);
	if (name && !item_type_parse(name, &item->type)) {
		bank_fault_at(reader, BANK_ITEM_TYPE, "type", name, NULL);
	}
}

static void read_shuffle(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	json_t *shuffle = json_object_get(object, "shuffle");
	if (shuffle && !json_is_boolean(shuffle)) {
		bank_fault_at(reader, BANK_TYPE, "shuffle", "shuffle", "true / false");
	}
	item->shuffle = item->type != ITEM_TRUE_FALSE && item->type != ITEM_HOT_TEXT && !(shuffle && json_is_false(shuffle));
}

static void read_item(struct bank_reader *reader, json_t *object, struct bank_item *item)
{
	static const char *const known[] = {
		"id", "area", "difficulty", "type", "stem", "options", "key", "shuffle", "explanation", "parameters",
		"state",
		"prompts", "gaps", "partial", "competence", "level", "media"};
	bank_hint_unknown(reader, object, known, COUNT(known));
	const char *id = bank_id(reader, object);
	item->id = id ? id : "";
	if (id && !g_hash_table_add(reader->ids, (void *)id)) {
		bank_fault_at(reader, BANK_DUPLICATE_ID, "id", id, NULL);
	}
	read_area_of(reader, object, item);
	json_t *difficulty = json_object_get(object, "difficulty");
	json_int_t value = json_integer_value(difficulty);
	if (!json_is_integer(difficulty) || value < 1 || value > (json_int_t)ITEM_DIFFICULTY_MAX) {
		char most[16];
		g_snprintf(most, sizeof(most), "%u", ITEM_DIFFICULTY_MAX);
		bank_fault_at(reader, BANK_DIFFICULTY, "difficulty", most, NULL);
	}
	item->difficulty = (guint)CLAMP(value, 1, (json_int_t)ITEM_DIFFICULTY_MAX);
	read_type(reader, object, item);
	bank_read_more(reader, object, item);
	reader->draft = item->state == POOL_DRAFT;
	const char *stem = bank_rich(reader, object, "stem", BANK_TEXT_MAX);
	item->stem = stem ? stem : "";
	bank_hint_markup(reader, "stem", item->stem);
	const char *explanation = bank_text(reader, object, "explanation", BANK_TEXT_MAX, true);
	item->explanation = explanation ? explanation : "";
	read_shuffle(reader, object, item);
	if (item_type_is_choice(item->type)) {
		read_item_options(reader, object, item);
	} else {
		bank_read_typed(reader, object, item);
	}
}

static void read_items(struct bank_reader *reader, json_t *root)
{
	json_t *list = bank_list(reader, root, "items", BANK_ITEMS_MAX);
	struct bank_item *items = bank_block(reader, list ? json_array_size(list) : 0, sizeof(*items));
	reader->bank->items = items;
	size_t i;
	json_t *value;
	json_array_foreach(list, i, value)
	{
		const char *id = json_string_value(json_object_get(value, "id"));
		g_autofree char *element = g_strdup_printf("items[%zu] %.80s", i + 1, id ? id : "?");
		reader->element = element;
		reader->bank->item_count = (guint)i + 1;
		if (json_is_object(value)) {
			read_item(reader, value, &items[i]);
		} else {
			bank_fault_at(reader, BANK_TYPE, NULL, "item", "oggetto / object");
		}
	}
	reader->element = "";
	for (guint a = 0; list && a < reader->bank->area_count; a++) {
		if (reader->area_items[a] == 0 && *reader->bank->areas[a].id) {
			bank_fault_at(reader, BANK_AREA_EMPTY, "areas", reader->bank->areas[a].id, NULL);
		}
	}
}

static void read_head(struct bank_reader *reader, json_t *root)
{
	static const char *const known[] = {"format", "name", "version", "language", "areas", "items"};
	bank_hint_unknown(reader, root, known, COUNT(known));
	reader->bank->name = bank_text(reader, root, "name", BANK_NAME_MAX, false);
	reader->bank->version = bank_text(reader, root, "version", BANK_NAME_MAX, false);
	const char *language = bank_text(reader, root, "language", BANK_NAME_MAX, true);
	reader->bank->language = language && *language ? language : "it";
	if (strcmp(reader->bank->language, "it") != 0 && strcmp(reader->bank->language, "en") != 0) {
		bank_fault_at(reader, BANK_LANGUAGE, "language", reader->bank->language, NULL);
	}
}

static json_t *parse(const char *json, size_t len, struct faults *faults)
{
	if (len > BANK_BYTES_MAX) {
		faults_add(faults, &bank_faults[BANK_TOO_BIG], "", "64", NULL);
		return NULL;
	}
	if (len >= 3 && memcmp(json, "\xEF\xBB\xBF", 3) == 0) {
		json += 3;
		len -= 3;
	}
	json_error_t error;
	json_t *root = json_loadb(json, len, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		faults_add(faults, &bank_faults[BANK_SYNTAX], "", error.text, NULL);
		if (faults->list->len) {
			struct problem *last =
				&g_array_index(faults->list, struct problem, faults->list->len - 1);
			last->line = (uint32_t)MAX(error.line, 0);
			last->column = (uint32_t)MAX(error.column, 0);
		}
		return NULL;
	}
	const char *format = json_string_value(json_object_get(root, "format"));
	if (!format || strcmp(format, "fad-bank-1") != 0) {
		faults_add(faults, &bank_faults[BANK_FORMAT], "format", NULL, NULL);
		json_decref(root);
		return NULL;
	}
	return root;
}

struct bank *bank_read(const char *json, size_t len, struct faults *faults)
{
	guint before = faults->errors;
	json_t *root = parse(json, len, faults);
	if (!root) {
		return NULL;
	}
	struct bank *bank = g_new0(struct bank, 1);
	bank->texts = g_string_chunk_new(64 * 1024);
	bank->blocks = g_ptr_array_new_with_free_func(g_free);
	struct bank_reader reader = {
		.bank = bank,
		.faults = faults,
		.areas = g_hash_table_new(g_str_hash, g_str_equal),
		.ids = g_hash_table_new(g_str_hash, g_str_equal),
		.element = "",
	};
	read_head(&reader, root);
	read_areas(&reader, root);
	read_items(&reader, root);
	g_hash_table_unref(reader.areas);
	g_hash_table_unref(reader.ids);
	json_decref(root);
	if (faults->errors != before) {
		bank_destroy(bank);
		return NULL;
	}
	return bank;
}
