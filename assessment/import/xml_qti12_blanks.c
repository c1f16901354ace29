/* Items of QTI 1.2 as Canvas writes them: places [name] in the text, and for each a list of labels. */
#include "assessment/import/xml_qti12.h"

#include <string.h>

/* "[color1]" for the response "response_color1"; yours. */
static char *mark_of(node *response)
{
	g_autofree char *id = qti12_ident(response);
	return g_strdup_printf("[%s]", g_str_has_prefix(id, "response_") ? id + strlen("response_") : id);
}

bool qti12_has_blanks(const struct qti12 *qti, const char *stem)
{
	for (guint i = 0; i < qti->count; i++) {
		g_autofree char *mark = mark_of(qti->responses[i]);
		if (!strstr(stem, mark)) {
			return false;
		}
	}
	return qti->count > 0;
}

/* One alone, or several that differ by case only, are no list to choose from. */
static bool is_written(json_t *labels, const char *kind)
{
	const char *first = json_string_value(json_object_get(json_array_get(labels, 0), "text"));
	g_autofree char *folded = g_utf8_casefold(first ? first : "", -1);
	bool same = true;
	size_t i;
	json_t *label;
	json_array_foreach(labels, i, label)
	{
		g_autofree char *other = g_utf8_casefold(json_string_value(json_object_get(label, "text")), -1);
		same = same && strcmp(folded, other) == 0;
	}
	return same || g_strcmp0(kind, "fill_in_multiple_blanks_question") == 0;
}

/* How the labels of a response are compared (New Quizzes); what is no plain comparison refuses the item. */
static void read_comparing(struct qti12 *qti, node *response, bool *ret_listed, bool *ret_case)
{
	static const char *const plain[] = {"TextInChoices", "TextEquivalence", "Equivalence"};
	*ret_listed = *ret_case = false;
	for (node *at = response->children; at; at = xml_walk(at, response)) {
		if (!xml_is(at, "response_label")) {
			continue;
		}
		g_autofree char *rule = xml_attribute(at, "scoring_algorithm", NULL), *type = xml_attribute(at, "answer_type", NULL);
		g_autofree char *folds = xml_attribute(at, "ignore_case", NULL);
		bool known = !rule;
		for (size_t i = 0; i < G_N_ELEMENTS(plain) && rule; i++) {
			known = known || strcmp(rule, plain[i]) == 0;
		}
		qti->why = known ? qti->why : "scoring_algorithm";
		*ret_listed = *ret_listed || (type && strcmp(type, "openEntry") != 0);
		*ret_case = *ret_case || g_strcmp0(folds, "false") == 0;
	}
}

static json_t *answers_of(json_t *labels)
{
	json_t *answers = json_array(), *label;
	size_t i;
	json_array_foreach(labels, i, label)
	{
		json_array_append_new(answers, json_pack("{s:O}", "text", json_object_get(label, "text")));
	}
	return answers;
}

static json_t *gap_json(struct qti12 *qti, guint i, const char *kind, json_t *key, bool *ret_written)
{
	node *response = qti->responses[i];
	bool listed, exact, ignored;
	json_auto_t *labels = qti12_label_options(qti, response, true);
	read_comparing(qti, response, &listed, &exact);
	json_t *gap = json_pack("{s:o}", "id", json_sprintf("g%u", i + 1));
	*ret_written = !listed && is_written(labels, kind);
	if (*ret_written) {
		json_object_set_new(gap, "answers", answers_of(labels));
		json_object_set_new(gap, "case", json_boolean(exact));
		return gap;
	}
	g_autoptr(GPtrArray) ids = qti12_labels(response);
	g_autoptr(GArray) right = qti12_right_places(qti, response, ids, &ignored);
	json_object_set(gap, "options", labels);
	for (guint k = 0; k < right->len; k++) {
		json_array_append_new(key, json_sprintf("g%u o%u", i + 1, g_array_index(right, guint, k) + 1));
	}
	return gap;
}

void qti12_read_blanks(struct qti12 *qti, const char *kind, char **stem)
{
	json_t *gaps = json_array(), *key = json_array();
	guint written_count = 0;
	for (guint i = 0; i < qti->count; i++) {
		bool written;
		json_array_append_new(gaps, gap_json(qti, i, kind, key, &written));
		written_count += written;
		g_autofree char *mark = mark_of(qti->responses[i]), *place = g_strdup_printf("[[g%u]]", i + 1);
		g_auto(GStrv) parts = g_strsplit(*stem, mark, 2);
		g_free(*stem);
		*stem = g_strjoinv(place, parts);
	}
	if (written_count && written_count < qti->count) {
		qti->why = "liste e testi insieme / lists and texts together";
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(written_count ? ITEM_TEXT_ENTRY : ITEM_INLINE_CHOICE)));
	json_object_set_new(qti->more, "partial", json_true());
	json_object_set_new(qti->more, "gaps", gaps);
	if (written_count) {
		json_decref(key);
	} else {
		json_object_set_new(qti->more, "key", key);
	}
}
