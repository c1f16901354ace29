#include "assessment/placement/parameters.h"

#include <math.h>
#include <string.h>

#include "assessment/csv.h"
#include "assessment/placement/parameters_faults.h"

enum column {
	COLUMN_ID,
	COLUMN_AREA,
	COLUMN_MODEL,
	COLUMN_A,
	COLUMN_B,
	COLUMN_C,
	COLUMN_STEPS,
	COLUMN_STATE,
	COLUMN_MAX,
};

/* The first name of each is ours. */
static const struct {
	const char *name;
	enum column column;
} column_names[] = {
	{"id", COLUMN_ID}, {"item", COLUMN_ID}, {"label", COLUMN_ID}, {"quesito", COLUMN_ID},
	{"area", COLUMN_AREA}, {"scale", COLUMN_AREA},
	{"model", COLUMN_MODEL}, {"modello", COLUMN_MODEL},
	{"discrimination", COLUMN_A}, {"a", COLUMN_A}, {"discriminazione", COLUMN_A},
	{"difficulty", COLUMN_B}, {"b", COLUMN_B}, {"difficoltà", COLUMN_B},
	{"guessing", COLUMN_C}, {"c", COLUMN_C},
	{"steps", COLUMN_STEPS}, {"passi", COLUMN_STEPS},
	{"state", COLUMN_STATE}, {"stato", COLUMN_STATE},
};

/* Names that other programs give the models are understood too. */
static const struct {
	const char *name;
	enum irt_model model;
} model_names[] = {
	{"rasch", IRT_RASCH}, {"1pl", IRT_RASCH}, {"2pl", IRT_2PL}, {"raschbirnbaum", IRT_2PL}, {"3pl", IRT_3PL},
	{"mixedraschbirnbaum", IRT_3PL}, {"gpcm", IRT_GPCM}, {"pcmgeneralized", IRT_GPCM},
};

struct reading {
	struct parameter_sheet *sheet;
	struct faults *faults;
	GHashTable *lines;      /* id -> line of its row */
	int places[COLUMN_MAX]; /* -1: no such column */
	guint width;            /* of the first row */
	char separator;
	guint line;
};

static void fault(struct reading *reading, enum parameters_fault which, const char *where, const char *one, const char *two)
{
	faults_add_line(reading->faults, &parameters_faults[which], reading->line, where, one, two);
}

static char separator_of(const char *csv)
{
	const char *end = strchr(csv, '\n');
	const size_t len = end ? (size_t)(end - csv) : strlen(csv);
	return memchr(csv, ';', len) ? ';' : memchr(csv, '\t', len) ? '\t' : ',';
}

static void read_name(struct reading *reading, const char *cell, int place)
{
	g_autofree char *name = g_utf8_strdown(cell, -1);
	g_strstrip(name);
	for (size_t i = 0; i < G_N_ELEMENTS(column_names); i++) {
		const enum column column = column_names[i].column;
		if (strcmp(name, column_names[i].name) == 0) {
			if (reading->places[column] >= 0) {
				fault(reading, PARAMETERS_COLUMN_TWICE, name, name, NULL);
			}
			reading->places[column] = place;
			return;
		}
	}
	if (*name) {
		fault(reading, PARAMETERS_COLUMN_UNKNOWN, name, name, NULL);
	}
}

static bool read_header(struct reading *reading, const GPtrArray *cells)
{
	reading->width = cells->len;
	for (guint i = 0; i < COLUMN_MAX; i++) {
		reading->places[i] = -1;
	}
	for (guint i = 0; i < cells->len; i++) {
		read_name(reading, g_ptr_array_index(cells, i), (int)i);
	}
	if (reading->places[COLUMN_B] < 0 && reading->places[COLUMN_STEPS] < 0) {
		fault(reading, PARAMETERS_HEADER, "", NULL, NULL);
		return false;
	}
	return true;
}

/* A number with a point, or with a comma when commas do not separate the columns. */
static bool number_of(const struct reading *reading, const char *text, double *ret)
{
	g_autofree char *own = g_strdup(text);
	if (reading->separator != ',') {
		g_strdelimit(own, ",", '.');
	}
	char *end;
	const double value = g_ascii_strtod(own, &end);
	if (end == own || *end || !isfinite(value)) {
		return false;
	}
	*ret = value;
	return true;
}

/* An empty cell leaves what is there. */
static void read_number(struct reading *reading, const char *id, const char *column, const char *text, double low, double high,
	double *ret)
{
	if (!*text) {
		return;
	}
	double value;
	if (!number_of(reading, text, &value)) {
		fault(reading, PARAMETERS_NUMBER, id, column, text);
	} else if (value < low || value > high) {
		g_autofree char *range = g_strdup_printf("%s = %s (%g … %g)", column, text, low, high);
		fault(reading, PARAMETERS_RANGE, id, id, range);
	} else {
		*ret = value;
	}
}

static void read_model(struct reading *reading, const char *id, const char *text, struct irt_item *irt)
{
	for (size_t i = 0; i < G_N_ELEMENTS(model_names); i++) {
		if (g_ascii_strcasecmp(text, model_names[i].name) == 0) {
			irt->model = model_names[i].model;
			return;
		}
	}
	fault(reading, PARAMETERS_MODEL, id, id, text);
}

static void read_steps(struct reading *reading, const char *id, const char *text, struct irt_item *irt)
{
	g_auto(GStrv) steps = g_strsplit_set(text, " |", -1);
	guint count = 0;
	for (guint i = 0; steps[i]; i++) {
		if (*steps[i] && count < IRT_CATEGORIES_MAX - 1) {
			read_number(reading, id, "steps", steps[i], -PARAMETER_B_MAX, PARAMETER_B_MAX, &irt->steps[count]);
		}
		count += *steps[i] != '\0';
	}
	irt->categories = count + 1;
	if (count < 1 || count >= IRT_CATEGORIES_MAX) {
		fault(reading, PARAMETERS_STEPS, id, id, NULL);
	}
}

static void read_state(struct reading *reading, const char *text, struct parameter_row *row)
{
	for (guint i = 0; i < POOL_STATE_MAX; i++) {
		if (g_ascii_strcasecmp(text, pool_state_name((enum pool_state)i)) == 0) {
			row->state = (enum pool_state)i;
			row->has_state = true;
			return;
		}
	}
	fault(reading, PARAMETERS_STATE, row->id, row->id, text);
}

/* What the model of the row wants and what it does not have. */
static void read_parameters(struct reading *reading, char *const *cells, struct parameter_row *row)
{
	struct irt_item *irt = &row->irt;
	*irt = (struct irt_item){.model = *cells[COLUMN_C] ? IRT_3PL : IRT_2PL, .a = 1, .categories = 2};
	if (*cells[COLUMN_MODEL]) {
		read_model(reading, row->id, cells[COLUMN_MODEL], irt);
	}
	read_number(reading, row->id, "discrimination", cells[COLUMN_A], 1e-6, PARAMETER_A_MAX, &irt->a);
	read_number(reading, row->id, "guessing", cells[COLUMN_C], 0, 0.999, &irt->c);
	if (irt->model == IRT_GPCM) {
		read_steps(reading, row->id, cells[COLUMN_STEPS], irt);
	} else if (!*cells[COLUMN_B]) {
		fault(reading, PARAMETERS_MISSING, row->id, row->id, NULL);
	} else {
		read_number(reading, row->id, "difficulty", cells[COLUMN_B], -PARAMETER_B_MAX, PARAMETER_B_MAX, &irt->b);
	}
	irt->a = irt->model == IRT_RASCH ? 1 : irt->a;
	irt->c = irt->model == IRT_3PL ? irt->c : 0;
}

static void read_row(struct reading *reading, const GPtrArray *record)
{
	char *cells[COLUMN_MAX];
	for (guint i = 0; i < COLUMN_MAX; i++) {
		const int place = reading->places[i];
		cells[i] = place >= 0 && (guint)place < record->len ? g_strstrip(g_ptr_array_index(record, place)) : (char *)"";
	}
	struct parameter_row row = {.id = g_string_chunk_insert(reading->sheet->texts, cells[COLUMN_ID]),
		.area = g_string_chunk_insert_const(reading->sheet->texts, cells[COLUMN_AREA]), .line = reading->line};
	const guint before = reading->faults->errors;
	if (record->len > reading->width) {
		fault(reading, PARAMETERS_CELLS, row.id, row.id, NULL);
		return;
	}
	if (!*row.id && reading->places[COLUMN_ID] >= 0) {
		fault(reading, PARAMETERS_NO_ID, "", NULL, NULL);
		return;
	}
	if (!*cells[COLUMN_A] && !*cells[COLUMN_B] && !*cells[COLUMN_C] && !*cells[COLUMN_STEPS]) {
		return;
	}
	if (*cells[COLUMN_STATE]) {
		read_state(reading, cells[COLUMN_STATE], &row);
	}
	read_parameters(reading, cells, &row);
	const guint other = GPOINTER_TO_UINT(g_hash_table_lookup(reading->lines, row.id));
	if (*row.id && other) {
		char line[16];
		g_snprintf(line, sizeof(line), "%u", other);
		fault(reading, PARAMETERS_TWICE, row.id, row.id, line);
	} else if (reading->faults->errors == before) {
		g_hash_table_insert(reading->lines, (void *)row.id, GUINT_TO_POINTER(row.line));
		g_array_append_val(reading->sheet->rows, row);
	}
}

static bool is_blank(const GPtrArray *record)
{
	return record->len == 1 && !*g_strstrip(g_ptr_array_index(record, 0));
}

bool parameters_read(const char *csv, size_t len, struct faults *faults, struct parameter_sheet *ret)
{
	*ret = (struct parameter_sheet){g_array_new(FALSE, FALSE, sizeof(struct parameter_row)), g_string_chunk_new(4096)};
	const guint before = faults->errors;
	g_autofree char *own = g_strndup(csv, len);
	const char *at = g_str_has_prefix(own, "\xEF\xBB\xBF") ? own + 3 : own;
	struct reading reading = {.sheet = ret, .faults = faults, .separator = separator_of(at),
		.lines = g_hash_table_new(g_str_hash, g_str_equal), .line = 1};
	guint next = 1;
	bool headed = false;
	for (GPtrArray *record; (record = csv_record(&at, reading.separator, &next)); reading.line = next) {
		if (!headed) {
			headed = true;
			at = read_header(&reading, record) ? at : "";
		} else if (ret->rows->len >= BANK_ITEMS_MAX) {
			fault(&reading, PARAMETERS_TOO_MANY, "", NULL, NULL);
			at = "";
		} else if (!is_blank(record)) {
			read_row(&reading, record);
		}
		g_ptr_array_unref(record);
	}
	if (!headed) {
		fault(&reading, PARAMETERS_HEADER, "", NULL, NULL);
	}
	g_hash_table_unref(reading.lines);
	return faults->errors == before;
}

void parameters_finish(struct parameter_sheet *sheet)
{
	g_array_unref(sheet->rows);
	g_string_chunk_free(sheet->texts);
}
