/*
 * QTI 1.2 items (questestinterop), as Blackboard writes them and others alike. What an item is follows from its
 * responses, not from the name it gives itself; the name only tells what is refused.
 */
#include "assessment/import/xml_qti12.h"

#include <string.h>

/* --- Texts --- */

static bool is_response(node *at)
{
	return xml_is(at, "response_lid") || xml_is(at, "response_str") || xml_is(at, "response_num") ||
	       xml_is(at, "response_grp") || xml_is(at, "response_xy");
}

bool qti12_has_class(node *at, const char *name)
{
	g_autofree char *class = at->type == XML_ELEMENT_NODE ? xml_attribute(at, "class", NULL) : NULL;
	return g_strcmp0(class, name) == 0;
}

char *qti12_material(struct qti12 *qti, node *top)
{
	GString *html = g_string_new(NULL);
	for (node *at = top->children; at;) {
		const bool is_text = xml_is(at, "mattext") || xml_is(at, "mat_formattedtext");
		const bool skip = is_response(at) || xml_is(at, "render_choice") || xml_is(at, "response_label") || qti12_has_class(at, "RIGHT_MATCH_BLOCK") ||
				  qti12_has_class(at, "RESPONSE_BLOCK");
		for (guint i = 0; qti->in_flow && i < qti->count; i++) {
			if (qti->responses[i] == at) {
				g_string_append_printf(html, " [[g%u]] ", i + 1);
			}
		}
		if (is_text) {
			g_autofree char *type = xml_attribute(at, "type", NULL), *texttype = xml_attribute(at, "texttype", NULL);
			g_autofree char *text = xml_text(at), *escaped = g_markup_escape_text(text, -1);
			const bool is_html = g_strcmp0(type, "HTML") == 0 || g_strcmp0(texttype, "text/html") == 0;
			const bool alone = *text && (!qti->in_flow || (is_html && strchr(text, '<')));
			g_string_append_printf(html, alone ? "<p>%s</p>" : "%s ", is_html ? text : escaped);
		} else if (xml_is(at, "matimage") || xml_is(at, "mataudio") || xml_is(at, "matvideo") || xml_is(at, "matapplication")) {
			g_autofree char *uri = xml_attribute(at, "uri", NULL), *label = xml_attribute(at, "label", NULL);
			g_autofree char *safe = g_markup_escape_text(uri ? uri : "", -1), *alt = g_markup_escape_text(label ? label : "", -1);
			g_string_append_printf(html, "<img src=\"%s\" alt=\"%s\"/>", safe, alt);
		}
		at = skip ? xml_after(at, top) : xml_walk(at, top);
	}
	return g_string_free(html, FALSE);
}

char *qti12_ident(node *at)
{
	char *id = xml_attribute(at, "ident", "respident"); /* the latter in Brightspace's groups */
	return id ? id : g_strdup("");
}

/* --- One item --- */

/* The first text below `top` of an element of that name. */
static char *named(node *top, const char *name)
{
	for (node *at = top ? top->children : NULL; at; at = xml_walk(at, top)) {
		if (xml_is(at, name)) {
			return xml_text(at);
		}
	}
	return NULL;
}

/* The entry of a field of an item's metadata; yours, NULL when it has none. */
static char *field_of(node *item, const char *label)
{
	node *meta = xml_child(item, "itemmetadata");
	for (node *at = meta ? meta->children : NULL; at; at = xml_walk(at, meta)) {
		const bool field = xml_is(at, "qtimetadatafield") || xml_is(at, "qti_metadatafield");
		g_autofree char *name = field ? named(at, "fieldlabel") : NULL;
		if (g_strcmp0(name, label) == 0) {
			return named(at, "fieldentry");
		}
	}
	return NULL;
}

/* "Essay" of Blackboard, "essay_question" of Canvas, "Long Answer" of Brightspace; NULL when it says nothing. */
static char *kind(node *item)
{
	char *name = named(xml_child(item, "itemmetadata"), "bbmd_questiontype");
	name = name ? name : field_of(item, "question_type");
	name = name ? name : field_of(item, "cc_profile");
	return name ? name : field_of(item, "qmd_questiontype");
}

static node *item_of(node *root, const char *ident)
{
	for (node *at = root->children; at; at = xml_walk(at, root)) {
		g_autofree char *id = xml_is(at, "item") ? xml_attribute(at, "ident", NULL) : NULL;
		if (g_strcmp0(id, ident) == 0) {
			return at;
		}
	}
	return NULL;
}

/* A text that stands before other questions, each of which names it. */
static node *passage_of(node *root, node *item)
{
	g_autofree char *ident = field_of(item, "parent_stimulus_item_ident");
	return ident ? item_of(root, ident) : NULL;
}

static bool is_passage(node *root, node *item)
{
	for (node *at = root->children; at; at = xml_walk(at, root)) {
		if (xml_is(at, "item") && passage_of(root, at) == item) {
			return true;
		}
	}
	return false;
}

/* Those that look like others by their responses. */
static bool is_refused_kind(const char *kind)
{
	static const char *const refused[] = {"File Upload", "File Response", "Hot Spot", "Calculated",
		"Jumbled Sentence", "Opinion Scale", "Quiz Bowl", "file_upload_question", "calculated_question",
		"text_only_question", "categorization_question", "Multi-Short Answer", "Arithmetic", "Significant Figures",
		"Likert", NULL};
	return kind && g_strv_contains(refused, kind);
}

/* What people mark, by the name that each maker gives it. */
static bool is_essay(const char *kind)
{
	static const char *const essays[] = {"Essay", "Short Response", "essay_question", "Long Answer", "cc.essay.v0p1", NULL};
	return kind && g_strv_contains(essays, kind);
}

static void find(struct qti12 *qti)
{
	for (node *at = qti->presentation ? qti->presentation->children : NULL; at; at = xml_walk(at, qti->presentation)) {
		if (is_response(at) && qti->count++ < RESPONSES_MAX) {
			qti->responses[qti->count - 1] = at;
		}
	}
}

static bool all_are(const struct qti12 *qti, const char *one, const char *other)
{
	for (guint i = 0; i < qti->count; i++) {
		if (!xml_is(qti->responses[i], one) && !xml_is(qti->responses[i], other)) {
			return false;
		}
	}
	return qti->count > 0;
}

/* What is asked may stand in the response itself. */
static void add_own_text(struct qti12 *qti, char **stem)
{
	g_autofree char *own = qti12_material(qti, qti->responses[0]), *before = *stem;
	*stem = g_strconcat(before, own, NULL);
}

/* Brightspace's order: a place for each label. */
static bool is_positions(const struct qti12 *qti)
{
	g_autofree char *cardinality = qti->count == 1 ? xml_attribute(qti->responses[0], "rcardinality", NULL) : NULL;
	return cardinality && xml_is(qti->responses[0], "response_grp") && strcmp(cardinality, "Ordered") == 0;
}

/* False when no type of ours can hold it. */
static bool read_responses(struct qti12 *qti, struct import *import, const struct draft *draft, const char *kind, char **stem)
{
	const bool lists = all_are(qti, "response_lid", "response_lid");
	const bool groups = qti->count > 1 && all_are(qti, "response_grp", "response_grp"); /* ATutor's, Brightspace's */
	if (qti->count > RESPONSES_MAX) {
		return false;
	}
	if (is_essay(kind)) {
		json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_EXTENDED_TEXT)));
		json_object_set_new(qti->more, "state", json_string("draft"));
	} else if (is_positions(qti)) {
		qti12_read_positions(qti);
	} else if (lists && qti12_has_blanks(qti, *stem)) {
		qti12_read_blanks(qti, kind, stem);
	} else if (groups || (lists && (qti->count > 1 || qti12_right_block(qti) || g_strcmp0(kind, "matching_question") == 0))) {
		qti12_read_match(qti);
	} else if (lists) {
		add_own_text(qti, stem);
		qti12_read_choice(qti, import, draft);
	} else if (all_are(qti, "response_str", "response_num")) {
		qti12_read_written(qti, stem);
		if (g_strcmp0(kind, "Fill in the Blanks") == 0) { /* Brightspace: each blank by itself */
			json_object_set_new(qti->more, "partial", json_boolean(qti->count > 1));
		}
	} else {
		return false;
	}
	return true;
}

static bool has_key(const json_t *more)
{
	json_t *key = json_object_get(more, "key"), *gap;
	size_t i;
	json_array_foreach(json_object_get(more, "gaps"), i, gap)
	{
		if (!key && json_array_size(json_object_get(gap, "answers")) == 0) {
			return false;
		}
	}
	return !key || json_array_size(key) > 0;
}

/* What is told when an answer was given, or to who marks it; once, when it is the same for several. */
static char *told(struct qti12 *qti)
{
	GString *html = g_string_new(NULL);
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (node *at = qti->item->children; at; at = at->next) {
		char *text = (xml_is(at, "itemfeedback") || xml_is(at, "answer_key")) && html->len < BANK_TEXT_MAX ? qti12_material(qti, at) : NULL;
		if (text && g_hash_table_add(said, text)) {
			g_string_append(html, text);
		}
	}
	return g_string_free(html, FALSE);
}

static void read_item(struct import *import, node *root, node *item)
{
	struct qti12 qti = {.item = item, .import = import, .presentation = xml_child(item, "presentation"),
		.processing = xml_child(item, "resprocessing"), .more = json_object()};
	g_autofree char *id = xml_attribute(item, "ident", NULL), *title = xml_attribute(item, "title", NULL);
	g_autofree char *object = named(xml_child(item, "itemmetadata"), "bbmd_asi_object_id"), *kind_name = kind(item);
	struct draft draft = {.name = id ? id : object ? object : title ? title : "?", .line = xml_line(item), .html = true};
	find(&qti);
	char *stem = qti.presentation ? qti12_material(&qti, qti.presentation) : g_strdup("");
	node *passage = passage_of(root, item), *shown = passage ? xml_child(passage, "presentation") : NULL;
	if (is_refused_kind(kind_name) || !read_responses(&qti, import, &draft, kind_name, &stem)) {
		const char *first = qti.count ? (const char *)qti.responses[0]->name : "presentation";
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, kind_name ? kind_name : first);
	} else if (qti.why) {
		node *rules = qti.processing;
		import_refuse(import, IMPORT_FAULT_RULES, rules ? xml_line(rules) : draft.line, draft.name, qti.why);
	} else if (!has_key(qti.more)) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else if (import_heed(import, &draft, &qti.notes, qti.more)) {
		g_autofree char *text = shown ? qti12_material(&qti, shown) : g_strdup(""), *own = stem, *explanation = told(&qti);
		stem = g_strconcat(text, own, NULL);
		draft.stem = stem;
		draft.explanation = explanation;
		draft.more = qti.more;
		import_add(import, &draft);
	}
	g_free(qti.notes.refused);
	g_free(stem);
	json_decref(qti.more);
}

void import_qti12(struct import *import, node *root)
{
	for (node *at = root->children; at; at = xml_walk(at, root)) {
		if (xml_is(at, "assessment") || xml_is(at, "objectbank")) {
			g_autofree char *title = xml_attribute(at, "title", NULL);
			import_area(import, title ? title : "");
		} else if (xml_is(at, "item") && !is_passage(root, at)) {
			read_item(import, root, at);
		}
	}
}
