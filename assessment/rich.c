#include "assessment/rich.h"

#include <glib.h>
#include <string.h>

#include "assessment/bank/bank.h"

#define RICH_MARK '\1'

enum kind {
	INLINE, /* in a line of text */
	BLOCK,  /* begins and ends a line */
	LIST,   /* of li */
	ENTRY,  /* li */
	TABLE,  /* of tr */
	ROW,    /* of cells */
	CELL,
	EMPTY, /* br */
	MEDIA,
};

static const struct {
	const char *tag;
	enum kind kind;
} tags[] = {
	{"p", BLOCK}, {"em", INLINE}, {"strong", INLINE}, {"sub", INLINE}, {"sup", INLINE}, {"code", INLINE}, {"pre", BLOCK},
	{"blockquote", BLOCK}, {"ul", LIST}, {"ol", LIST}, {"li", ENTRY}, {"table", TABLE}, {"tr", ROW}, {"th", CELL},
	{"td", CELL}, {"br", EMPTY}, {"img", MEDIA}, {"audio", MEDIA},
};

/* May `inner` stand in `outer`? Text is INLINE. */
static bool may_hold(enum kind outer, enum kind inner)
{
	switch (outer) {
	case LIST:
		return inner == ENTRY;
	case TABLE:
		return inner == ROW;
	case ROW:
		return inner == CELL;
	case EMPTY:
	case MEDIA:
		return false;
	case INLINE:
	case BLOCK:
	case ENTRY:
	case CELL:
		return inner != ENTRY && inner != ROW && inner != CELL;
	}
	return false;
}

static bool kind_of(json_t *node, enum kind *ret)
{
	const char *tag = json_string_value(json_object_get(node, "tag"));
	if (json_is_string(node)) {
		*ret = INLINE;
		return true;
	}
	for (size_t i = 0; tag && i < G_N_ELEMENTS(tags); i++) {
		if (strcmp(tag, tags[i].tag) == 0) {
			*ret = tags[i].kind;
			return true;
		}
	}
	return false;
}

static const char *member(json_t *node, const char *name)
{
	const char *text = json_string_value(json_object_get(node, name));
	return text ? text : "";
}

static bool media_is_sound(json_t *node)
{
	const char *sum = member(node, "sha256"), *type = member(node, "type");
	const bool image = strcmp(member(node, "tag"), "img") == 0;
	return strlen(sum) == 64 && strspn(sum, "0123456789abcdef") == 64 && bank_media_type(type) &&
	       g_str_has_prefix(type, image ? "image/" : "audio/") && json_is_string(json_object_get(node, "alt"));
}

/* NULL when all is well. */
static const char *fault_of(json_t *list, enum kind outer, guint depth, guint *nodes)
{
	size_t i;
	json_t *node;
	if (!json_is_array(list) || depth > RICH_DEPTH_MAX) {
		return "of";
	}
	json_array_foreach(list, i, node)
	{
		enum kind kind;
		if (++*nodes > RICH_NODES_MAX) {
			return "più di 1000 nodi / more than 1000 nodes";
		}
		if (!kind_of(node, &kind) || !may_hold(outer, kind)) {
			return "tag";
		}
		if (kind == MEDIA && !media_is_sound(node)) {
			return "sha256, type, alt";
		}
		const bool leaf = json_is_string(node) || kind == MEDIA || kind == EMPTY;
		const char *why = leaf ? NULL : fault_of(json_object_get(node, "of"), kind, depth + 1, nodes);
		if (why) {
			return why;
		}
	}
	return NULL;
}

bool rich_is(const char *text)
{
	return text[0] == RICH_MARK;
}

static bool all_inline(json_t *list)
{
	size_t i;
	json_t *node;
	json_array_foreach(list, i, node)
	{
		enum kind kind;
		const bool known = kind_of(node, &kind), image = known && kind == MEDIA && strcmp(member(node, "tag"), "img") == 0;
		if (!known || !(kind == INLINE || kind == EMPTY || image) || !all_inline(json_object_get(node, "of"))) {
			return false;
		}
	}
	return true;
}

bool rich_is_inline(const char *text)
{
	json_auto_t *list = rich_is(text) ? rich_json(text) : NULL;
	return all_inline(list);
}

static char *marked(json_t *list)
{
	char *dumped = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
	char *text = g_strdup_printf("%c%s", RICH_MARK, dumped);
	free(dumped);
	return text;
}

char *rich_read(json_t *value, const char **ret_why)
{
	guint nodes = 0;
	const char *why = NULL;
	if (json_is_string(value)) {
		const char *text = json_string_value(value);
		return g_strdup(*text == RICH_MARK ? text + 1 : text);
	}
	why = json_is_array(value) ? fault_of(value, BLOCK, 1, &nodes) : "testo / text";
	if (ret_why) {
		*ret_why = why;
	}
	return why ? NULL : marked(value);
}

json_t *rich_json(const char *text)
{
	json_t *list = rich_is(text) ? json_loads(text + 1, 0, NULL) : NULL;
	return list ? list : json_string(text);
}

static void end_line(GString *plain)
{
	while (plain->len && plain->str[plain->len - 1] == ' ') {
		g_string_truncate(plain, plain->len - 1);
	}
	if (plain->len && plain->str[plain->len - 1] != '\n') {
		g_string_append_c(plain, '\n');
	}
}

/* Raised and lowered text keeps its place: by the digits that Unicode has for it, or by a sign before. */
static void append_shifted(const char *text, bool raised, GString *plain)
{
	static const char *const digits[2][10] = {{"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"},
		{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"}};
	if (strspn(text, "0123456789") != strlen(text)) {
		g_string_append_printf(plain, g_utf8_strlen(text, -1) > 1 ? "%s(%s)" : "%s%s", raised ? "^" : "_", text);
		return;
	}
	for (; *text; text++) {
		g_string_append(plain, digits[raised][*text - '0']);
	}
}

static bool is_shifted(json_t *node, bool *ret_raised)
{
	const char *tag = member(node, "tag");
	*ret_raised = strcmp(tag, "sup") == 0;
	return *ret_raised || strcmp(tag, "sub") == 0;
}

static void append_plain(json_t *list, GString *plain)
{
	size_t i;
	json_t *node;
	json_array_foreach(list, i, node)
	{
		enum kind kind;
		bool raised;
		if (!kind_of(node, &kind)) {
			continue;
		}
		if (is_shifted(node, &raised)) {
			g_autoptr(GString) inside = g_string_new(NULL);
			append_plain(json_object_get(node, "of"), inside);
			append_shifted(inside->str, raised, plain);
		} else if (json_is_string(node)) {
			g_string_append(plain, json_string_value(node));
		} else if (kind == MEDIA) {
			g_string_append(plain, member(node, "alt"));
		} else {
			if (kind != INLINE && kind != CELL) {
				end_line(plain);
			}
			append_plain(json_object_get(node, "of"), plain);
			if (kind == CELL) {
				g_string_append_c(plain, ' ');
			} else if (kind != INLINE && kind != EMPTY) {
				end_line(plain);
			}
		}
	}
}

char *rich_plain(const char *text)
{
	if (!rich_is(text)) {
		return g_strdup(text);
	}
	json_auto_t *list = rich_json(text);
	GString *plain = g_string_new(NULL);
	append_plain(list, plain);
	return g_strstrip(g_string_free(plain, FALSE));
}

static void each_media(json_t *list, rich_media *call, void *data)
{
	size_t i;
	json_t *node;
	json_array_foreach(list, i, node)
	{
		enum kind kind;
		if (kind_of(node, &kind) && kind == MEDIA) {
			call(member(node, "sha256"), member(node, "type"), member(node, "alt"), data);
		}
		each_media(json_object_get(node, "of"), call, data);
	}
}

void rich_each_media(const char *text, rich_media *call, void *data)
{
	json_auto_t *list = rich_is(text) ? rich_json(text) : NULL;
	each_media(list, call, data);
}
