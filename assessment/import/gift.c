/* GIFT, as Moodle writes and documents it: questions apart by empty lines, answers in braces, '\' escapes. */
#include "assessment/import/parts.h"

#include <string.h>

#define PLACE "\x1a" /* where the answers stand, when text follows them */
#define BLANK "_____"

/* The next of `marks` that no backslash precedes; NULL when there is none before `end`. */
static const char *find(const char *at, const char *end, const char *marks)
{
	for (; at < end; at++) {
		if (*at == '\\' && at + 1 < end) {
			at++;
		} else if (strchr(marks, *at)) {
			return at;
		}
	}
	return NULL;
}

/* A piece without its escapes, trimmed; yours. */
static char *piece(const char *at, const char *end)
{
	GString *text = g_string_new(NULL);
	for (; at < end; at++) {
		if (*at == '\\' && at + 1 < end && strchr("~=#{}:\\n", at[1])) {
			at++;
			g_string_append_c(text, *at == 'n' ? '\n' : *at);
		} else {
			g_string_append_c(text, *at);
		}
	}
	char *raw = g_string_free(text, FALSE);
	return g_strstrip(raw);
}

/* Leaves "[html]" and its like behind; true when the text is HTML. */
static bool take_format(const char **at, const char *end)
{
	static const char *const formats[] = {"[html]", "[moodle]", "[plain]", "[markdown]"};
	while (*at < end && g_ascii_isspace(**at)) {
		(*at)++;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		size_t len = strlen(formats[i]);
		if ((size_t)(end - *at) >= len && strncmp(*at, formats[i], len) == 0) {
			*at += len;
			return i < 2;
		}
	}
	return false;
}

struct weights {
	guint plain_right; /* answers marked "=" */
	guint weighted;    /* answers with a weight above 0 */
	guint32 right, best;
	double sum, most;
};

static void read_option(const char *at, const char *end, struct draft *draft, struct weights *weights)
{
	bool right = *at == '=';
	guint32 bit = draft->options->len < 32 ? 1u << draft->options->len : 0;
	double weight = right ? 100 : 0;
	at++;
	while (at < end && g_ascii_isspace(*at)) {
		at++;
	}
	const char *close = at < end && *at == '%' ? memchr(at + 1, '%', (size_t)(end - at - 1)) : NULL;
	if (close) {
		weight = g_ascii_strtod(at + 1, NULL);
		at = close + 1;
	}
	if (right && !close) {
		weights->plain_right++;
	} else if (weight > 0) {
		weights->weighted++;
	}
	if (weight > 0) {
		weights->right |= bit;
		weights->sum += weight;
	}
	if (weight > weights->most) {
		weights->most = weight;
		weights->best = bit;
	}
	draft->html |= take_format(&at, end);
	const char *feedback = find(at, end, "#");
	g_ptr_array_add(draft->options, piece(at, feedback ? feedback : end));
}

/* What the weights mean: one right answer, several that make 100 together, or a fault. */
static bool decide(struct import *import, struct draft *draft, const struct weights *weights)
{
	bool partial = false;
	if (weights->most >= 99.9 && !(weights->plain_right > 1)) {
		draft->type = ITEM_SINGLE;
		draft->key = weights->best;
		partial = weights->weighted + weights->plain_right > 1;
	} else if (weights->plain_right == 0 && weights->weighted > 0) {
		if (weights->sum < 99 || weights->sum > 101) {
			g_autofree char *sum = g_strdup_printf("%g", weights->sum);
			import_refuse(import, IMPORT_FAULT_WEIGHTS, draft->line, draft->name, sum);
			return false;
		}
		draft->type = ITEM_MULTIPLE;
		draft->key = weights->right;
		partial = true;
	} else {
		draft->type = ITEM_MULTIPLE;
		draft->key = weights->right;
	}
	if (partial && draft->key) {
		g_autofree char *number = g_strdup_printf("%u", import->count.imported + import->count.refused + 1);
		const char *name = draft->name ? draft->name : number;
		import_note(import, IMPORT_FAULT_PARTIAL, draft->line, name, name, NULL);
	}
	return true;
}

/* Adds the item; where its answers stood in the text, stands this place. */
static void add(struct import *import, struct draft *draft, const char *place)
{
	g_auto(GStrv) parts = g_strsplit(draft->stem, PLACE, 2);
	g_autofree char *stem = g_strjoinv(place, parts);
	const char *kept = draft->stem;
	draft->stem = stem;
	import_add(import, draft);
	draft->stem = kept;
}

/* Adds an item that is no choice. Its texts are plain already, or made so. */
static void add_more(struct import *import, struct draft *draft, enum item_type type, json_t *more)
{
	json_object_set_new(more, "type", json_string(item_type_name(type)));
	draft->more = more;
	if (import_heed(import, draft, draft->notes, more)) {
		add(import, draft, type == ITEM_TEXT_ENTRY ? "[[g1]]" : BLANK);
	}
	draft->more = NULL;
	json_decref(more);
}

static char *plain_piece(const struct draft *draft, const char *at, const char *end)
{
	g_autofree char *raw = piece(at, end);
	json_auto_t *text = draft->html ? import_listed(raw, draft->notes) : json_string(raw);
	return g_strdup(json_string_value(text));
}

/* "=%50%text#feedback" or "#5:0.5", "#1..3": its score, and where the text begins. */
static double written_score(const char **at, const char *end)
{
	double score = 1;
	(*at)++;
	while (*at < end && g_ascii_isspace(**at)) {
		(*at)++;
	}
	const char *close = *at < end && **at == '%' ? memchr(*at + 1, '%', (size_t)(end - *at - 1)) : NULL;
	if (close) {
		score = g_ascii_strtod(*at + 1, NULL) / 100;
		*at = close + 1;
	}
	return score;
}

static json_t *number_json(const char *text, double score)
{
	g_auto(GStrv) range = g_strsplit(text, "..", 2), parts = g_strsplit(text, ":", 2);
	char *end = NULL;
	double number = 0, tolerance = 0;
	if (range[0] && range[1]) { /* of an empty text there is no part at all */
		const double low = g_ascii_strtod(range[0], &end);
		char *first = end == range[0] ? NULL : end;
		const double high = g_ascii_strtod(range[1], &end);
		number = (low + high) / 2;
		tolerance = (high - low) / 2;
		end = !first || end == range[1] || high < low ? NULL : end;
	} else if (parts[0]) {
		number = g_ascii_strtod(parts[0], &end);
		tolerance = parts[1] ? g_ascii_strtod(parts[1], NULL) : 0;
		end = end == parts[0] ? NULL : end;
	}
	return end ? json_pack("{s:f, s:f, s:f}", "number", number, "tolerance", tolerance, "score", score) : NULL;
}

/* Short answers and numbers: "=" before each. */
static void read_written(struct import *import, struct draft *draft, const char *at, const char *end, bool number)
{
	json_t *answers = json_array();
	bool partial = false, wild = false;
	while (at) {
		const char *next = find(at + 1, end, "=");
		const double score = written_score(&at, next ? next : end);
		const char *feedback = find(at, next ? next : end, "#");
		g_autofree char *text = plain_piece(draft, at, feedback ? feedback : next ? next : end);
		json_t *one = score <= 0 ? NULL : number ? number_json(text, score) : json_pack("{s:s, s:f}", "text", text, "score", score);
		partial |= one && score < 1;
		wild |= one && !number && strchr(text, '*');
		if (one) {
			json_array_append_new(answers, one);
		}
		at = next;
	}
	if (wild) { /* any text may stand there */
		json_decref(answers);
		import_refuse(import, IMPORT_FAULT_RULES, draft->line, draft->name, "*");
		return;
	}
	json_t *gap = json_pack("{s:s, s:o}", "id", "g1", "answers", answers);
	add_more(import, draft, ITEM_TEXT_ENTRY, json_pack("{s:[o], s:b}", "gaps", gap, "partial", (int)partial));
}

/* "=left -> right", each. */
static void read_matching(struct import *import, struct draft *draft, const char *at, const char *end)
{
	json_t *prompts = json_array(), *options = json_array(), *key = json_array();
	g_autoptr(GPtrArray) rights = g_ptr_array_new_with_free_func(g_free);
	while (at) {
		const char *next = find(at + 1, end, "=");
		const char *stop = next ? next : end, *arrow = g_strstr_len(at, stop - at, "->");
		const char *feedback = arrow ? find(arrow, stop, "#") : NULL;
		char *right = plain_piece(draft, arrow ? arrow + 2 : stop, feedback ? feedback : stop);
		const char *begin = at + 1;
		draft->html = take_format(&begin, stop) || draft->html;
		g_autofree char *left = plain_piece(draft, begin, arrow ? arrow : stop);
		guint place = 0;
		while (place < rights->len && strcmp(rights->pdata[place], right) != 0) {
			place++;
		}
		if (place == rights->len) {
			json_array_append_new(options, json_pack("{s:o, s:s}", "id", json_sprintf("o%u", place + 1), "text", right));
		}
		g_ptr_array_add(rights, place == rights->len ? right : NULL);
		if (!rights->pdata[rights->len - 1]) {
			g_ptr_array_set_size(rights, (gint)rights->len - 1);
			g_free(right);
		}
		if (*left) {
			const guint slot = (guint)json_array_size(prompts) + 1;
			json_array_append_new(prompts, json_pack("{s:o, s:s}", "id", json_sprintf("p%u", slot), "text", left));
			json_array_append_new(key, json_sprintf("p%u o%u", slot, place + 1));
		}
		at = next;
	}
	add_more(import, draft, ITEM_MATCH,
		json_pack("{s:o, s:o, s:o, s:b}", "prompts", prompts, "options", options, "key", key, "partial", 1));
}

static void read_options(struct import *import, struct draft *draft, const char *at, const char *end)
{
	struct weights weights = {0};
	if (*at == '=' && !find(at, end, "~")) {
		if (g_strstr_len(at, end - at, "->")) {
			read_matching(import, draft, at, end);
		} else {
			read_written(import, draft, at, end, false);
		}
		return;
	}
	while (at) {
		const char *next = find(at + 1, end, "=~");
		read_option(at, next ? next : end, draft, &weights);
		at = next;
	}
	if (decide(import, draft, &weights)) {
		add(import, draft, BLANK);
	}
}

/* What is told of all answers (yours to give, taken), then of each: "#..." up to the next; yours. */
static char *told(char *of_all, const char *at, const char *end)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(list, of_all);
	at += at < end && *at == '#'; /* numbers follow */
	for (const char *hash = find(at, end, "#"); hash; hash = find(at, end, "#")) {
		const char *next = find(hash + 1, end, "=~#");
		char *one = piece(hash + 1, next ? next : end);
		if (*one && !g_ptr_array_find_with_equal_func(list, one, g_str_equal, NULL)) {
			g_ptr_array_add(list, one);
		} else {
			g_free(one);
		}
		at = next ? next : end;
	}
	g_ptr_array_add(list, NULL);
	return g_strstrip(g_strjoinv("\n", (char **)list->pdata));
}

static void read_answers(struct import *import, struct draft *draft, const char *at, const char *end)
{
	const char *feedback = g_strstr_len(at, end - at, "####");
	char *of_all = feedback ? piece(feedback + 4, end) : g_strdup("");
	end = feedback ? feedback : end;
	while (at < end && g_ascii_isspace(*at)) {
		at++;
	}
	g_autofree char *explanation = told(of_all, at, end);
	draft->explanation = explanation;
	const char *hash = find(at, end, "#");
	g_autofree char *word = piece(at, hash ? hash : end);
	bool is_true = g_ascii_strcasecmp(word, "T") == 0 || g_ascii_strcasecmp(word, "TRUE") == 0;
	bool is_false = g_ascii_strcasecmp(word, "F") == 0 || g_ascii_strcasecmp(word, "FALSE") == 0;
	if (at == end) {
		add_more(import, draft, ITEM_EXTENDED_TEXT, json_pack("{s:s}", "state", "draft"));
	} else if (is_true || is_false) {
		draft->type = ITEM_TRUE_FALSE;
		draft->key = is_true;
		add(import, draft, BLANK);
	} else if (*at == '#') {
		const char *first = find(at + 1, end, "=");
		read_written(import, draft, first ? first : at, end, true);
	} else if (*at == '=' || *at == '~') {
		read_options(import, draft, at, end);
	} else {
		import_refuse(import, IMPORT_FAULT_KEY, draft->line, draft->name, NULL);
	}
}

static void read_question(struct import *import, const char *text, guint line)
{
	const char *end = text + strlen(text);
	g_autofree char *name = NULL;
	if (g_str_has_prefix(text, "::")) {
		const char *close = text + 2;
		while ((close = find(close, end, ":")) && close[1] != ':') {
			close++;
		}
		if (close) {
			name = piece(text + 2, close);
			text = close + 2;
		}
	}
	struct text_notes notes = {0};
	struct draft draft = {.name = name, .line = line, .notes = &notes};
	draft.html = take_format(&text, end);
	const char *open = find(text, end, "{");
	const char *close = open ? find(open + 1, end, "}") : NULL;
	if (!open || !close) {
		import_refuse(import, open ? IMPORT_FAULT_SYNTAX : IMPORT_FAULT_TYPE, line, name,
			open ? "manca «}» / \"}\" is missing" : "description");
		return;
	}
	g_autofree char *before = piece(text, open);
	g_autofree char *after = piece(close + 1, end);
	const bool apart = open > text && g_ascii_isspace(open[-1]), apart_after = g_ascii_isspace(close[1]);
	g_autofree char *stem = !*after ? g_strdup(before)
				: g_strconcat(before, apart ? " " : "", PLACE, apart_after ? " " : "", after, NULL);
	g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func(g_free);
	draft.stem = stem;
	draft.options = options;
	if (find(close + 1, end, "{")) {
		import_refuse(import, IMPORT_FAULT_COMPOSITE, line, name, "{…} {…}");
	} else {
		read_answers(import, &draft, open + 1, close);
	}
	g_free(notes.refused);
}

static void flush(struct import *import, GString *text, guint line)
{
	g_strstrip(text->str);
	if (*text->str) {
		read_question(import, text->str, line);
	}
	g_string_truncate(text, 0);
}

void import_gift(struct import *import, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(GString) question = g_string_new(NULL);
	guint first = 0;
	for (guint i = 0; lines[i]; i++) {
		char *line = g_strchomp(lines[i]);
		const char *begin = line + strspn(line, " \t");
		if (!*begin) {
			flush(import, question, first);
		} else if (g_str_has_prefix(begin, "$CATEGORY:")) {
			flush(import, question, first);
			g_autofree char *path = g_strstrip(g_strdup(begin + 10));
			const char *slash = strrchr(path, '/');
			import_area(import, slash && slash[1] ? slash + 1 : path);
		} else if (!g_str_has_prefix(begin, "//")) {
			if (g_str_has_prefix(begin, "::") && find(question->str, question->str + question->len, "}")) {
				flush(import, question, first); /* without the line between them that there should be */
			}
			first = question->len ? first : i + 1;
			g_string_append(question, line);
			g_string_append_c(question, '\n');
		}
	}
	flush(import, question, first);
}
