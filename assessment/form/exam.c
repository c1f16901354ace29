#include "assessment/form/exam.h"

#include <string.h>

#include "assessment/random.h"

enum exam_fault {
	EXAM_NOT_SINGLE,
	EXAM_NOT_FOUR,
	EXAM_NOT_ONE_RIGHT,
	EXAM_FEW,
	EXAM_FEW_FRESH,
	EXAM_TOO_LONG,
};

static const struct fault_text texts[] = {
	[EXAM_NOT_SINGLE] = {"FINAL_NOT_SINGLE", SEVERITY_ERROR, "ECM 3",
		"Il quesito non è a risposta singola: nella prova finale lo sono tutti.",
		"The item is not single choice: in the final test all are.",
		"Trasformalo in una domanda con una sola risposta esatta, o toglilo dalla banca.",
		"Make it a question with one right answer, or take it out of the bank."},
	[EXAM_NOT_FOUR] = {"FINAL_NOT_FOUR", SEVERITY_ERROR, "ECM 3",
		"Il quesito ha $1 opzioni: nella prova finale sono quattro.",
		"The item has $1 options: in the final test there are four.",
		"Porta le opzioni a quattro.", "Make it four options."},
	[EXAM_NOT_ONE_RIGHT] = {"FINAL_NOT_ONE_RIGHT", SEVERITY_ERROR, "ECM 3",
		"Il quesito ha $1 risposte esatte: deve averne una.",
		"The item has $1 right answers: it must have one.", "Lascia una sola risposta esatta.",
		"Leave one right answer."},
	[EXAM_FEW] = {"FINAL_FEW_QUESTIONS", SEVERITY_ERROR, "ECM 3",
		"La banca ha $1 quesiti adatti: per i crediti di questo evento ne servono $2.",
		"The bank has $1 items that fit: this event's credits need $2.",
		"Aggiungi quesiti alla banca o scegline un'altra.",
		"Add items to the bank or choose another."},
	[EXAM_FEW_FRESH] = {"FINAL_FEW_FRESH", SEVERITY_ERROR, "ECM 3",
		"La banca ha $1 quesiti: per comporre a ogni tentativo una prova in gran parte nuova ne servono $2.",
		"The bank has $1 items: to draw a largely new test at each attempt $2 are needed.",
		"Aggiungi quesiti, oppure usa la stessa prova con al massimo cinque tentativi.",
		"Add items, or use the same test with five attempts at most."},
	[EXAM_TOO_LONG] = {"FINAL_TOO_LONG", SEVERITY_ERROR, NULL,
		"La prova avrebbe $1 domande: al massimo $2.", "The test would have $1 questions: $2 at most.",
		"Riduci le domande per credito.", "Ask for fewer questions a credit."},
};

static void add_counts(struct faults *faults, enum exam_fault which, const char *where, guint one, guint two)
{
	g_autofree char *first = g_strdup_printf("%u", one);
	g_autofree char *second = g_strdup_printf("%u", two);
	faults_add(faults, &texts[which], where, first, second);
}

static bool item_check(const struct bank_item *item, struct faults *faults)
{
	guint right = (guint)__builtin_popcount(item->key);
	if (item->type != ITEM_SINGLE) {
		faults_add(faults, &texts[EXAM_NOT_SINGLE], item->id, NULL, NULL);
	} else if (item->option_count != EXAM_OPTIONS) {
		add_counts(faults, EXAM_NOT_FOUR, item->id, item->option_count, EXAM_OPTIONS);
	} else if (right != 1) {
		add_counts(faults, EXAM_NOT_ONE_RIGHT, item->id, right, 1);
	} else {
		return true;
	}
	return false;
}

bool exam_bank_check(const struct bank *bank, guint questions, guint fresh, struct faults *faults)
{
	guint before = faults->errors, good = 0;
	for (guint i = 0; i < bank->item_count; i++) {
		good += item_check(&bank->items[i], faults);
	}
	if (questions > EXAM_QUESTIONS_MAX) {
		add_counts(faults, EXAM_TOO_LONG, "questions_per_credit", questions, EXAM_QUESTIONS_MAX);
	} else if (good < questions) {
		add_counts(faults, EXAM_FEW, "bank", good, questions);
	} else if (good < questions + fresh) {
		add_counts(faults, EXAM_FEW_FRESH, "bank", good, questions + fresh);
	}
	return faults->errors == before;
}

static struct exam *exam_create(guint questions)
{
	struct exam *exam = g_new0(struct exam, 1);
	exam->texts = g_string_chunk_new(4096);
	exam->question_count = questions;
	exam->questions = g_new0(struct exam_question, questions);
	return exam;
}

void exam_destroy(struct exam *exam)
{
	if (exam) {
		g_string_chunk_free(exam->texts);
		g_free(exam->questions);
		g_free(exam);
	}
}

static const char *keep(struct exam *exam, const char *text)
{
	return g_string_chunk_insert_const(exam->texts, text ? text : "");
}

/* Copies a question, its options in a new random order. */
static void freeze(struct exam *exam, struct exam_question *to, const struct exam_question *from,
	struct random *random)
{
	guint order[EXAM_OPTIONS] = {0, 1, 2, 3};
	random_shuffle(random, order, EXAM_OPTIONS);
	*to = (struct exam_question){
		.id = keep(exam, from->id),
		.area_it = keep(exam, from->area_it),
		.area_en = keep(exam, from->area_en),
		.stem = keep(exam, from->stem),
		.explanation = keep(exam, from->explanation),
	};
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		const struct bank_option *option = &from->options[order[i]];
		to->options[i] = (struct bank_option){
			.id = keep(exam, option->id), .text = keep(exam, option->text)};
		if (order[i] + 1 == from->right) {
			to->right = i + 1;
		}
	}
}

/* A bank's item as a question in the bank's own order. Borrows the item's texts. */
static struct exam_question question_of(const struct bank *bank, const struct bank_item *item)
{
	struct exam_question question = {.id = item->id,
		.area_it = bank->areas[item->area].name_it,
		.area_en = bank->areas[item->area].name_en,
		.stem = item->stem,
		.explanation = item->explanation};
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		question.options[i] = item->options[i];
		if (item->key & (1u << i)) {
			question.right = i + 1;
		}
	}
	return question;
}

/* How little each item is wanted: 0 never asked, 1 for each earlier time, and most when asked last. */
static guint *reluctances(const struct bank *bank, const GPtrArray *before)
{
	guint *list = g_new0(guint, bank->item_count);
	g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < bank->item_count; i++) {
		g_hash_table_insert(places, (char *)bank->items[i].id, GUINT_TO_POINTER(i + 1));
	}
	for (guint e = 0; before && e < before->len; e++) {
		const struct exam *exam = g_ptr_array_index(before, e);
		for (guint q = 0; q < exam->question_count; q++) {
			guint place =
				GPOINTER_TO_UINT(g_hash_table_lookup(places, exam->questions[q].id));
			if (place) {
				list[place - 1] += e == 0 ? 1000000 : 1;
			}
		}
	}
	return list;
}

/* The next item: the least reluctant, of these one of the area with the fewest so far, of these the first. */
static guint pick(const struct bank *bank, const guint *order, const guint *reluctant, const guint *areas,
	const gboolean *taken)
{
	guint best = G_MAXUINT;
	for (guint i = 0; i < bank->item_count; i++) {
		guint item = order[i];
		if (taken[item]) {
			continue;
		}
		if (best == G_MAXUINT || reluctant[item] < reluctant[best] ||
			(reluctant[item] == reluctant[best] &&
				areas[bank->items[item].area] < areas[bank->items[best].area])) {
			best = item;
		}
	}
	return best;
}

struct exam *exam_draw(const struct bank *bank, guint questions, guint64 seed, const GPtrArray *before)
{
	struct random random;
	random_init(&random, seed);
	g_autofree guint *reluctant = reluctances(bank, before);
	g_autofree guint *order = g_new(guint, bank->item_count);
	g_autofree guint *areas = g_new0(guint, bank->area_count);
	g_autofree gboolean *taken = g_new0(gboolean, bank->item_count);
	g_autofree guint *chosen = g_new(guint, questions);
	for (guint i = 0; i < bank->item_count; i++) {
		order[i] = i;
	}
	random_shuffle(&random, order, bank->item_count);
	for (guint q = 0; q < questions; q++) {
		guint item = pick(bank, order, reluctant, areas, taken);
		taken[item] = TRUE;
		areas[bank->items[item].area]++;
		chosen[q] = item;
	}
	random_shuffle(&random, chosen, questions);
	struct exam *exam = exam_create(questions);
	exam->seed = seed;
	exam->bank_name = keep(exam, bank->name);
	exam->bank_version = keep(exam, bank->version);
	for (guint q = 0; q < questions; q++) {
		struct exam_question from = question_of(bank, &bank->items[chosen[q]]);
		freeze(exam, &exam->questions[q], &from, &random);
	}
	return exam;
}

struct exam *exam_again(const struct exam *before, guint64 seed)
{
	struct random random;
	random_init(&random, seed);
	guint count = before->question_count;
	g_autofree guint *order = g_new(guint, count);
	for (guint i = 0; i < count; i++) {
		order[i] = i;
	}
	random_shuffle(&random, order, count);
	struct exam *exam = exam_create(count);
	exam->seed = seed;
	exam->bank_name = keep(exam, before->bank_name);
	exam->bank_version = keep(exam, before->bank_version);
	for (guint q = 0; q < count; q++) {
		freeze(exam, &exam->questions[q], &before->questions[order[q]], &random);
	}
	return exam;
}

guint exam_fresh(const struct exam *exam, const struct exam *before)
{
	guint fresh = 0;
	for (guint q = 0; q < exam->question_count; q++) {
		bool known = false;
		for (guint k = 0; k < before->question_count && !known; k++) {
			known = strcmp(exam->questions[q].id, before->questions[k].id) == 0;
		}
		fresh += !known;
	}
	return fresh;
}

char *exam_write(const struct exam *exam)
{
	json_t *questions = json_array();
	for (guint q = 0; q < exam->question_count; q++) {
		const struct exam_question *question = &exam->questions[q];
		json_t *options = json_array();
		for (guint i = 0; i < EXAM_OPTIONS; i++) {
			json_array_append_new(options, json_pack("{s:s, s:s}", "id", question->options[i].id,
							       "text", question->options[i].text));
		}
		json_array_append_new(questions,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:i}", "id", question->id, "area_it",
				question->area_it, "area_en", question->area_en, "stem", question->stem,
				"explanation", question->explanation, "options", options, "right",
				(int)question->right));
	}
	g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, exam->seed);
	json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:o}", "format", "fad-exam-1", "bank", exam->bank_name,
		"bank_version", exam->bank_version, "seed", seed, "questions", questions);
	char *dumped = json_dumps(root, JSON_COMPACT);
	char *text = g_strdup(dumped);
	free(dumped);
	json_decref(root);
	return text;
}

static const char *member(struct exam *exam, json_t *object, const char *name)
{
	return keep(exam, json_string_value(json_object_get(object, name)));
}

static bool read_question(struct exam *exam, struct exam_question *to, json_t *json)
{
	json_t *options = json_object_get(json, "options");
	json_int_t right = json_integer_value(json_object_get(json, "right"));
	if (json_array_size(options) != EXAM_OPTIONS || right < 1 || right > (json_int_t)EXAM_OPTIONS) {
		return false;
	}
	*to = (struct exam_question){
		.id = member(exam, json, "id"),
		.area_it = member(exam, json, "area_it"),
		.area_en = member(exam, json, "area_en"),
		.stem = member(exam, json, "stem"),
		.explanation = member(exam, json, "explanation"),
		.right = (guint)right,
	};
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		json_t *option = json_array_get(options, i);
		to->options[i] = (struct bank_option){
			.id = member(exam, option, "id"), .text = member(exam, option, "text")};
	}
	return true;
}

struct exam *exam_read(const char *json)
{
	json_auto_t *root = json_loads(json, 0, NULL);
	json_t *list = json_object_get(root, "questions");
	size_t count = json_array_size(list);
	if (count < 1 || count > EXAM_QUESTIONS_MAX) {
		return NULL;
	}
	struct exam *exam = exam_create((guint)count);
	exam->bank_name = member(exam, root, "bank");
	exam->bank_version = member(exam, root, "bank_version");
	exam->seed = g_ascii_strtoull(member(exam, root, "seed"), NULL, 10);
	for (size_t q = 0; q < count; q++) {
		if (!read_question(exam, &exam->questions[q], json_array_get(list, q))) {
			exam_destroy(exam);
			return NULL;
		}
	}
	return exam;
}

json_t *exam_question_view(const struct exam *exam, guint position, guint chosen, gint64 revision)
{
	const struct exam_question *question = &exam->questions[position];
	json_t *options = json_array();
	json_t *answer = json_array();
	for (guint i = 0; i < EXAM_OPTIONS; i++) {
		char name[2] = {(char)('1' + i), '\0'};
		json_array_append_new(
			options, json_pack("{s:s, s:o}", "id", name, "text", rich_json(question->options[i].text)));
		if (chosen == i + 1) {
			json_array_append_new(answer, json_string(name));
		}
	}
	return json_pack("{s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:I}", "position", (int)position, "area_it",
		question->area_it, "area_en", question->area_en, "type", "single", "stem", rich_json(question->stem),
		"options", options, "answer", answer, "revision", (json_int_t)revision);
}

bool exam_answer(json_t *list, guint *ret, struct problem *ret_problem)
{
	static const struct fault_text shape = {"ANSWER_SHAPE", SEVERITY_ERROR, NULL,
		"La risposta deve essere una lista con una sola opzione, da 1 a 4.",
		"The answer must be a list with one option, 1 to 4.", "Ricarica la pagina.",
		"Load the page again."};
	const char *name = json_string_value(json_array_get(list, 0));
	bool none = json_is_array(list) && json_array_size(list) == 0;
	bool one = json_is_array(list) && json_array_size(list) == 1 && name && name[0] >= '1' &&
		   name[0] <= '4' && name[1] == '\0';
	if (!none && !one) {
		fault_set(ret_problem, &shape, "answer", NULL, NULL);
		return false;
	}
	*ret = none ? 0 : (guint)(name[0] - '0');
	return true;
}

guint exam_score(const struct exam *exam, const guint *chosen)
{
	guint score = 0;
	for (guint q = 0; q < exam->question_count; q++) {
		score += chosen[q] == exam->questions[q].right;
	}
	return score;
}
