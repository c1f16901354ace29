/* HTML made into a text as in rich.h: what is not known there gives way to what it holds, script and style to nothing. */
#include "assessment/import/xml.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "assessment/rich.h"

#define DEPTH_MAX (RICH_DEPTH_MAX - 2)

enum deed {
	DEED_HOLD,   /* only what is in it */
	DEED_TAKE,   /* as the element `to` */
	DEED_TITLE,  /* a paragraph of strong text */
	DEED_CAPTION, /* a row of one heading */
	DEED_DROP,   /* nothing of it */
	DEED_SCRIPT, /* nothing of it, and that is told */
	DEED_MEDIA,
	DEED_MATH,
	DEED_READING, /* how what stands before is read: in parentheses */
	DEED_REFUSE, /* an item with it is not imported */
};

static const struct {
	const char *name;
	enum deed deed;
	const char *to;
	bool rich; /* a text that has it is more than words and line ends */
} elements[] = {
	{"p", DEED_TAKE, "p", false}, {"div", DEED_TAKE, "p", false}, {"section", DEED_TAKE, "p", false}, {"br", DEED_TAKE, "br", false},
	{"h1", DEED_TITLE, "strong", false}, {"h2", DEED_TITLE, "strong", false}, {"h3", DEED_TITLE, "strong", false},
	{"h4", DEED_TITLE, "strong", false}, {"h5", DEED_TITLE, "strong", false}, {"h6", DEED_TITLE, "strong", false},
	{"em", DEED_TAKE, "em", true}, {"i", DEED_TAKE, "em", true}, {"dfn", DEED_TAKE, "em", true}, {"cite", DEED_TAKE, "em", true},
	{"var", DEED_TAKE, "em", true}, {"strong", DEED_TAKE, "strong", true}, {"b", DEED_TAKE, "strong", true},
	{"sub", DEED_TAKE, "sub", true}, {"sup", DEED_TAKE, "sup", true}, {"code", DEED_TAKE, "code", true},
	{"tt", DEED_TAKE, "code", true}, {"kbd", DEED_TAKE, "code", true}, {"samp", DEED_TAKE, "code", true},
	{"pre", DEED_TAKE, "pre", true}, {"blockquote", DEED_TAKE, "blockquote", true},
	{"ul", DEED_TAKE, "ul", true}, {"ol", DEED_TAKE, "ol", true}, {"li", DEED_TAKE, "li", true},
	{"table", DEED_TAKE, "table", true}, {"caption", DEED_CAPTION, "th", true}, {"tr", DEED_TAKE, "tr", true}, {"th", DEED_TAKE, "th", true}, {"td", DEED_TAKE, "td", true},
	{"img", DEED_MEDIA, "img", true}, {"audio", DEED_MEDIA, "audio", true}, {"object", DEED_MEDIA, "img", true},
	{"script", DEED_SCRIPT, NULL, false}, {"style", DEED_SCRIPT, NULL, false},
	{"title", DEED_DROP, NULL, false}, {"video", DEED_REFUSE, NULL, false}, {"embed", DEED_REFUSE, NULL, false},
	{"iframe", DEED_REFUSE, NULL, false}, {"svg", DEED_REFUSE, NULL, false}, {"math", DEED_MATH, NULL, true}, {"rt", DEED_READING, NULL, true},
	{"rp", DEED_DROP, NULL, true},
	{"canvas", DEED_REFUSE, NULL, false}, {"form", DEED_REFUSE, NULL, false}, {"input", DEED_REFUSE, NULL, false},
};

struct building {
	struct import *import;
	node *files;
	struct text_notes *notes;
	bool rich;  /* it has more than words and line ends */
	guint nodes;
};

/* --- Images and sounds --- */

static void refuse(struct building *building, const char *source, const char *why)
{
	if (!building->notes->refused) {
		building->notes->refused = g_strdup_printf("%.80s: %s", g_str_has_prefix(source, "data:") ? "data:…" : source, why);
	}
}

/* The bytes that a source names, yours; NULL when they are not here. */
static guchar *find_bytes(const struct building *building, const char *source, gsize *ret_len)
{
	const struct import *import = building->import;
	if (g_str_has_prefix(source, "data:")) {
		const char *comma = strstr(source, ";base64,");
		return comma ? g_base64_decode(comma + 8, ret_len) : NULL;
	}
	g_autofree char *name = g_uri_unescape_string(source, NULL);
	const char *bare = name && strstr(name, "@@PLUGINFILE@@/") == name ? name + strlen("@@PLUGINFILE@@/") : name;
	for (node *at = building->files && bare ? building->files->children : NULL; at; at = xml_walk(at, building->files)) {
		g_autofree char *file = xml_is(at, "file") ? xml_attribute(at, "name", NULL) : NULL;
		if (file && strcmp(file, bare) == 0) {
			g_autofree char *text = xml_text(at);
			return g_base64_decode(text, ret_len);
		}
	}
	const struct import_file *packed = import_file_named(import, source);
	*ret_len = packed ? packed->len : 0;
	return packed ? g_memdup2(packed->bytes, packed->len) : NULL;
}

/* NULL, and `ret_why` says why. */
static json_t *media_json(struct building *building, node *element, const char **ret_why)
{
	node *inner = xml_child(element, "source");
	g_autofree char *own = xml_attribute(element, "src", "data"), *below = own || !inner ? NULL : xml_attribute(inner, "src", NULL);
	const char *source = own ? own : below ? below : "?";
	g_autofree char *alt = xml_attribute(element, "alt", "aria-label");
	g_autofree char *said = alt ? g_strdup(alt) : xml_text(element);
	gsize len = 0;
	g_autofree guchar *bytes = building->import ? find_bytes(building, source, &len) : NULL;
	char sum[65];
	const char *why = !building->import ? "qui va solo testo, anche per lo standard QTI / only text may stand here, by the QTI standard too"
			  : bytes           ? import_media_add(building->import->media, bytes, len, sum)
					    : "il file non c’è / the file is not there";
	*ret_why = why;
	if (why) {
		return NULL;
	}
	const char *type = import_media_type(bytes, len);
	g_strstrip(said);
	building->notes->no_alt = building->notes->no_alt || !*said;
	return json_pack("{s:s, s:s, s:s, s:s}", "tag", g_str_has_prefix(type, "image/") ? "img" : "audio", "sha256", sum, "type",
		type, "alt", said);
}

/* --- Elements --- */

static void add(json_t *list, json_t *json)
{
	if (json) {
		json_array_append_new(list, json);
	}
}

/* Runs of blanks are one; none begins a line. */
static void add_words(struct building *building, json_t *list, const char *text, bool as_is)
{
	g_autoptr(GString) words = g_string_new(NULL);
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		const gunichar c = g_utf8_get_char(at);
		const bool blank = !as_is && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0);
		if (!blank) {
			g_string_append_unichar(words, c == 1 ? ' ' : c);
		} else if (!words->len || words->str[words->len - 1] != ' ') {
			g_string_append_c(words, ' ');
		}
	}
	const size_t last = json_array_size(list);
	json_t *before = last ? json_array_get(list, last - 1) : NULL;
	if (json_is_string(before)) {
		const char *earlier = json_string_value(before);
		const bool twice = words->len && words->str[0] == ' ' && g_str_has_suffix(earlier, " ");
		json_array_set_new(list, last - 1, json_sprintf("%s%s", earlier, words->str + (twice ? 1 : 0)));
	} else if (words->len) {
		json_array_append_new(list, json_string(words->str));
	}
}

/* Only what may stand in it: rows in a table, cells in a row, entries in a list. */
static bool belongs(const char *outer, json_t *inner)
{
	static const char *const homes[][2] = {{"ul", "li"}, {"ol", "li"}, {"table", "tr"}, {"tr", "td"}, {"tr", "th"}};
	const char *tag = json_string_value(json_object_get(inner, "tag"));
	bool needs = false, home = false;
	for (size_t i = 0; i < G_N_ELEMENTS(homes); i++) {
		needs = needs || strcmp(outer, homes[i][0]) == 0 || g_strcmp0(tag, homes[i][1]) == 0;
		home = home || (strcmp(outer, homes[i][0]) == 0 && g_strcmp0(tag, homes[i][1]) == 0);
	}
	return !needs || home;
}

static void only_what_belongs(const char *outer, json_t *list)
{
	for (size_t i = json_array_size(list); i > 0; i--) {
		if (!belongs(outer, json_array_get(list, i - 1))) {
			json_array_remove(list, i - 1);
		}
	}
}

static void build(struct building *building, node *top, json_t *list, guint depth, bool as_is);

static json_t *element(struct building *building, node *at, const char *tag, guint depth, bool as_is)
{
	json_t *inside = json_array();
	build(building, at, inside, depth + 1, as_is || strcmp(tag, "pre") == 0);
	only_what_belongs(tag, inside);
	if (json_array_size(inside) == 0) {
		json_decref(inside);
		return NULL;
	}
	return json_pack("{s:s, s:o}", "tag", tag, "of", inside);
}

/* An object that cannot be shown gives way to what it holds for that case. */
static void add_media(struct building *building, node *at, json_t *list, guint depth, bool as_is)
{
	const char *why;
	json_t *media = media_json(building, at, &why);
	if (media) {
		json_array_append_new(list, media);
	} else if (g_ascii_strcasecmp((const char *)at->name, "object") == 0 && xmlFirstElementChild((xmlNode *)at)) {
		build(building, at, list, depth, as_is);
	} else {
		g_autofree char *source = xml_attribute(at, "src", "data");
		refuse(building, source ? source : (const char *)at->name, why);
	}
}

static void add_math(struct building *building, node *at, json_t *list)
{
	const char *why;
	json_auto_t *said = import_math(at, &why);
	size_t i;
	json_t *part;
	json_array_foreach(said, i, part)
	{
		if (json_is_string(part)) {
			add_words(building, list, json_string_value(part), false);
		} else {
			json_array_append(list, part);
		}
	}
	if (why) {
		refuse(building, why, "formula che non si può scrivere in una riga / a formula that no line of text can say");
	}
}

static void build_one(struct building *building, node *at, json_t *list, guint depth, bool as_is)
{
	size_t row = G_N_ELEMENTS(elements);
	for (size_t i = 0; i < G_N_ELEMENTS(elements); i++) {
		row = g_ascii_strcasecmp((const char *)at->name, elements[i].name) == 0 ? i : row;
	}
	const enum deed deed = row < G_N_ELEMENTS(elements) ? elements[row].deed : DEED_HOLD;
	const char *to = deed == DEED_HOLD ? NULL : elements[row].to;
	building->rich = building->rich || (row < G_N_ELEMENTS(elements) && elements[row].rich);
	switch (deed) {
	case DEED_HOLD:
		build(building, at, list, depth, as_is);
		break;
	case DEED_TAKE:
		add(list, strcmp(to, "br") == 0 ? json_pack("{s:s}", "tag", to) : element(building, at, to, depth, as_is));
		break;
	case DEED_TITLE: {
		json_t *strong = element(building, at, to, depth + 1, as_is);
		add(list, strong ? json_pack("{s:s, s:[o]}", "tag", "p", "of", strong) : NULL);
		break;
	}
	case DEED_CAPTION: {
		json_t *cell = element(building, at, to, depth + 1, as_is);
		add(list, cell ? json_pack("{s:s, s:[o]}", "tag", "tr", "of", cell) : NULL);
		break;
	}
	case DEED_SCRIPT:
		building->notes->script = true;
		break;
	case DEED_MEDIA:
		add_media(building, at, list, depth, as_is);
		break;
	case DEED_MATH:
		add_math(building, at, list);
		break;
	case DEED_READING:
		add_words(building, list, " (", true);
		build(building, at, list, depth, as_is);
		add_words(building, list, ")", true);
		break;
	case DEED_REFUSE:
		refuse(building, (const char *)at->name, "non ammesso / not allowed");
		break;
	case DEED_DROP:
		break;
	}
}

static void build(struct building *building, node *top, json_t *list, guint depth, bool as_is)
{
	for (node *at = top->children; at && ++building->nodes <= RICH_NODES_MAX; at = at->next) {
		if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) {
			add_words(building, list, at->content ? (const char *)at->content : "", as_is);
		} else if (at->type == XML_ELEMENT_NODE && depth > DEPTH_MAX) {
			g_autofree char *text = xml_text(at);
			add_words(building, list, text, as_is);
		} else if (at->type == XML_ELEMENT_NODE) {
			build_one(building, at, list, depth, as_is);
		}
	}
}

/* Blanks between blocks say nothing. A text that is one paragraph is what stands in it. */
static void tidy(json_t *list)
{
	for (size_t i = json_array_size(list); i > 0; i--) {
		json_t *one = json_array_get(list, i - 1), *inside = json_object_get(one, "of");
		const char *text = json_string_value(one), *alone = json_string_value(json_array_get(inside, 0));
		const bool is_p = g_strcmp0(json_string_value(json_object_get(one, "tag")), "p") == 0;
		if (g_strcmp0(text, " ") == 0 || (is_p && json_array_size(inside) == 1 && g_strcmp0(alone, " ") == 0)) {
			json_array_remove(list, i - 1);
		}
	}
	json_t *only = json_array_get(list, 0);
	if (json_array_size(list) == 1 && g_strcmp0(json_string_value(json_object_get(only, "tag")), "p") == 0) {
		json_t *inside = json_incref(json_object_get(only, "of"));
		json_array_clear(list);
		json_array_extend(list, inside);
		json_decref(inside);
	}
}

/* Handlers of events are script too, wherever they stand. */
static bool has_handlers(node *top)
{
	for (node *at = top; at; at = xml_walk(at, top)) {
		for (const xmlAttr *attribute = at->type == XML_ELEMENT_NODE ? at->properties : NULL; attribute;
			attribute = attribute->next) {
			if (g_ascii_strncasecmp((const char *)attribute->name, "on", 2) == 0) {
				return true;
			}
		}
	}
	return false;
}

/* The tree of an HTML text; NULL: nothing but words and line ends. A new reference. */
static json_t *build_tree(struct building *building, const char *html)
{
	htmlDocPtr document = htmlReadMemory(html, (int)strlen(html), NULL, "UTF-8",
		HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER | HTML_PARSE_NODEFDTD);
	node *root = document ? xmlDocGetRootElement(document) : NULL;
	json_t *list = json_array();
	if (root) {
		build(building, root, list, 1, false);
		tidy(list);
		building->notes->script = building->notes->script || has_handlers(root);
	}
	if (building->nodes > RICH_NODES_MAX) {
		refuse(building, "HTML", "più di 1000 elementi / more than 1000 elements");
	}
	xmlFreeDoc(document);
	if (!building->rich) {
		g_clear_pointer(&list, json_decref);
	}
	return list;
}

static char *words_of(const char *html, struct text_notes *notes)
{
	bool ignored = false;
	return import_plain(html, &ignored, &notes->script);
}

json_t *import_listed(const char *html, struct text_notes *notes)
{
	struct building building = {.notes = notes};
	json_auto_t *list = strpbrk(html, "<&") ? build_tree(&building, html) : NULL;
	g_autofree char *text = list ? rich_read(list, NULL) : NULL;
	g_autofree char *plain = text ? rich_plain(text) : words_of(html, notes);
	return json_string(plain);
}

json_t *import_rich(struct import *import, const char *html, const void *files, struct text_notes *notes)
{
	struct building building = {.import = import, .files = files, .notes = notes};
	json_t *list = strpbrk(html, "<&") ? build_tree(&building, html) : NULL;
	g_autofree char *text = list ? rich_read(list, NULL) : NULL;
	g_autofree char *said = text ? rich_plain(text) : NULL;
	if (!text || (!*said && !json_array_size(list))) {
		json_decref(list);
		g_autofree char *plain = words_of(html, notes);
		list = json_string(plain);
	}
	return list;
}
