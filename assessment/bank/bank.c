#include "assessment/bank/bank.h"

#include <string.h>

static const char *const type_names[ITEM_TYPE_MAX] = {
	[ITEM_SINGLE] = "single",
	[ITEM_MULTIPLE] = "multiple",
	[ITEM_TRUE_FALSE] = "true_false",
	[ITEM_MATCH] = "match",
	[ITEM_ORDER] = "order",
	[ITEM_INLINE_CHOICE] = "inline_choice",
	[ITEM_TEXT_ENTRY] = "text_entry",
	[ITEM_GAP_MATCH] = "gap_match",
	[ITEM_HOT_TEXT] = "hot_text",
	[ITEM_EXTENDED_TEXT] = "extended_text",
};

bool item_type_is_choice(enum item_type type)
{
	return type == ITEM_SINGLE || type == ITEM_MULTIPLE || type == ITEM_TRUE_FALSE || type == ITEM_HOT_TEXT;
}

bool item_type_is_pairs(enum item_type type)
{
	return type == ITEM_MATCH || type == ITEM_INLINE_CHOICE || type == ITEM_GAP_MATCH;
}

const char *item_type_name(enum item_type type)
{
	g_assert(type < ITEM_TYPE_MAX);
	return type_names[type];
}

bool item_type_parse(const char *name, enum item_type *ret)
{
	for (guint i = 0; i < ITEM_TYPE_MAX; i++) {
		if (strcmp(type_names[i], name) == 0) {
			*ret = (enum item_type)i;
			return true;
		}
	}
	return false;
}

const struct bank_item *bank_find(const struct bank *bank, const char *id)
{
	for (guint i = 0; i < bank->item_count; i++) {
		if (strcmp(bank->items[i].id, id) == 0) {
			return &bank->items[i];
		}
	}
	return NULL;
}

void bank_destroy(struct bank *bank)
{
	if (!bank) {
		return;
	}
	g_string_chunk_free(bank->texts);
	g_ptr_array_unref(bank->blocks);
	g_free(bank);
}

void bank_item_each_media(const struct bank_item *item, rich_media *call, void *data)
{
	rich_each_media(item->stem, call, data);
	for (guint i = 0; i < item->media_count; i++) {
		call(item->media[i].sha256, item->media[i].type, item->media[i].alt, data);
	}
	for (guint i = 0; i < item->option_count; i++) {
		rich_each_media(item->options[i].text, call, data);
	}
	for (guint i = 0; i < item->slot_count; i++) {
		rich_each_media(item->slots[i].text, call, data);
	}
}
