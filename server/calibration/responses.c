/* Answers to calibrate from: a CSV, or the placements that were taken. */
#include "server/calibration/calibration.h"

#include <string.h>

#include "assessment/form/response.h"
#include "server/store/placement.h"

enum responses_fault {
	RESPONSES_EMPTY,
	RESPONSES_MANY,
	RESPONSES_COLUMNS,
	RESPONSES_MARK,
	RESPONSES_TWICE,
};

static const struct fault_text texts[] = {
	[RESPONSES_EMPTY] = {"RESPONSES_EMPTY", SEVERITY_ERROR, NULL, "Il file non ha una riga di intestazione con i quesiti.",
		"The file has no header line with the items.", "Prima riga: persona;Q1;Q2;…", "First line: person;Q1;Q2;…"},
	[RESPONSES_MANY] = {"RESPONSES_MANY", SEVERITY_ERROR, NULL, "Troppi quesiti o troppe persone: al massimo $1 e $2.",
		"Too many items or people: $1 and $2 at most.", NULL, NULL},
	[RESPONSES_COLUMNS] = {"RESPONSES_COLUMNS", SEVERITY_ERROR, NULL, "La riga ha $1 colonne: ne servono $2.",
		"The line has $1 columns: $2 are needed.", NULL, NULL},
	[RESPONSES_MARK] = {"RESPONSES_MARK", SEVERITY_ERROR, NULL, "«$1» non è 0, 1 o vuoto (quesito $2).",
		"\"$1\" is not 0, 1 or empty (item $2).", NULL, NULL},
	[RESPONSES_TWICE] = {"RESPONSES_TWICE", SEVERITY_ERROR, NULL, "Il quesito «$1» ha due colonne.",
		"The item \"$1\" has two columns.", NULL, NULL},
};

void response_table_init(struct response_table *table)
{
	*table = (struct response_table){.items = g_ptr_array_new_with_free_func(g_free), .marks = g_byte_array_new()};
}

void response_table_finish(struct response_table *table)
{
	g_ptr_array_unref(table->items);
	g_byte_array_unref(table->marks);
}

static bool mark_of(const char *cell, guint8 *ret)
{
	if (strcmp(cell, "0") == 0 || strcmp(cell, "1") == 0) {
		*ret = (guint8)(cell[0] - '0');
	} else if (*cell == '\0' || g_ascii_strcasecmp(cell, "NA") == 0) {
		*ret = (guint8)ANSWER_MISSING;
	} else {
		return false;
	}
	return true;
}

static void read_row(struct response_table *table, char **cells, guint skip, const char *where, struct faults *faults)
{
	for (guint i = 0; i < table->items->len; i++) {
		guint8 mark = (guint8)ANSWER_MISSING;
		char *cell = g_strstrip(cells[skip + i]);
		if (!mark_of(cell, &mark)) {
			faults_add(faults, &texts[RESPONSES_MARK], where, cell, g_ptr_array_index(table->items, i));
		}
		g_byte_array_append(table->marks, &mark, 1);
	}
	table->persons++;
}

static guint read_header(struct response_table *table, char **names, struct faults *faults)
{
	guint skip = names[0] && (g_ascii_strcasecmp(g_strstrip(names[0]), "persona") == 0 ||
					 g_ascii_strcasecmp(names[0], "person") == 0);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = skip; names[i]; i++) {
		char *name = g_strdup(g_strdelimit(g_strstrip(names[i]), "\"", ' '));
		g_ptr_array_add(table->items, g_strstrip(name));
		if (!g_hash_table_add(seen, name)) {
			faults_add(faults, &texts[RESPONSES_TWICE], "1", name, NULL);
		}
	}
	return skip;
}

bool responses_from_csv(struct response_table *table, const char *text, size_t len, struct faults *faults)
{
	g_autofree char *copy = g_strndup(text, len);
	char *at = g_str_has_prefix(copy, "\xef\xbb\xbf") ? copy + 3 : copy;
	guint skip = 0, line = 0;
	const char *separator = ",";
	while (*at) {
		char *end = strchr(at, '\n');
		char *next = end ? end + 1 : at + strlen(at);
		if (end) {
			*end = '\0';
		}
		g_strchomp(at);
		line++;
		separator = line == 1 && strchr(at, ';') ? ";" : separator;
		g_auto(GStrv) cells = g_strsplit(at, separator, -1);
		g_autofree char *where = g_strdup_printf("%u", line);
		if (line == 1) {
			skip = read_header(table, cells, faults);
		} else if (*at && g_strv_length(cells) != table->items->len + skip) {
			g_autofree char *have = g_strdup_printf("%u", g_strv_length(cells));
			g_autofree char *want = g_strdup_printf("%u", table->items->len + skip);
			faults_add(faults, &texts[RESPONSES_COLUMNS], where, have, want);
		} else if (*at) {
			read_row(table, cells, skip, where, faults);
		}
		at = next;
		if (table->persons > CALIBRATION_PERSONS_MAX || table->items->len > CALIBRATION_ITEMS_MAX) {
			g_autofree char *items = g_strdup_printf("%u", CALIBRATION_ITEMS_MAX);
			g_autofree char *persons = g_strdup_printf("%u", CALIBRATION_PERSONS_MAX);
			faults_add(faults, &texts[RESPONSES_MANY], where, items, persons);
			return false;
		}
	}
	if (table->items->len == 0) {
		faults_add(faults, &texts[RESPONSES_EMPTY], "1", NULL, NULL);
	}
	return faults->errors == 0;
}

struct gathering {
	struct response_table *table;
	GHashTable *columns; /* item id -> column + 1 */
	GPtrArray *rows;     /* GByteArray *: item column and mark, as pairs */
};

static void gather(int64_t person, const char *text, const GArray *answers, void *data)
{
	(void)person;
	struct gathering *work = data;
	struct form *form = form_read(text);
	GArray *row = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; form && i < MIN(form->item_count, answers->len); i++) {
		const struct form_item *item = &form->items[i];
		const char *answer = g_array_index(answers, struct placement_answer, i).response;
		guint column = GPOINTER_TO_UINT(g_hash_table_lookup(work->columns, item->id));
		if (!response_is_given(answer)) {
			continue;
		}
		if (column == 0) {
			g_ptr_array_add(work->table->items, g_strdup(item->id));
			column = work->table->items->len;
			g_hash_table_insert(work->columns, g_strdup(item->id), GUINT_TO_POINTER(column));
		}
		guint pair = (column - 1) * 2 + (response_score(item, answer) >= 1);
		g_array_append_val(row, pair);
	}
	form_destroy(form);
	g_ptr_array_add(work->rows, row);
}

void responses_from_placements(struct response_table *table, struct db *db, int64_t bank)
{
	struct gathering work = {.table = table,
		.columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref)};
	placements_scored(db, bank, gather, &work);
	const guint items = table->items->len;
	table->persons = work.rows->len;
	g_byte_array_set_size(table->marks, table->persons * items);
	if (table->marks->len > 0) {
		memset(table->marks->data, (guint8)ANSWER_MISSING, table->marks->len);
	}
	for (guint p = 0; p < work.rows->len; p++) {
		const GArray *row = g_ptr_array_index(work.rows, p);
		for (guint k = 0; k < row->len; k++) {
			guint pair = g_array_index(row, guint, k);
			table->marks->data[(size_t)p * items + pair / 2] = (guint8)(pair % 2);
		}
	}
	g_hash_table_unref(work.columns);
	g_ptr_array_unref(work.rows);
}
