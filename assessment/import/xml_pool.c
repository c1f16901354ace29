/* Blackboard's older question pools (POOL): an element for each kind of question, answers named by identifiers. */
#include "assessment/import/xml.h"

#include <string.h>

struct pool_question {
	node *question;
	json_t *more;
	GPtrArray *ids; /* of the answers, char *, in the order met; owned */
	struct import *import;
	struct text_notes notes;
};

static json_t *text_of(struct pool_question *pool, node *element, bool listed)
{
	g_autofree char *html = xml_text(xml_child(element, "TEXT"));
	return listed ? import_listed(html, &pool->notes) : import_rich(pool->import, html, NULL, &pool->notes);
}

/* The elements of that name as a list of options, their identifiers in `ids`. */
static json_t *list_of(struct pool_question *pool, const char *name, const char *prefix, GPtrArray *ids)
{
	json_t *list = json_array();
	for (node *at = pool->question->children; at; at = at->next) {
		if (xml_is(at, name)) {
			char *id = xml_attribute(at, "id", NULL);
			g_ptr_array_add(ids, id ? id : g_strdup(""));
			json_array_append_new(list, json_pack("{s:o, s:o}", "id", json_sprintf("%s%u", prefix, ids->len), "text",
							    text_of(pool, at, false)));
		}
	}
	return list;
}

/* 1-based; 0: none. */
static guint place_of(const GPtrArray *ids, node *element, const char *attribute)
{
	g_autofree char *id = xml_attribute(element, attribute, NULL);
	for (guint i = 0; id && i < ids->len; i++) {
		if (strcmp(g_ptr_array_index(ids, i), id) == 0) {
			return i + 1;
		}
	}
	return 0;
}

/* The key: "o2", or "p1 o3" when there are choices to match with. */
static json_t *key_of(const struct pool_question *pool, const GPtrArray *choices)
{
	json_t *key = json_array();
	node *gradable = xml_child(pool->question, "GRADABLE");
	for (node *at = gradable ? gradable->children : NULL; at; at = at->next) {
		const guint answer = xml_is(at, "CORRECTANSWER") ? place_of(pool->ids, at, "answer_id") : 0;
		const guint choice = answer && choices ? place_of(choices, at, "choice_id") : 0;
		if (answer && (choice || !choices)) {
			json_array_append_new(key, choices ? json_sprintf("p%u o%u", answer, choice) : json_sprintf("o%u", answer));
		}
	}
	return key;
}

static void read_choice(struct pool_question *pool)
{
	json_object_set_new(pool->more, "options", list_of(pool, "ANSWER", "o", pool->ids));
	json_object_set_new(pool->more, "key", key_of(pool, NULL));
}

static void read_true_false(struct pool_question *pool)
{
	json_t *options = list_of(pool, "ANSWER", "o", pool->ids), *key = key_of(pool, NULL), *option;
	const char *right = json_string_value(json_array_get(key, 0));
	json_t *said = json_array();
	size_t i;
	json_array_foreach(options, i, option)
	{
		if (g_strcmp0(json_string_value(json_object_get(option, "id")), right) == 0) {
			const char *text = json_string_value(json_object_get(option, "text"));
			json_array_append_new(said, json_string(g_ascii_strcasecmp(text ? text : "", "true") == 0 ? "true" : "false"));
		}
	}
	json_object_set_new(pool->more, "key", said);
	json_decref(options);
	json_decref(key);
}

static void read_match(struct pool_question *pool)
{
	g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func(g_free);
	json_object_set_new(pool->more, "prompts", list_of(pool, "ANSWER", "p", pool->ids));
	json_object_set_new(pool->more, "options", list_of(pool, "CHOICE", "o", choices));
	json_object_set_new(pool->more, "key", key_of(pool, choices));
	json_object_set_new(pool->more, "partial", json_true());
}

/* Answers stand in their right order; what is shown has an order of its own. */
static void read_order(struct pool_question *pool)
{
	json_t *key = json_array();
	json_object_set_new(pool->more, "options", list_of(pool, "ANSWER", "o", pool->ids));
	for (guint i = 0; i < pool->ids->len; i++) {
		json_array_append_new(key, json_sprintf("o%u", i + 1));
	}
	json_object_set_new(pool->more, "key", key);
}

static void read_blank(struct pool_question *pool)
{
	json_t *answers = json_array();
	for (node *at = pool->question->children; at; at = at->next) {
		if (xml_is(at, "ANSWER")) {
			json_array_append_new(answers, json_pack("{s:o}", "text", text_of(pool, at, true)));
		}
	}
	json_object_set_new(pool->more, "gaps", json_pack("[{s:s, s:o}]", "id", "g1", "answers", answers));
}

static void read_essay(struct pool_question *pool)
{
	json_object_set_new(pool->more, "state", json_string("draft")); /* people mark it */
}

static const struct {
	const char *element;
	enum item_type type;
	void (*read)(struct pool_question *pool);
} kinds[] = {
	{"QUESTION_MULTIPLECHOICE", ITEM_SINGLE, read_choice},
	{"QUESTION_MULTIPLEANSWER", ITEM_MULTIPLE, read_choice},
	{"QUESTION_TRUEFALSE", ITEM_TRUE_FALSE, read_true_false},
	{"QUESTION_MATCH", ITEM_MATCH, read_match},
	{"QUESTION_ORDER", ITEM_ORDER, read_order},
	{"QUESTION_FILLINBLANK", ITEM_TEXT_ENTRY, read_blank},
	{"QUESTION_ESSAY", ITEM_EXTENDED_TEXT, read_essay},
};

static bool has_key(const json_t *more)
{
	json_t *gap = json_array_get(json_object_get(more, "gaps"), 0);
	return json_object_get(more, "state") || json_array_size(gap ? json_object_get(gap, "answers") : json_object_get(more, "key")) > 0;
}

/* As HTML, yours. */
static char *told(node *question)
{
	node *graded = xml_child(question, "GRADABLE");
	g_autofree char *right = xml_text(xml_child(graded, "FEEDBACK_WHEN_CORRECT"));
	g_autofree char *wrong = xml_text(xml_child(graded, "FEEDBACK_WHEN_INCORRECT"));
	return g_strdup_printf("<p>%s</p><p>%s</p>", right, strcmp(right, wrong) == 0 ? "" : wrong);
}

static void read_question(struct import *import, node *question)
{
	struct pool_question pool = {.import = import, .question = question, .more = json_object(), .ids = g_ptr_array_new_with_free_func(g_free)};
	g_autofree char *id = xml_attribute(question, "id", NULL);
	g_autofree char *stem = xml_text(xml_child(xml_child(question, "BODY"), "TEXT"));
	g_autofree char *explanation = told(question);
	struct draft draft = {.name = id ? id : "?", .line = xml_line(question), .html = true, .stem = stem,
		.explanation = explanation, .more = pool.more};
	bool known = false;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds) && !known; i++) {
		if (xml_is(question, kinds[i].element)) {
			known = true;
			json_object_set_new(pool.more, "type", json_string(item_type_name(kinds[i].type)));
			kinds[i].read(&pool);
		}
	}
	if (!known) {
		import_refuse(import, IMPORT_FAULT_TYPE, draft.line, draft.name, (const char *)question->name);
	} else if (!has_key(pool.more)) {
		import_refuse(import, IMPORT_FAULT_KEY, draft.line, draft.name, NULL);
	} else if (import_heed(import, &draft, &pool.notes, pool.more)) {
		import_add(import, &draft);
	}
	g_free(pool.notes.refused);
	json_decref(pool.more);
	g_ptr_array_unref(pool.ids);
}

void import_pool(struct import *import, node *root)
{
	node *title = xml_child(root, "TITLE");
	g_autofree char *name = title ? xml_attribute(title, "value", NULL) : NULL;
	import_area(import, name ? name : "");
	for (node *at = root->children; at; at = at->next) {
		if (at->type == XML_ELEMENT_NODE && g_str_has_prefix((const char *)at->name, "QUESTION_")) {
			read_question(import, at);
		}
	}
}
