/* Items of QTI 1.2 that are answered in one's own words or with a number: a gap for each response. */
#include "assessment/import/xml_qti12.h"

#include <string.h>

/* What is right for one response, condition by condition. */
struct written {
	struct qti12 *qti;
	json_t *answers;
	node *condition; /* the one being read */
	double score;    /* of it */
	double number, low, high;
	bool has_number, has_low, has_high;
	bool is_number, exact;
};

/* A range, or a number alone, of the condition that ends. */
static void end_number(struct written *written)
{
	const bool range = written->has_low && written->has_high && written->low <= written->high;
	if (range || written->has_number) {
		json_array_append_new(written->answers, json_pack("{s:f, s:f, s:f}", "number",
								range ? (written->low + written->high) / 2 : written->number,
								"tolerance", range ? (written->high - written->low) / 2 : 0.0, "score",
								written->score));
	}
	written->has_number = written->has_low = written->has_high = false;
}

static void take_number(struct written *written, node *compared, double number)
{
	if (xml_is(compared, "varequal")) {
		written->number = number;
		written->has_number = true;
	} else if (xml_is(compared, "vargte") || xml_is(compared, "vargt")) {
		written->low = number;
		written->has_low = true;
	} else if (xml_is(compared, "varlte") || xml_is(compared, "varlt")) {
		written->high = number;
		written->has_high = true;
	} else {
		written->qti->why = (const char *)compared->name;
	}
}

static bool is_pattern(node *compared)
{
	node *more = xml_child(compared->parent, "var_extension");
	g_autofree char *pattern = xml_text(xml_child(more, "answer_is_regexp"));
	return strcmp(pattern, "yes") == 0;
}

static void take_answer(node *compared, node *condition, double score, void *data)
{
	struct written *written = data;
	g_autofree char *text = xml_text(compared), *exact = xml_attribute(compared, "case", NULL);
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (written->condition != condition) {
		end_number(written);
		written->condition = condition;
		written->score = score;
	}
	if (is_pattern(compared)) {
		written->qti->why = "espressione regolare / regular expression";
	} else if (written->is_number && end != text && !*end) {
		take_number(written, compared, number);
	} else if (xml_is(compared, "varequal") && !written->is_number) {
		json_array_append_new(written->answers, json_pack("{s:s, s:f}", "text", text, "score", score));
		written->exact = written->exact || (exact && g_ascii_strcasecmp(exact, "yes") == 0);
	} else {
		written->qti->why = (const char *)compared->name;
	}
}

/* Parts of the mark that several gaps share: the best answer of each counts whole for it. */
static void share_out(struct qti12 *qti, json_t *answers)
{
	double most = 0;
	size_t i;
	json_t *answer;
	json_array_foreach(answers, i, answer)
	{
		most = MAX(most, json_number_value(json_object_get(answer, "score")));
	}
	json_array_foreach(answers, i, answer)
	{
		const double score = json_number_value(json_object_get(answer, "score"));
		if (score < 1) {
			json_object_set_new(qti->more, "partial", json_true());
		}
		json_object_set_new(answer, "score", json_real(score / most));
	}
}

/* Some say it with the response, others with the field that is drawn for it. */
static bool is_number(node *response)
{
	node *field = xml_child(response, "render_fib");
	g_autofree char *type = field ? xml_attribute(field, "fibtype", NULL) : NULL;
	return xml_is(response, "response_num") ||
	       (type && (g_ascii_strcasecmp(type, "Decimal") == 0 || g_ascii_strcasecmp(type, "Integer") == 0 ||
				g_ascii_strcasecmp(type, "Scientific") == 0));
}

static json_t *gap_json(struct qti12 *qti, node *response, guint place)
{
	g_autofree char *id = qti12_ident(response);
	g_autoptr(GPtrArray) labels = qti12_labels(response); /* Brightspace compares with what is drawn */
	struct written written = {.qti = qti, .answers = json_array(), .is_number = is_number(response)};
	qti12_each_right(qti, id, take_answer, &written);
	for (guint i = 0; i < labels->len; i++) {
		const char *label = g_ptr_array_index(labels, i);
		if (*label && strcmp(label, id) != 0) {
			qti12_each_right(qti, label, take_answer, &written);
		}
	}
	end_number(&written);
	share_out(qti, written.answers);
	return json_pack("{s:o, s:o, s:b}", "id", json_sprintf("g%u", place + 1), "answers", written.answers, "case", (int)written.exact);
}

/* Has every response its [name of its variable] in the text? */
static bool all_named(const struct qti12 *qti, const char *stem)
{
	for (guint i = 0; i < qti->count; i++) {
		g_autofree char *id = qti12_ident(qti->responses[i]), *mark = g_strdup_printf("[%s]", id);
		if (!strstr(stem, mark)) {
			return false;
		}
	}
	return true;
}

/* Where the text has [name of its variable], or where the response itself stands among the texts. */
void qti12_read_written(struct qti12 *qti, char **stem)
{
	json_t *gaps = json_array();
	const bool named = all_named(qti, *stem);
	if (!named) {
		qti->in_flow = true;
		g_free(*stem);
		*stem = qti12_material(qti, qti->presentation);
		qti->in_flow = false;
	}
	for (guint i = 0; i < qti->count; i++) {
		g_autofree char *id = qti12_ident(qti->responses[i]), *mark = g_strdup_printf("[%s]", id);
		json_array_append_new(gaps, gap_json(qti, qti->responses[i], i));
		if (named) {
			g_auto(GStrv) parts = g_strsplit(*stem, mark, 2);
			g_autofree char *place = g_strdup_printf("[[g%u]]", i + 1);
			g_free(*stem);
			*stem = g_strjoinv(place, parts);
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_TEXT_ENTRY)));
	json_object_set_new(qti->more, "gaps", gaps);
}
