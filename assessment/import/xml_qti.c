/* One item of QTI 2 or 3: its structure into ours, its key by trying it (xml_derive.c). Whole, or refused. */
#include "assessment/import/xml_qti.h"

#include <stdlib.h>
#include <string.h>

#define INTERACTIONS_NAMED 4u
#define RULES_FILE_MAX (16u * 1024u) /* many items may refer to the same, and each tries it many times */

static bool is_interaction(node *at)
{
	const char *name = at->type == XML_ELEMENT_NODE ? (const char *)at->name : "";
	return g_str_has_suffix(name, "Interaction") || g_str_has_suffix(name, "-interaction");
}

char *qti_response_of(node *interaction)
{
	char *id = xml_attribute(interaction, "responseIdentifier", "response-identifier");
	return id ? id : g_strdup("RESPONSE");
}

static void add_option(json_t *list, const char *id, json_t *text)
{
	json_array_append_new(list, json_pack("{s:s, s:o}", "id", id, "text", text));
}

const char *qti_letter(guint i, char ret[8])
{
	g_snprintf(ret, 8, i < 26 ? "%c" : "o%u", i < 26 ? 'a' + i : i);
	return ret;
}

GPtrArray *qti_options_of(struct qti *qti, node *top, const char *name, json_t *list)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	char id[8];
	const bool words = strcmp(name, "inlineChoice") == 0;
	for (node *at = top->children; at; at = xml_walk(at, top)) {
		const bool image = strcmp(name, "gapText") == 0 && xml_is(at, "gapImg");
		const bool other = words && xml_is(at, "simpleChoice"); /* Inspera's */
		if ((image || other || xml_is(at, name)) && ids->len <= ITEM_OPTIONS_MAX) {
			g_autofree char *html = image ? qti_gap_image(at) : qti_shown(qti, at, NULL);
			json_t *text = words ? import_listed(html, &qti->notes) : import_rich(qti->import, html, NULL, &qti->notes);
			char *own = xml_attribute(at, "identifier", NULL);
			add_option(list, qti_letter(ids->len, id), text);
			g_ptr_array_add(ids, own ? own : g_strdup(""));
		}
	}
	if (ids->len > ITEM_OPTIONS_MAX) {
		qti->why = qti->why ? qti->why : g_strdup_printf("più di %u opzioni / options", ITEM_OPTIONS_MAX);
	}
	return ids;
}

void qti_set_type(struct qti *qti, enum item_type type, struct qti_marks marks)
{
	json_object_set_new(qti->more, "type", json_string(item_type_name(type)));
	qti->differs = marks.differs;
	if (marks.partial) {
		json_object_set_new(qti->more, "partial", json_true());
	}
}

void qti_mark(struct qti *qti, node *at, const char *id)
{
	g_hash_table_insert(qti->marks, (void *)at, g_strdup_printf("[[%s]]", id));
}

/* False when no type of ours can hold it. */
static bool read_interactions(struct qti *qti)
{
	node *at = qti->interactions[0];
	if (xml_is(at, "inlineChoiceInteraction")) {
		qti_read_inline_choices(qti);
	} else if (xml_is(at, "textEntryInteraction")) {
		qti_read_text_entries(qti);
	} else if (xml_is(at, "choiceInteraction") || xml_is(at, "hottextInteraction")) {
		qti_read_choice(qti, at, xml_is(at, "hottextInteraction"));
	} else if (xml_is(at, "orderInteraction")) {
		qti_read_order(qti, at);
	} else if (xml_is(at, "matchInteraction") || (xml_is(at, "associateInteraction") && xml_child(at, "simpleMatchSet"))) {
		qti_read_match(qti, at);
	} else if (xml_is(at, "gapMatchInteraction")) {
		qti_read_gap_match(qti, at);
	} else if (xml_is(at, "extendedTextInteraction")) {
		qti_set_type(qti, ITEM_EXTENDED_TEXT, (struct qti_marks){0});
		json_object_set_new(qti->more, "state", json_string("draft"));
	} else {
		return false;
	}
	return true;
}

static void find(struct qti *qti)
{
	for (node *at = qti->item->children; at; at = xml_walk(at, qti->item)) {
		if (is_interaction(at)) {
			qti->mixed = qti->mixed || (qti->count && strcmp((const char *)at->name,
									 (const char *)qti->interactions[0]->name) != 0);
			if (qti->count < INTERACTIONS_MAX) {
				qti->interactions[qti->count] = at;
			}
			qti->count++;
		} else if (xml_is(at, "itemBody")) {
			qti->body = at;
		}
	}
}

static bool may_be_several(node *at)
{
	return xml_is(at, "inlineChoiceInteraction") || xml_is(at, "textEntryInteraction");
}

static void tell_marks(const struct qti *qti, const struct draft *draft)
{
	if (qti->whole_only) {
		import_note(qti->import, IMPORT_FAULT_PARTIAL, draft->line, draft->name, draft->name, NULL);
	} else if (qti->differs) {
		import_note(qti->import, IMPORT_FAULT_MARKS, draft->line, draft->name, draft->name, NULL);
	}
}

/* Supports of QTI 3 for single people, and how Inspera compares texts, have no place in our items. */
static void tell_left(struct qti *qti, struct draft *draft)
{
	const char *left = NULL;
	for (node *at = qti->item->children; at && !left; at = xml_walk(at, qti->item)) {
		g_autofree char *ignored = xml_attribute(at, "ignoredCharacters", NULL);
		left = xml_is(at, "catalogInfo") ? "catalog-info" : ignored && *ignored ? "ignoredCharacters" : NULL;
	}
	if (left) {
		import_note(qti->import, IMPORT_FAULT_LEFT, draft->line, draft->name, draft->name, left);
	}
}

static void add(struct qti *qti, struct draft *draft)
{
	node *at = qti->interactions[0];
	const char *type = json_string_value(json_object_get(qti->more, "type"));
	const bool in_text = g_strcmp0(type, "gap_match") == 0 || g_strcmp0(type, "hot_text") == 0 || may_be_several(at);
	node *prompt = xml_child(at, "prompt");
	g_autofree char *passages = qti_passages(qti), *told = qti_told(qti);
	g_autofree char *around = qti_shown(qti, qti->body, in_text ? NULL : at);
	g_autofree char *asked = prompt && !in_text ? qti_shown(qti, prompt, NULL) : g_strdup("");
	char *html = g_strdup_printf("%s%s<p>%s</p>", passages, around, asked);
	bool media = false, script = false;
	g_autofree char *words = import_plain(html, &media, &script);
	if (!*words && !media) {
		g_autofree char *title = xml_attribute(qti->item, "title", NULL);
		g_free(html);
		html = g_markup_escape_text(title ? title : "", -1);
	}
	g_autofree char *area = xml_attribute(qti->body, "data-area", NULL);
	g_autofree char *difficulty = xml_attribute(qti->body, "data-difficulty", NULL);
	if (area && *area) {
		import_area(qti->import, area);
	}
	draft->difficulty = difficulty ? (guint)CLAMP(atoi(difficulty), 0, (int)ITEM_DIFFICULTY_MAX) : 0;
	draft->stem = html;
	draft->explanation = told;
	draft->html = true;
	draft->more = qti->more;
	if (import_heed(qti->import, draft, &qti->notes, qti->more) && import_add(qti->import, draft)) {
		tell_marks(qti, draft);
		tell_left(qti, draft);
	}
	g_free(html);
}

/* Without rules of their own, variables of templates are constants, as Inspera has them; but not in the text. */
static const char *refused_template(node *item)
{
	if (xml_child(item, "templateProcessing")) {
		return "templateProcessing";
	}
	for (node *at = item->children; at; at = xml_walk(at, item)) {
		if (xml_is(at, "printedVariable") || xml_is(at, "templateInline") || xml_is(at, "templateBlock") ||
			(xml_is(at, "templateDeclaration") && !xml_child(at, "defaultValue"))) {
			return (const char *)at->name;
		}
	}
	return NULL;
}

/* What the item is by its own attributes and parts, when no item of ours can be that. */
static const char *refused_kind(node *item)
{
	g_autofree char *adaptive = xml_attribute(item, "adaptive", NULL);
	return g_strcmp0(adaptive, "true") == 0 ? "adaptive" : refused_template(item);
}

/* Rules that stand in another file of the package become the item's own. */
static void take_rules(struct import *import, node *item)
{
	node *processing = xml_child(item, "responseProcessing");
	g_autofree char *place = processing ? xml_attribute(processing, "templateLocation", "template-location") : NULL;
	const struct import_file *file = place && !xml_child(processing, "responseCondition") ? import_file_named(import, place) : NULL;
	xmlDoc *document = file && file->len <= RULES_FILE_MAX ? xml_parse(file->bytes, file->len, NULL) : NULL;
	node *root = document ? xmlDocGetRootElement(document) : NULL;
	if (root && xml_is(root, "responseProcessing") && root->children) {
		xmlAddChildList((xmlNode *)processing, xmlDocCopyNodeList(item->doc, root->children));
	}
	xmlFreeDoc(document);
}

/* Whether the file says anywhere what is right, well or badly. */
static bool tells_right(node *item)
{
	node *processing = xml_child(item, "responseProcessing");
	bool tells = false;
	for (node *at = processing ? processing->children : NULL; at && !tells; at = at->next) {
		tells = at->type == XML_ELEMENT_NODE;
	}
	for (node *at = item->children; at && !tells; at = at->next) {
		node *correct = xml_is(at, "responseDeclaration") ? xml_child(at, "correctResponse") : NULL;
		tells = (correct && xml_child(correct, "value")) ||
			(xml_is(at, "responseDeclaration") && xml_child(at, "mapping"));
	}
	return tells;
}

/* "choiceInteraction + textEntryInteraction"; yours. */
static char *interactions_named(const struct qti *qti)
{
	GString *names = g_string_new(NULL);
	for (guint i = 0; i < MIN(qti->count, INTERACTIONS_NAMED); i++) {
		g_string_append_printf(names, "%s%s", i ? " + " : "", (const char *)qti->interactions[i]->name);
	}
	if (qti->count > INTERACTIONS_NAMED) {
		g_string_append_printf(names, " + %u", qti->count - INTERACTIONS_NAMED);
	}
	return g_string_free(names, FALSE);
}

void import_qti_item(struct import *import, node *item)
{
	struct qti qti = {.import = import, .item = item, .more = json_object(),
		.marks = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free)};
	g_autofree char *id = xml_attribute(item, "identifier", NULL);
	struct draft draft = {.name = id ? id : "?", .line = xml_line(item)};
	const char *kind = refused_kind(item);
	take_rules(import, item);
	find(&qti);
	if (kind) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, kind);
	} else if (!qti.body || !qti.count) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name,
			qti.body ? "nessuna interazione / no interaction" : "itemBody");
	} else if (qti.count > 1 && (qti.mixed || !may_be_several(qti.interactions[0]) || qti.count > INTERACTIONS_MAX)) {
		g_autofree char *names = interactions_named(&qti);
		import_refuse(import, IMPORT_FAULT_COMPOSITE, xml_line(qti.interactions[1]), draft.name, names);
	} else if (!read_interactions(&qti)) {
		import_refuse(import, IMPORT_FAULT_TYPE, xml_line(qti.interactions[0]), draft.name,
			(const char *)qti.interactions[0]->name);
	} else if (qti.why && !tells_right(item)) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else if (qti.why) {
		node *rules = xml_child(item, "responseProcessing");
		import_refuse(import, IMPORT_FAULT_RULES, rules ? xml_line(rules) : draft.line, draft.name, qti.why);
	} else if (json_array_size(json_object_get(qti.more, "key")) == 0 && json_object_get(qti.more, "options")) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else {
		add(&qti, &draft);
	}
	json_decref(qti.more);
	g_hash_table_unref(qti.marks);
	g_free(qti.why);
	g_free(qti.notes.refused);
}
