#include "assessment/bank/reader.h"

#include <string.h>

void bank_fault_at(struct bank_reader *reader, enum bank_fault which, const char *field, const char *one,
	const char *two)
{
	g_autofree char *where = NULL;
	if (field && *reader->element) {
		where = g_strdup_printf("%s, %s", reader->element, field);
	} else {
		where = g_strdup(field ? field : reader->element);
	}
	faults_add(reader->faults, &bank_faults[which], where, one, two);
}

void bank_fault_limit(
	struct bank_reader *reader, enum bank_fault which, const char *field, const char *one, guint limit)
{
	char text[16];
	g_snprintf(text, sizeof(text), "%u", limit);
	bank_fault_at(reader, which, field, one, text);
}

void *bank_block(struct bank_reader *reader, size_t count, size_t size)
{
	void *memory = g_malloc0_n(MAX(count, 1), size);
	g_ptr_array_add(reader->bank->blocks, memory);
	return memory;
}

/* Text that is meant as markup in another program: worth a word, harmless here. */
void bank_hint_markup(struct bank_reader *reader, const char *field, const char *text)
{
	for (const char *at = strchr(text, '<'); at; at = strchr(at + 1, '<')) {
		const char *name = at[1] == '/' ? at + 2 : at + 1;
		const char *end = strchr(name, '>');
		if (g_ascii_isalpha(*name) && end && end - at < 80) {
			g_autofree char *tag = g_strndup(at, (gsize)(end - at + 1));
			bank_fault_at(reader, BANK_MARKUP, field, tag, NULL);
			return;
		}
	}
}

/* A string member, not empty unless optional; NULL after a fault. Owned by the bank. */
const char *bank_text(struct bank_reader *reader, json_t *object, const char *field, guint max, bool optional)
{
	json_t *value = json_object_get(object, field);
	if (!value || json_is_null(value)) {
		if (optional) {
			return "";
		}
		bank_fault_at(reader, BANK_MISSING, field, field, NULL);
		return NULL;
	}
	if (!json_is_string(value)) {
		bank_fault_at(reader, BANK_TYPE, field, field, "testo / text");
		return NULL;
	}
	g_autofree char *text = g_strstrip(rich_read(value, NULL));
	if (!*text && !optional) {
		bank_fault_at(reader, BANK_EMPTY_TEXT, field, field, NULL);
		return NULL;
	}
	if (g_utf8_strlen(text, -1) > (glong)max) {
		bank_fault_limit(reader, BANK_LONG_TEXT, field, field, max);
		return NULL;
	}
	return g_string_chunk_insert(reader->bank->texts, text);
}

static void note_media(const char *sha256, const char *type, const char *alt, void *data)
{
	*(bool *)data = true;
}

static void check_alternative(const char *sha256, const char *type, const char *alt, void *data)
{
	struct bank_reader *reader = data;
	if (!*alt && !reader->draft) {
		bank_fault_at(reader, BANK_MEDIA_ALT, "alt", NULL, NULL);
	}
}

const char *bank_rich(struct bank_reader *reader, json_t *object, const char *field, guint max)
{
	json_t *value = json_object_get(object, field);
	const char *why = NULL;
	if (!json_is_array(value)) {
		return bank_text(reader, object, field, max, false);
	}
	g_autofree char *text = rich_read(value, &why);
	if (!text) {
		bank_fault_at(reader, BANK_RICH, field, why, NULL);
		return NULL;
	}
	bool media = false;
	g_autofree char *plain = rich_plain(text);
	rich_each_media(text, check_alternative, reader);
	rich_each_media(text, note_media, &media);
	if (!*plain && !media) {
		bank_fault_at(reader, BANK_EMPTY_TEXT, field, field, NULL);
		return NULL;
	}
	if (g_utf8_strlen(plain, -1) > (glong)max) {
		bank_fault_limit(reader, BANK_LONG_TEXT, field, field, max);
		return NULL;
	}
	return g_string_chunk_insert(reader->bank->texts, text);
}

static bool id_shape(const char *id)
{
	size_t len = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
	return len > 0 && len <= BANK_ID_MAX && id[len] == '\0';
}

const char *bank_id(struct bank_reader *reader, json_t *object)
{
	const char *id = bank_text(reader, object, "id", BANK_TEXT_MAX, false);
	if (id && !id_shape(id)) {
		bank_fault_limit(reader, BANK_BAD_ID, "id", id, BANK_ID_MAX);
		return NULL;
	}
	return id;
}

void bank_hint_unknown(struct bank_reader *reader, json_t *object, const char *const *known, size_t count)
{
	const char *name;
	json_t *value;
	json_object_foreach(object, name, value)
	{
		bool found = false;
		for (size_t i = 0; i < count && !found; i++) {
			found = strcmp(known[i], name) == 0;
		}
		if (!found) {
			bank_fault_at(reader, BANK_UNKNOWN_MEMBER, name, name, NULL);
		}
	}
}

/* A list member with 1..max elements; NULL after a fault. */
json_t *bank_list(struct bank_reader *reader, json_t *object, const char *field, guint max)
{
	json_t *list = json_object_get(object, field);
	if (!list) {
		bank_fault_at(reader, BANK_MISSING, field, field, NULL);
		return NULL;
	}
	if (!json_is_array(list)) {
		bank_fault_at(reader, BANK_TYPE, field, field, "lista / list");
		return NULL;
	}
	if (json_array_size(list) == 0) {
		bank_fault_at(reader, BANK_NO_ITEMS, field, field, NULL);
		return NULL;
	}
	if (json_array_size(list) > max) {
		bank_fault_limit(reader, BANK_TOO_MANY, field, field, max);
		return NULL;
	}
	return list;
}
