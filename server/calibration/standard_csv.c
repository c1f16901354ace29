/* Ratings of a panel, read from CSV. */
#include <string.h>

#include "server/calibration/standard.h"

enum standard_fault {
	STANDARD_HEADER,
	STANDARD_LINE,
	STANDARD_ROUND,
	STANDARD_LEVEL,
	STANDARD_ITEM,
	STANDARD_RATING,
	STANDARD_EMPTY,
	STANDARD_TWICE,
	STANDARD_JUDGES,
};

static const struct fault_text texts[] = {
	[STANDARD_HEADER] = {"STANDARD_HEADER", SEVERITY_ERROR, NULL,
		"Manca la colonna «$1». La prima riga dice: giro;giudice;livello;quesito;valutazione.",
		"The column \"$1\" is missing. The first line says: round;judge;level;item;rating.", NULL, NULL},
	[STANDARD_LINE] = {"STANDARD_LINE", SEVERITY_ERROR, NULL, "La riga ha $1 colonne: ne servono $2.",
		"The line has $1 columns: $2 are needed.", NULL, NULL},
	[STANDARD_ROUND] = {"STANDARD_ROUND", SEVERITY_ERROR, NULL, "Il giro «$1» non è un numero da 1 a 20.",
		"The round \"$1\" is not a number from 1 to 20.", NULL, NULL},
	[STANDARD_LEVEL] = {"STANDARD_LEVEL", SEVERITY_ERROR, NULL,
		"Il livello «$1» non esiste, o è il primo, che non ha soglia.",
		"There is no level \"$1\", or it is the first, which has no cut.", NULL, NULL},
	[STANDARD_ITEM] = {"STANDARD_ITEM", SEVERITY_ERROR, NULL, "Il quesito «$1» non è nella banca della seduta.",
		"The item \"$1\" is not in the session's bank.", NULL, NULL},
	[STANDARD_RATING] = {"STANDARD_RATING", SEVERITY_ERROR, NULL,
		"La valutazione «$1» non è una probabilità da 0 a 1 (o una percentuale da 0 a 100).",
		"The rating \"$1\" is not a probability from 0 to 1 (or a percentage from 0 to 100).", NULL, NULL},
	[STANDARD_EMPTY] = {"STANDARD_EMPTY", SEVERITY_ERROR, NULL, "Non ci sono valutazioni.",
		"There are no ratings.", NULL, NULL},
	[STANDARD_TWICE] = {"STANDARD_TWICE", SEVERITY_ERROR, NULL,
		"Questa valutazione c’è già più in alto nel file.", "This rating is already further up in the file.",
		NULL, NULL},
	[STANDARD_JUDGES] = {"STANDARD_JUDGES", SEVERITY_ERROR, NULL,
		"Con «$1» i giudici della seduta sono più di $2. Dividi la giuria in più sedute.",
		"With \"$1\" the session has more than $2 judges. Split the panel into several sessions.", NULL, NULL},
};

static const char *const names[5][2] = {
	{"giro", "round"}, {"giudice", "judge"}, {"livello", "level"}, {"quesito", "item"}, {"valutazione", "rating"}};

static bool find_columns(char **header, guint ret[5], struct faults *faults)
{
	bool all = true;
	for (guint c = 0; c < 5; c++) {
		ret[c] = G_MAXUINT;
		for (guint i = 0; header[i]; i++) {
			char *name = g_strstrip(header[i]);
			if (g_ascii_strcasecmp(name, names[c][0]) == 0 || g_ascii_strcasecmp(name, names[c][1]) == 0) {
				ret[c] = i;
			}
		}
		if (ret[c] == G_MAXUINT) {
			faults_add(faults, &texts[STANDARD_HEADER], "1", names[c][0], NULL);
			all = false;
		}
	}
	return all;
}

static bool read_rating(char *text, double *ret)
{
	char *end;
	g_strdelimit(text, ",", '.');
	double value = g_ascii_strtod(text, &end);
	bool good = *text && *end == '\0' && value >= 0 && value <= 100;
	*ret = value > 1 ? value / 100 : value;
	return good;
}

static bool read_line(char **fields, const guint columns[5], GHashTable *levels, GHashTable *items,
	struct standard_rating *ret, const char *where, struct faults *faults)
{
	guint before = faults->errors;
	char *cell[5];
	guint64 round = 0;
	for (guint c = 0; c < 5; c++) {
		cell[c] = g_strstrip(fields[columns[c]]);
	}
	if (!g_ascii_string_to_unsigned(cell[0], 10, 1, STANDARD_ROUNDS_MAX, &round, NULL)) {
		faults_add(faults, &texts[STANDARD_ROUND], where, cell[0], NULL);
	}
	if (!g_hash_table_contains(levels, cell[2])) {
		faults_add(faults, &texts[STANDARD_LEVEL], where, cell[2], NULL);
	}
	if (!g_hash_table_contains(items, cell[3])) {
		faults_add(faults, &texts[STANDARD_ITEM], where, cell[3], NULL);
	}
	*ret = (struct standard_rating){.round = (int64_t)round};
	g_autofree char *as_given = g_strdup(cell[4]);
	if (!read_rating(cell[4], &ret->rating)) {
		faults_add(faults, &texts[STANDARD_RATING], where, as_given, NULL);
	}
	g_strlcpy(ret->judge, *cell[1] ? cell[1] : "?", sizeof(ret->judge));
	g_strlcpy(ret->level, cell[2], sizeof(ret->level));
	g_strlcpy(ret->item, cell[3], sizeof(ret->item));
	return faults->errors == before;
}

/* Tells of each judge too many, once. */
static void add_judge(GHashTable *judges, const char *judge, const char *where, struct faults *faults)
{
	if (g_hash_table_add(judges, g_strdup(judge)) && g_hash_table_size(judges) > STANDARD_JUDGES_MAX) {
		faults_add(faults, &texts[STANDARD_JUDGES], where, judge, G_STRINGIFY(STANDARD_JUDGES_MAX));
	}
}

GArray *standard_csv(const char *text, size_t len, GHashTable *levels, GHashTable *items, const GArray *before,
	struct faults *faults)
{
	g_autofree char *copy = g_utf8_make_valid(text, (gssize)len);
	char *start = g_str_has_prefix(copy, "\xef\xbb\xbf") ? copy + 3 : copy;
	g_auto(GStrv) lines = g_strsplit(start, "\n", -1);
	const char *separator = lines[0] && strchr(lines[0], ';') ? ";" : ",";
	g_auto(GStrv) header = g_strsplit(lines[0] ? g_strchomp(lines[0]) : "", separator, -1);
	guint columns[5], width = g_strv_length(header);
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct standard_rating));
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) judges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < before->len; i++) {
		g_hash_table_add(judges, g_strdup(g_array_index(before, struct standard_rating, i).judge));
	}
	bool good = find_columns(header, columns, faults);
	for (guint n = 1; good && lines[n]; n++) {
		if (!*g_strchomp(lines[n])) {
			continue;
		}
		g_autofree char *where = g_strdup_printf("%u", n + 1);
		g_auto(GStrv) fields = g_strsplit(lines[n], separator, -1);
		struct standard_rating rating;
		if (g_strv_length(fields) < width) {
			g_autofree char *have = g_strdup_printf("%u", g_strv_length(fields));
			g_autofree char *want = g_strdup_printf("%u", width);
			faults_add(faults, &texts[STANDARD_LINE], where, have, want);
		} else if (read_line(fields, columns, levels, items, &rating, where, faults)) {
			char *key = g_strdup_printf("%d\n%s\n%s\n%s", (int)rating.round, rating.judge, rating.level, rating.item);
			if (!g_hash_table_add(seen, key)) {
				faults_add(faults, &texts[STANDARD_TWICE], where, NULL, NULL);
			}
			add_judge(judges, rating.judge, where, faults);
			g_array_append_val(list, rating);
		}
	}
	if (faults->errors == 0 && list->len == 0) {
		faults_add(faults, &texts[STANDARD_EMPTY], "", NULL, NULL);
	}
	if (faults->errors > 0) {
		g_array_unref(list);
		return NULL;
	}
	return list;
}
