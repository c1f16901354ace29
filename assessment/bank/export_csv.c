/* A bank as CSV for a spreadsheet, and for import_read() to read again. */
#include "assessment/import/import.h"

#include <string.h>

/* Quoted where needed. What a spreadsheet would take for a formula gets an apostrophe in front. */
static void field(GString *csv, const char *text, char end)
{
	if (*text && (strpbrk(text, ";\"\n\r") || strchr("=+-@\t'", *text))) {
		g_string_append_c(csv, '"');
		if (strchr("=+-@\t", *text)) {
			g_string_append_c(csv, '\'');
		}
		for (; *text; text++) {
			g_string_append_len(csv, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
		}
		g_string_append_c(csv, '"');
	} else {
		g_string_append(csv, text);
	}
	g_string_append_c(csv, end);
}

static void options_and_key(GString *csv, const struct bank_item *item)
{
	g_autoptr(GString) options = g_string_new(NULL);
	g_autoptr(GString) key = g_string_new(NULL);
	for (guint i = 0; i < item->option_count && item->type != ITEM_TRUE_FALSE; i++) {
		g_autofree char *plain = rich_plain(item->options[i].text);
		g_auto(GStrv) parts = g_strsplit(plain, "|", -1);
		g_autofree char *text = g_strjoinv("\\|", parts);
		g_string_append_printf(options, "%s%s", i ? "|" : "", text);
		if (item->key & (1u << i)) {
			g_string_append_printf(key, "%s%c", key->len ? "," : "", 'a' + i);
		}
	}
	if (item->type == ITEM_TRUE_FALSE) {
		guint right = item->key & 1 ? 0 : 1;
		g_string_assign(key, item->options[right].id);
	}
	field(csv, options->str, ';');
	field(csv, key->str, ';');
}

static void note_media(const char *sha256, const char *type, const char *alt, void *data)
{
	*(bool *)data = true;
}

char *bank_csv(const struct bank *bank)
{
	GString *csv = g_string_new(IMPORT_CSV_HEAD "\n");
	for (guint i = 0; i < bank->item_count; i++) {
		const struct bank_item *item = &bank->items[i];
		bool media = false;
		bank_item_each_media(item, note_media, &media);
		if (item->type > ITEM_TRUE_FALSE || media) {
			continue;
		}
		field(csv, item->id, ';');
		field(csv, bank->areas[item->area].id, ';');
		field(csv, bank->areas[item->area].name_it, ';');
		g_string_append_printf(csv, "%u;", item->difficulty);
		field(csv, item_type_name(item->type), ';');
		g_autofree char *stem = rich_plain(item->stem);
		field(csv, stem, ';');
		options_and_key(csv, item);
		field(csv, item->shuffle || item->type == ITEM_TRUE_FALSE ? "" : "no", ';');
		field(csv, item->explanation, '\n');
	}
	return g_string_free(csv, FALSE);
}
