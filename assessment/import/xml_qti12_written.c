/* Items of QTI 1.2 that are answered in one's own words or with a number: a gap for each response. */
#include "assessment/import/xml_qti12.h"

struct written {
	struct qti12 *qti;
	json_t *answers;
	double low, high;
	bool is_number, has_low, has_high, exact;
};

static void take_answer(node *compared, double score, void *data)
{
	struct written *written = data;
	g_autofree char *text = xml_text(compared), *exact = xml_attribute(compared, "case", NULL);
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (xml_is(compared, "varequal")) {
		json_array_append_new(written->answers, json_pack("{s:s, s:f}", "text", text, "score", score));
		written->exact = written->exact || (exact && g_ascii_strcasecmp(exact, "yes") == 0);
	} else if (written->is_number && end != text && (xml_is(compared, "vargte") || xml_is(compared, "vargt"))) {
		written->low = number;
		written->has_low = true;
	} else if (written->is_number && end != text && (xml_is(compared, "varlte") || xml_is(compared, "varlt"))) {
		written->high = number;
		written->has_high = true;
	} else {
		written->qti->why = (const char *)compared->name;
	}
}

/* A range, or a number alone. */
static json_t *number_answer(const struct written *written)
{
	json_t *first = json_array_get(written->answers, 0);
	const char *text = first ? json_string_value(json_object_get(first, "text")) : "";
	char *end;
	const double number = g_ascii_strtod(text, &end);
	if (written->has_low && written->has_high && written->low <= written->high) {
		return json_pack("[{s:f, s:f}]", "number", (written->low + written->high) / 2, "tolerance",
			(written->high - written->low) / 2);
	}
	return end != text && !*end ? json_pack("[{s:f}]", "number", number) : json_array();
}

static json_t *gap_json(struct qti12 *qti, node *response, guint place)
{
	g_autofree char *id = qti12_ident(response);
	struct written written = {.qti = qti, .answers = json_array(), .is_number = xml_is(response, "response_num")};
	qti12_each_right(qti, id, take_answer, &written);
	json_t *answers = written.is_number ? number_answer(&written) : json_incref(written.answers);
	json_decref(written.answers);
	for (size_t i = 0; i < json_array_size(answers); i++) {
		json_t *score = json_object_get(json_array_get(answers, i), "score");
		if (score && json_number_value(score) < 1) {
			json_object_set_new(qti->more, "partial", json_true());
		}
	}
	return json_pack("{s:o, s:o, s:b}", "id", json_sprintf("g%u", place + 1), "answers", answers, "case", (int)written.exact);
}

/* One gap after the text, or one where the text has [name of its variable]. */
void qti12_read_written(struct qti12 *qti, char **stem)
{
	json_t *gaps = json_array();
	for (guint i = 0; i < qti->count; i++) {
		g_autofree char *id = qti12_ident(qti->responses[i]), *mark = g_strdup_printf("[%s]", id);
		g_auto(GStrv) parts = g_strsplit(*stem, mark, 2);
		json_array_append_new(gaps, gap_json(qti, qti->responses[i], i));
		if (qti->count > 1 && !parts[1]) {
			qti->why = "[…]";
		} else if (parts[1]) {
			g_autofree char *place = g_strdup_printf("[[g%u]]", i + 1);
			g_free(*stem);
			*stem = g_strjoinv(place, parts);
		}
	}
	json_object_set_new(qti->more, "type", json_string(item_type_name(ITEM_TEXT_ENTRY)));
	json_object_set_new(qti->more, "gaps", gaps);
}
