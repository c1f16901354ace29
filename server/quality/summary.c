#include "server/quality/summary.h"

#include <glib.h>

#include "server/ecm/csv.h"
#include "server/quality/form.h"
#include "server/store/questionnaire.h"

struct counting {
	GHashTable *counts; /* "question\noption" -> how many */
	gint64 sheets;
};

static void count_sheet(const char *version, const char *answers, void *data)
{
	(void)version;
	struct counting *counting = data;
	json_auto_t *json = json_loads(answers, 0, NULL);
	const char *question;
	json_t *option;
	counting->sheets++;
	json_object_foreach(json, question, option)
	{
		char *key = g_strdup_printf("%s\n%s", question, json_string_value(option));
		guint now = GPOINTER_TO_UINT(g_hash_table_lookup(counting->counts, key));
		g_hash_table_insert(counting->counts, key, GUINT_TO_POINTER(now + 1));
	}
}

static guint count_of(const struct counting *counting, const char *question, const char *option)
{
	g_autofree char *key = g_strdup_printf("%s\n%s", question, option);
	return GPOINTER_TO_UINT(g_hash_table_lookup(counting->counts, key));
}

static void fill_choice(json_t *question, const struct counting *counting)
{
	const char *id = json_string_value(json_object_get(question, "id"));
	json_t *options = json_object_get(question, "options"), *option;
	size_t i;
	guint answered = 0;
	json_array_foreach(options, i, option)
	{
		answered += count_of(counting, id, json_string_value(json_object_get(option, "id")));
	}
	json_array_foreach(options, i, option)
	{
		guint count = count_of(counting, id, json_string_value(json_object_get(option, "id")));
		json_object_set_new(option, "count", json_integer(count));
		json_object_set_new(option, "share", json_real(answered ? (double)count / answered : 0));
	}
	json_object_set_new(question, "answered", json_integer(answered));
}

static int by_text(gconstpointer one, gconstpointer other)
{
	return g_utf8_collate(*(const char *const *)one, *(const char *const *)other);
}

/* In the alphabet's order, which is nobody's order of arrival. */
static void fill_texts(struct db *db, int64_t event, const char *form, json_t *question)
{
	g_autoptr(GPtrArray) list = questionnaire_comments(
		db, event, form, json_string_value(json_object_get(question, "id")));
	g_ptr_array_sort(list, by_text);
	json_t *comments = json_array();
	for (guint i = 0; i < list->len; i++) {
		json_array_append_new(comments, json_string(g_ptr_array_index(list, i)));
	}
	json_object_set_new(question, "comments", comments);
}

/* Takes `questions`. */
static json_t *form_json(struct db *db, int64_t event, const char *form, json_t *questions, guint group)
{
	struct counting counting = {
		.counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	questionnaire_each(db, event, form, count_sheet, &counting);
	bool shown = counting.sheets >= group;
	json_t *question;
	size_t i;
	json_array_foreach(questions, i, question)
	{
		bool text = g_strcmp0(json_string_value(json_object_get(question, "kind")), "text") == 0;
		if (shown && text) {
			fill_texts(db, event, form, question);
		} else if (shown) {
			fill_choice(question, &counting);
		}
	}
	g_hash_table_unref(counting.counts);
	return json_pack("{s:s, s:I, s:b, s:o}", "form", form, "sheets",
		(json_int_t)(shown ? counting.sheets : 0), "shown", (int)shown, "questions", questions);
}

json_t *quality_summary(struct db *db, int64_t event)
{
	struct questionnaire_settings settings;
	struct questionnaire_counts counts;
	questionnaire_settings_load(db, event, &settings);
	questionnaire_counts(db, event, &counts);
	json_auto_t *standard = quality_form_standard();
	json_t *forms = json_array();
	json_array_append_new(forms, form_json(db, event, "standard",
					     json_incref(json_object_get(standard, "questions")),
					     settings.smallest_group));
	json_t *extra = json_loads(settings.extra, 0, NULL);
	if (json_array_size(extra) > 0) {
		json_array_append_new(forms,
			form_json(db, event, "extra", json_deep_copy(extra), settings.smallest_group));
	}
	json_t *json = json_pack("{s:b, s:i, s:{s:I, s:I, s:I, s:I}, s:b, s:o, s:o}", "required",
		(int)settings.required, "smallest_group", (int)settings.smallest_group, "counts", "handed_in",
		(json_int_t)counts.handed_in, "waiting", (json_int_t)counts.waiting, "sheets",
		(json_int_t)counts.sheets, "dropped",
		(json_int_t)(counts.handed_in - counts.waiting - counts.sheets), "shown",
		(int)(counts.sheets >= settings.smallest_group), "forms", forms, "extra", extra);
	questionnaire_settings_finish(&settings);
	return json;
}

static void csv_row(GString *out, const char *form, json_t *question, const char *answer, json_t *option)
{
	csv_field(out, form);
	csv_guarded(out, json_string_value(json_object_get(question, "id")));
	csv_guarded(out, json_string_value(json_object_get(question, "text_it")));
	csv_guarded(out, answer);
	g_autofree char *count =
		option ? g_strdup_printf("%d", (int)json_integer_value(json_object_get(option, "count"))) : NULL;
	char share[G_ASCII_DTOSTR_BUF_SIZE] = "";
	if (option) {
		g_ascii_formatd(share, sizeof(share), "%.4f", json_number_value(json_object_get(option, "share")));
	}
	csv_field(out, count ? count : "");
	csv_field(out, share);
	csv_end(out);
}

char *quality_summary_csv(json_t *summary)
{
	GString *out = g_string_new("\xef\xbb\xbfscheda;domanda;testo;risposta;numero;quota\r\n");
	json_t *form, *question, *each;
	size_t f, q, i;
	json_array_foreach(json_object_get(summary, "forms"), f, form)
	{
		const char *name = json_string_value(json_object_get(form, "form"));
		if (!json_is_true(json_object_get(form, "shown"))) {
			continue;
		}
		json_array_foreach(json_object_get(form, "questions"), q, question)
		{
			json_array_foreach(json_object_get(question, "options"), i, each)
			{
				csv_row(out, name, question,
					json_string_value(json_object_get(each, "text_it")), each);
			}
			json_array_foreach(json_object_get(question, "comments"), i, each)
			{
				csv_row(out, name, question, json_string_value(each), NULL);
			}
		}
	}
	return g_string_free(out, FALSE);
}
