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
	{"iframe", DEED_REFUSE, NULL, false}, {"svg", DEED_REFUSE, NULL, false}, {"math", DEED_REFUSE, NULL, false},
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
		building->notes->refused = g_strdup_printf("%.80s: %s", source, why);
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
	g_autofree char *folder = import->base && bare ? g_path_get_dirname(import->base) : NULL;
	g_autofree char *root = folder ? g_strdup_printf("/%s", folder) : NULL;
	g_autofree char *full = root ? g_canonicalize_filename(bare, root) : NULL;
	for (guint i = 0; full && i < import->package_count; i++) {
		if (strcmp(import->package[i].name, full + 1) == 0) {
			*ret_len = import->package[i].len;
			return g_memdup2(import->package[i].bytes, import->package[i].len);
		}
	}
	return NULL;
}

static json_t *media_json(struct building *building, node *element)
{
	node *inner = xml_child(element, "source");
	g_autofree char *own = xml_attribute(element, "src", "data"), *below = own || !inner ? NULL : xml_attribute(inner, "src", NULL);
	const char *source = own ? own : below ? below : "?";
	g_autofree char *alt = xml_attribute(element, "alt", "aria-label");
	g_autofree char *said = alt ? g_strdup(alt) : xml_text(element);
	gsize len = 0;
	g_autofree guchar *bytes = find_bytes(building, source, &len);
	char sum[65];
	const char *why = bytes ? import_media_add(building->import->media, bytes, len, sum) : "il file non c’è / the file is not there";
	if (why) {
		refuse(building, source, why);
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
		add(list, media_json(building, at));
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
		const char *text = json_string_value(json_array_get(list, i - 1));
		if (text && strcmp(text, " ") == 0) {
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

json_t *import_listed(const char *html, struct text_notes *notes)
{
	bool media = false;
	g_autofree char *plain = import_plain(html, &media, &notes->script);
	if (media && !notes->refused) {
		notes->refused = g_strdup("in una voce di elenco / in an entry of a list");
	}
	return json_string(plain);
}

json_t *import_rich(struct import *import, const char *html, const void *files, struct text_notes *notes)
{
	if (!strpbrk(html, "<&")) {
		bool ignored = false;
		g_autofree char *plain = import_plain(html, &ignored, &ignored);
		return json_string(plain);
	}
	struct building building = {.import = import, .files = files, .notes = notes};
	htmlDocPtr document = htmlReadMemory(html, (int)strlen(html), NULL, "UTF-8",
		HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER | HTML_PARSE_NODEFDTD);
	node *root = document ? xmlDocGetRootElement(document) : NULL;
	json_t *list = json_array();
	if (root) {
		build(&building, root, list, 1, false);
		tidy(list);
		notes->script = notes->script || has_handlers(root);
	}
	if (building.nodes > RICH_NODES_MAX) {
		refuse(&building, "HTML", "più di 1000 elementi / more than 1000 elements");
	}
	g_autofree char *text = building.rich ? rich_read(list, NULL) : NULL;
	g_autofree char *said = text ? rich_plain(text) : NULL;
	if (!text || (!*said && !json_array_size(list))) {
		bool ignored = false;
		json_decref(list);
		list = NULL;
		g_autofree char *plain = import_plain(html, &ignored, &notes->script);
		list = json_string(plain);
	}
	xmlFreeDoc(document);
	return list;
}
