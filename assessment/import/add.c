/* What readers of foreign files call: areas and items into the bank that is being made, and what is told of them. */
#include "assessment/import/parts.h"

#include <string.h>

void import_note(struct import *import, enum import_fault which, guint line, const char *where,
	const char *one, const char *two)
{
	faults_add_line(import->faults, &import_faults[which], line, where ? where : "", one, two);
}

void import_refuse(
	struct import *import, enum import_fault which, guint line, const char *name, const char *reason)
{
	g_autofree char *unnamed = g_strdup_printf("%u", import->count.imported + import->count.refused + 1);
	name = name && *name ? name : unnamed;
	import->count.refused++;
	import_note(import, which, line, name, name, reason);
}

/*
 * Letters, digits, '.', '-' and '_' of `name`, made unique among `taken`, which owns it: each identifier with the last
 * number that was put behind it, so that many of one name are no trouble.
 */
static const char *identifier(GHashTable *taken, const char *name, const char *fallback, bool *ret_renamed)
{
	g_autofree char *ascii = g_str_to_ascii(name ? name : "", "it");
	g_autoptr(GString) id = g_string_new(NULL);
	for (const char *at = ascii; *at && id->len < BANK_ID_MAX - 8; at++) {
		if (g_ascii_isalnum(*at) || *at == '.' || *at == '_' || *at == '-') {
			g_string_append_c(id, *at);
		} else if (id->len && id->str[id->len - 1] != '-') {
			g_string_append_c(id, '-');
		}
	}
	while (id->len && id->str[id->len - 1] == '-') {
		g_string_truncate(id, id->len - 1);
	}
	if (!id->len) {
		g_string_assign(id, fallback);
	}
	guint last = GPOINTER_TO_UINT(g_hash_table_lookup(taken, id->str));
	char *unique = g_strdup(id->str);
	*ret_renamed = last > 0;
	while (g_hash_table_contains(taken, unique)) {
		g_free(unique);
		unique = g_strdup_printf("%s-%u", id->str, ++last);
		g_hash_table_replace(taken, g_strdup(id->str), GUINT_TO_POINTER(last));
	}
	g_hash_table_insert(taken, unique, GUINT_TO_POINTER(1));
	return unique;
}

void import_area_known(struct import *import, const char *id, const char *name)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(name));
	if (g_utf8_strlen(trimmed, -1) > BANK_NAME_MAX) {
		*g_utf8_offset_to_pointer(trimmed, BANK_NAME_MAX) = '\0';
	}
	const char *key = id && *id ? id : *trimmed ? trimmed : "Quesiti importati";
	import->area = g_hash_table_lookup(import->area_ids, key);
	if (!import->area) {
		g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		GHashTableIter each;
		gpointer value;
		g_hash_table_iter_init(&each, import->area_ids);
		while (g_hash_table_iter_next(&each, NULL, &value)) {
			g_hash_table_insert(taken, g_strdup(value), GUINT_TO_POINTER(1));
		}
		bool ignored;
		char *made = g_strdup(identifier(taken, key, "area", &ignored));
		g_hash_table_insert(import->area_ids, g_strdup(key), made);
		import->area = made;
		json_array_append_new(import->areas,
			json_pack("{s:s, s:s}", "id", made, "name_it", *trimmed ? trimmed : key));
	}
}

void import_area(struct import *import, const char *name)
{
	import_area_known(import, NULL, name);
}

static json_t *options_json(const struct draft *draft, json_t *key)
{
	json_t *options = json_array();
	for (guint i = 0; i < draft->options->len; i++) {
		char id[12];
		g_snprintf(id, sizeof(id), i < 26 ? "%c" : "o%u", i < 26 ? 'a' + i : i);
		json_array_append_new(options,
			json_pack("{s:s, s:s}", "id", id, "text", (const char *)draft->options->pdata[i]));
		if (i < 32 && draft->key & (1u << i)) {
			json_array_append_new(key, json_string(id));
		}
	}
	return options;
}

static void set_explanation(json_t *item, const char *text)
{
	const bool longer = g_utf8_strlen(text, -1) > (glong)BANK_TEXT_MAX;
	g_autofree char *kept = longer ? g_utf8_substring(text, 0, BANK_TEXT_MAX - 1) : g_strdup(text);
	json_object_set_new(item, "explanation", json_sprintf("%s%s", kept, longer ? "…" : ""));
}

static json_t *item_json(struct import *import, const struct draft *draft, bool *ret_renamed)
{
	json_t *key = json_array();
	json_t *item =
		json_pack("{s:s, s:s, s:i, s:s, s:s}", "id", identifier(import->ids, draft->name, "quesito", ret_renamed),
			"area", import->area, "difficulty", draft->difficulty ? (int)draft->difficulty : 3,
			"type", item_type_name(draft->type), "stem", draft->stem);
	if (draft->more) {
		json_object_update(item, draft->more);
		json_decref(key);
		key = NULL;
	} else if (draft->type == ITEM_TRUE_FALSE) {
		json_array_append_new(key, json_string(draft->key & 1 ? "true" : "false"));
	} else {
		json_object_set_new(item, "options", options_json(draft, key));
	}
	if (key) {
		json_object_set_new(item, "key", key);
	}
	if (draft->keep_order) {
		json_object_set_new(item, "shuffle", json_false());
	}
	if (draft->explanation && *draft->explanation) {
		set_explanation(item, draft->explanation);
	}
	return item;
}

/* What a bank says of this item alone; the first error in `ret`. */
static bool item_is_good(const struct import *import, json_t *item, struct problem *ret)
{
	json_auto_t *root = json_pack("{s:s, s:s, s:s, s:[{s:s, s:s}], s:[O]}", "format", "fad-bank-1",
		"name", "x", "version", "1", "areas", "id", import->area, "name_it", "x", "items", item);
	char *text = json_dumps(root, JSON_COMPACT);
	struct faults faults;
	faults_init(&faults, 8);
	struct bank *bank = text ? bank_read(text, strlen(text), &faults) : NULL;
	free(text);
	for (guint i = 0; !bank && i < faults.list->len; i++) {
		const struct problem *problem = &g_array_index(faults.list, struct problem, i);
		if (problem->severity == SEVERITY_ERROR) {
			*ret = *problem;
			break;
		}
	}
	bank_destroy(bank);
	faults_finish(&faults);
	return bank != NULL;
}

bool import_heed(struct import *import, const struct draft *draft, struct text_notes *notes, json_t *item)
{
	const char *name = draft->name ? draft->name : "?";
	const bool good = !notes->refused;
	if (!good) {
		import_refuse(import, notes->is_passage ? IMPORT_FAULT_PASSAGE : IMPORT_FAULT_MEDIA, draft->line, draft->name,
			notes->refused);
	} else if (notes->no_alt) {
		json_object_set_new(item, "state", json_string("draft"));
		import_note(import, IMPORT_FAULT_ALT, draft->line, name, name, NULL);
	}
	if (good && notes->script) {
		import_note(import, IMPORT_FAULT_SCRIPT, draft->line, name, name, NULL);
	}
	g_clear_pointer(&notes->refused, g_free);
	return good;
}

/* Texts that are HTML made into ours; what was met is told. False: refused. */
static bool convert(struct import *import, const struct draft *draft, json_t *ret_item)
{
	struct text_notes notes = {0};
	json_object_set_new(ret_item, "stem", import_rich(import, draft->stem, draft->files, &notes));
	for (guint i = 0; draft->options && i < draft->options->len && !draft->more; i++) {
		json_t *option = json_array_get(json_object_get(ret_item, "options"), i);
		json_object_set_new(option, "text", import_rich(import, draft->options->pdata[i], draft->files, &notes));
	}
	if (json_object_get(ret_item, "explanation")) {
		bool ignored = false;
		g_autofree char *explanation = import_plain(draft->explanation, &ignored, &notes.script);
		set_explanation(ret_item, explanation);
	}
	return import_heed(import, draft, &notes, ret_item);
}

bool import_add(struct import *import, const struct draft *draft)
{
	if (!draft->key && draft->type != ITEM_TRUE_FALSE && !draft->more) {
		import_refuse(import, IMPORT_FAULT_KEY, draft->line, draft->name, NULL);
		return false;
	}
	if (import->count.imported >= BANK_ITEMS_MAX) {
		import_refuse(import, IMPORT_FAULT_ITEM, draft->line, draft->name, "limite / limit: 100000");
		return false;
	}
	if (!import->area) {
		import_area(import, "");
	}
	bool renamed;
	json_t *item = item_json(import, draft, &renamed);
	struct problem why = {0};
	if (item && draft->html && !convert(import, draft, item)) {
		json_decref(item);
		return false;
	}
	if (item && item_is_good(import, item, &why)) {
		json_array_append_new(import->items, item);
		import->count.imported++;
		if (renamed && draft->name && *draft->name) {
			import_note(import, IMPORT_FAULT_RENAMED, draft->line, draft->name, draft->name,
				json_string_value(json_object_get(item, "id")));
		}
		return true;
	}
	g_autofree char *both = g_strdup_printf("%s / %s", why.it, why.en);
	json_decref(item);
	import_refuse(import, IMPORT_FAULT_ITEM, draft->line, draft->name, *why.it ? both : "UTF-8");
	return false;
}
