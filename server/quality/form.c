#include "server/quality/form.h"

#include <string.h>

#include "server/quality/limits.h"

extern const char quality_fad_text[];

enum form_fault {
	FORM_SHAPE,
	FORM_TEXT,
	FORM_KIND,
	FORM_OPTIONS,
	FORM_MANY,
	FORM_MISSING,
	FORM_OPTION,
	FORM_UNKNOWN,
	FORM_LONG,
};

static const struct fault_text texts[] = {
	[FORM_SHAPE] = {"QUALITY_SHAPE", SEVERITY_ERROR, NULL, "Non ha la forma attesa.",
		"It does not have the shape expected.", NULL, NULL},
	[FORM_TEXT] = {"QUALITY_TEXT", SEVERITY_ERROR, NULL,
		"Serve un testo in italiano, al massimo $1 caratteri.",
		"A text in Italian is needed, $1 characters at most.", NULL, NULL},
	[FORM_KIND] = {"QUALITY_KIND", SEVERITY_ERROR, NULL,
		"Il tipo di domanda è «choice» (scelta) o «text» (testo libero).",
		"A question's kind is \"choice\" or \"text\".", NULL, NULL},
	[FORM_OPTIONS] = {"QUALITY_OPTIONS", SEVERITY_ERROR, NULL,
		"Una domanda a scelta ha da 2 a $1 risposte.", "A choice has 2 to $1 options.", NULL, NULL},
	[FORM_MANY] = {"QUALITY_MANY", SEVERITY_ERROR, NULL, "Le domande sono al massimo $1, di cui $2 a testo libero.",
		"There are $1 questions at most, $2 of them free text.", NULL, NULL},
	[FORM_MISSING] = {"QUALITY_MISSING", SEVERITY_ERROR, NULL, "Manca la risposta a questa domanda.",
		"This question has no answer.", "Scegli una risposta.", "Choose an answer."},
	[FORM_OPTION] = {"QUALITY_OPTION", SEVERITY_ERROR, NULL, "La domanda non ha questa risposta.",
		"The question has no such option.", "Ricarica la pagina.", "Load the page again."},
	[FORM_UNKNOWN] = {"QUALITY_UNKNOWN", SEVERITY_ERROR, NULL, "Il questionario non ha questa domanda.",
		"The questionnaire has no such question.", "Ricarica la pagina.", "Load the page again."},
	[FORM_LONG] = {"QUALITY_LONG", SEVERITY_ERROR, NULL, "Il testo ha al massimo $1 caratteri.",
		"The text has $1 characters at most.", "Accorcia il testo.", "Shorten the text."},
};

static void add(struct faults *faults, enum form_fault which, const char *where, guint one, guint two)
{
	g_autofree char *first = g_strdup_printf("%u", one);
	g_autofree char *second = g_strdup_printf("%u", two);
	faults_add(faults, &texts[which], where, first, second);
}

json_t *quality_form_standard(void)
{
	json_t *form = json_loads(quality_fad_text, 0, NULL);
	g_assert(form); /* part of the program */
	return form;
}

/* Copies text_it and text_en (which falls back on the Italian). */
static bool copy_texts(json_t *from, json_t *to, const char *where, struct faults *faults)
{
	const char *it = json_string_value(json_object_get(from, "text_it"));
	const char *en = json_string_value(json_object_get(from, "text_en"));
	if (!it || !*it || g_utf8_strlen(it, -1) > QUALITY_QUESTION_CHARACTERS ||
		(en && g_utf8_strlen(en, -1) > QUALITY_QUESTION_CHARACTERS)) {
		add(faults, FORM_TEXT, where, QUALITY_QUESTION_CHARACTERS, 0);
		return false;
	}
	json_object_set_new(to, "text_it", json_string(it));
	json_object_set_new(to, "text_en", json_string(en && *en ? en : it));
	return true;
}

static void read_options(json_t *from, json_t *to, const char *where, struct faults *faults)
{
	json_t *given = json_object_get(from, "options"), *options = json_array(), *option;
	size_t i;
	if (json_array_size(given) < 2 || json_array_size(given) > QUALITY_OPTIONS) {
		add(faults, FORM_OPTIONS, where, QUALITY_OPTIONS, 0);
	}
	json_array_foreach(given, i, option)
	{
		g_autofree char *id = g_strdup_printf("%u", (unsigned)i + 1);
		json_t *made = json_pack("{s:s}", "id", id);
		copy_texts(option, made, where, faults);
		json_array_append_new(options, made);
	}
	json_object_set_new(to, "options", options);
}

static json_t *read_question(json_t *given, size_t at, guint *free_texts, struct faults *faults)
{
	g_autofree char *id = g_strdup_printf("x%u", (unsigned)at + 1);
	const char *kind = json_string_value(json_object_get(given, "kind"));
	json_t *made = json_pack("{s:s}", "id", id);
	copy_texts(given, made, id, faults);
	json_object_set_new(made, "optional", json_boolean(json_is_true(json_object_get(given, "optional"))));
	if (g_strcmp0(kind, "choice") == 0) {
		json_object_set_new(made, "kind", json_string("choice"));
		read_options(given, made, id, faults);
	} else if (g_strcmp0(kind, "text") == 0) {
		json_object_set_new(made, "kind", json_string("text"));
		json_object_set_new(made, "optional", json_true());
		(*free_texts)++;
	} else {
		add(faults, FORM_KIND, id, 0, 0);
	}
	return made;
}

json_t *quality_form_extra(json_t *list, struct faults *faults)
{
	guint before = faults->errors, free_texts = 0;
	if (!json_is_array(list)) {
		add(faults, FORM_SHAPE, "extra", 0, 0);
		return NULL;
	}
	json_t *form = json_array(), *given;
	size_t i;
	json_array_foreach(list, i, given)
	{
		json_array_append_new(form, read_question(given, i, &free_texts, faults));
	}
	if (json_array_size(list) > QUALITY_EXTRA_QUESTIONS || free_texts > QUALITY_EXTRA_TEXTS) {
		add(faults, FORM_MANY, "extra", QUALITY_EXTRA_QUESTIONS, QUALITY_EXTRA_TEXTS);
	}
	if (faults->errors != before) {
		json_decref(form);
		return NULL;
	}
	return form;
}

static bool has_option(json_t *question, const char *id)
{
	json_t *option;
	size_t i;
	json_array_foreach(json_object_get(question, "options"), i, option)
	{
		if (g_strcmp0(json_string_value(json_object_get(option, "id")), id) == 0) {
			return true;
		}
	}
	return false;
}

/* Is the question asked, given the answers to the others? */
static bool is_asked(json_t *question, json_t *answers)
{
	json_t *when = json_object_get(question, "when"), *option;
	size_t i;
	if (!when) {
		return true;
	}
	json_t *given = json_object_get(answers, json_string_value(json_object_get(when, "question")));
	json_array_foreach(json_object_get(when, "options"), i, option)
	{
		if (given && json_equal(given, option)) {
			return true;
		}
	}
	return false;
}

static void take_text(json_t *texts_given, const char *id, const char *text, struct faults *faults)
{
	g_autofree char *clean = g_strdup(text);
	for (char *at = clean; *at; at++) {
		if ((unsigned char)*at < ' ' && *at != '\n') {
			*at = ' ';
		}
	}
	g_strstrip(clean);
	if (g_utf8_strlen(clean, -1) > QUALITY_TEXT_CHARACTERS) {
		add(faults, FORM_LONG, id, QUALITY_TEXT_CHARACTERS, 0);
	} else if (*clean) {
		json_object_set_new(texts_given, id, json_string(clean));
	}
}

static void take_answer(
	json_t *question, json_t *answers, json_t *choices, json_t *texts_given, struct faults *faults)
{
	const char *id = json_string_value(json_object_get(question, "id"));
	const char *kind = json_string_value(json_object_get(question, "kind"));
	const char *given = json_string_value(json_object_get(answers, id));
	bool optional = json_is_true(json_object_get(question, "optional"));
	if (!is_asked(question, answers)) {
		return;
	}
	if (!given || !*given) {
		if (!optional) {
			add(faults, FORM_MISSING, id, 0, 0);
		}
	} else if (strcmp(kind, "text") == 0) {
		take_text(texts_given, id, given, faults);
	} else if (has_option(question, given)) {
		json_object_set_new(choices, id, json_string(given));
	} else {
		add(faults, FORM_OPTION, id, 0, 0);
	}
}

static void refuse_unknown(json_t *questions, json_t *answers, struct faults *faults)
{
	const char *id;
	json_t *value;
	json_object_foreach(answers, id, value)
	{
		bool known = false;
		for (size_t i = 0; i < json_array_size(questions) && !known; i++) {
			known = g_strcmp0(id, json_string_value(json_object_get(
						      json_array_get(questions, i), "id"))) == 0;
		}
		if (!known) {
			add(faults, FORM_UNKNOWN, id, 0, 0);
		}
	}
}

bool quality_form_answers(
	json_t *questions, json_t *answers, json_t **ret_choices, json_t **ret_texts, struct faults *faults)
{
	guint before = faults->errors;
	json_t *choices = json_object(), *texts_given = json_object(), *question;
	size_t i;
	if (answers && !json_is_object(answers)) {
		add(faults, FORM_SHAPE, "answers", 0, 0);
	}
	json_array_foreach(questions, i, question)
	{
		take_answer(question, answers, choices, texts_given, faults);
	}
	refuse_unknown(questions, answers, faults);
	if (faults->errors != before) {
		json_decref(choices);
		json_decref(texts_given);
		return false;
	}
	*ret_choices = choices;
	*ret_texts = texts_given;
	return true;
}
