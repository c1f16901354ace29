/* MathML as words: what a line of text with raised and lowered parts can say. What it cannot is refused by name. */
#include "assessment/import/xml.h"

#include <string.h>

#define DEPTH_MAX 12u

struct math {
	const char *why; /* the element that cannot be said; borrowed */
	guint depth;
};

static void say_all(struct math *math, node *top, json_t *list);
static void say(struct math *math, node *at, json_t *list);

static node *element(node *at)
{
	while (at && at->type != XML_ELEMENT_NODE) {
		at = at->next;
	}
	return at;
}

static void words(json_t *list, const char *text)
{
	const size_t last = json_array_size(list);
	json_t *before = last ? json_array_get(list, last - 1) : NULL;
	if (json_is_string(before)) {
		json_array_set_new(list, last - 1, json_sprintf("%s%s", json_string_value(before), text));
	} else if (*text) {
		json_array_append_new(list, json_string(text));
	}
}

static bool is_one_of(const char *text, const char *const *list)
{
	return g_strv_contains(list, text);
}

/* Numbers, letters, names and signs. Signs between two things, and names, stand apart from what follows. */
static void say_token(node *at, json_t *list)
{
	static const char *const between[] = {"=", "+", "-", "−", "±", "×", "·", "÷", "<", ">", "≤", "≥", "≠", "≈", "→", "⇒", "∈", "∪", "∩", NULL};
	static const char *const unseen[] = {"\xE2\x81\xA1", "\xE2\x81\xA2", "\xE2\x81\xA3", "\xE2\x81\xA4", NULL}; /* U+2061 … U+2064 */
	g_autofree char *text = xml_text(at);
	const bool is_sign = xml_is(at, "mo"), infix = is_sign && json_array_size(list) && is_one_of(text, between);
	const bool name = xml_is(at, "mi") && g_utf8_strlen(text, -1) > 1;
	if (is_sign && is_one_of(text, unseen)) {
		return;
	}
	g_autofree char *apart = g_strdup_printf("%s%s%s", infix ? " " : "", text, infix || name ? " " : "");
	words(list, apart);
}

/* One thing, or several that parentheses must hold together. */
static void say_together(struct math *math, node *at, json_t *list)
{
	json_auto_t *inside = json_array();
	say(math, at, inside);
	const char *only = json_array_size(inside) == 1 ? json_string_value(json_array_get(inside, 0)) : NULL;
	const bool one = only && g_utf8_strlen(only, -1) > 0 && !strpbrk(only, " +-=/") && (g_utf8_strlen(only, -1) == 1 || strspn(only, "0123456789.,") == strlen(only));
	words(list, one ? "" : "(");
	size_t i;
	json_t *part;
	json_array_foreach(inside, i, part)
	{
		if (json_is_string(part)) {
			words(list, json_string_value(part));
		} else {
			json_array_append(list, part);
		}
	}
	words(list, one ? "" : ")");
}

static void shifted(struct math *math, node *at, const char *tag, json_t *list)
{
	json_t *inside = json_array();
	if (at) {
		say(math, at, inside);
	}
	json_array_append_new(list, json_pack("{s:s, s:o}", "tag", tag, "of", inside));
}

static void say_fenced(struct math *math, node *at, json_t *list)
{
	g_autofree char *open = xml_attribute(at, "open", NULL), *close = xml_attribute(at, "close", NULL);
	words(list, open ? open : "(");
	for (node *part = element(at->children); part; part = element(part->next)) {
		say(math, part, list);
		words(list, element(part->next) ? ", " : "");
	}
	words(list, close ? close : ")");
}

static void say_built(struct math *math, node *at, json_t *list)
{
	node *first = element(at->children), *second = first ? element(first->next) : NULL, *third = second ? element(second->next) : NULL;
	const bool both = xml_is(at, "msubsup");
	if (xml_is(at, "mfenced")) {
		say_fenced(math, at, list);
	} else if (xml_is(at, "msqrt")) {
		words(list, "√(");
		say_all(math, at, list);
		words(list, ")");
	} else if (!second || (both && !third)) {
		math->why = (const char *)at->name;
	} else if (xml_is(at, "mfrac")) {
		say_together(math, first, list);
		words(list, "/");
		say_together(math, second, list);
	} else if (xml_is(at, "mroot")) {
		shifted(math, second, "sup", list);
		words(list, "√");
		say_together(math, first, list);
	} else {
		say(math, first, list);
		if (both || xml_is(at, "msub")) {
			shifted(math, second, "sub", list);
		}
		if (both || xml_is(at, "msup")) {
			shifted(math, both ? third : second, "sup", list);
		}
	}
}

static void say(struct math *math, node *at, json_t *list)
{
	static const char *const tokens[] = {"mi", "mn", "mo", "mtext", "ms", NULL};
	static const char *const rows[] = {"math", "mrow", "mstyle", "mpadded", "merror", NULL};
	static const char *const built[] = {"mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mfenced", NULL};
	const char *name = (const char *)at->name;
	if (++math->depth > DEPTH_MAX) {
		math->why = name;
	} else if (is_one_of(name, tokens)) {
		say_token(at, list);
	} else if (is_one_of(name, rows)) {
		say_all(math, at, list);
	} else if (is_one_of(name, built)) {
		say_built(math, at, list);
	} else if (strcmp(name, "semantics") == 0 && element(at->children)) {
		say(math, element(at->children), list);
	} else if (strcmp(name, "mspace") == 0) {
		words(list, " ");
	} else if (strcmp(name, "mphantom") != 0) {
		math->why = name;
	}
	math->depth--;
}

static void say_all(struct math *math, node *top, json_t *list)
{
	for (node *at = element(top->children); at && !math->why; at = element(at->next)) {
		say(math, at, list);
	}
}

json_t *import_math(node *top, const char **ret_why)
{
	struct math math = {0};
	json_t *list = json_array();
	g_autofree char *said = xml_attribute(top, "alttext", NULL);
	say_all(&math, top, list);
	if (math.why && said && *said) {
		json_array_clear(list);
		json_array_append_new(list, json_string(said));
		math.why = NULL;
	}
	*ret_why = math.why;
	return list;
}
