#include "server/calibration/standard.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/pool.h"
#include "assessment/measurement/standard_setting.h"
#include "server/store/levels.h"

enum standard_fault {
	STANDARD_HEADER,
	STANDARD_LINE,
	STANDARD_ROUND,
	STANDARD_LEVEL,
	STANDARD_ITEM,
	STANDARD_RATING,
	STANDARD_EMPTY,
	STANDARD_TWICE,
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

GArray *standard_csv(const char *text, size_t len, GHashTable *levels, GHashTable *items, struct faults *faults)
{
	g_autofree char *copy = g_utf8_make_valid(text, (gssize)len);
	char *start = g_str_has_prefix(copy, "\xef\xbb\xbf") ? copy + 3 : copy;
	g_auto(GStrv) lines = g_strsplit(start, "\n", -1);
	const char *separator = lines[0] && strchr(lines[0], ';') ? ";" : ",";
	g_auto(GStrv) header = g_strsplit(lines[0] ? g_strchomp(lines[0]) : "", separator, -1);
	guint columns[5], width = g_strv_length(header);
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct standard_rating));
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
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

/* --- What the ratings come to --- */

struct panel {
	const struct standard_session *session;
	const struct pool *pool;
	const GArray *ratings;
	int64_t round;
	GPtrArray *judges; /* names in the round, borrowed */
	GPtrArray *items;  /* ids judged in the round (Angoff) */
};

static guint place_of(GPtrArray *list, const char *text)
{
	for (guint i = 0; i < list->len; i++) {
		if (strcmp(g_ptr_array_index(list, i), text) == 0) {
			return i;
		}
	}
	return G_MAXUINT;
}

static void add_once(GPtrArray *list, const char *text)
{
	if (place_of(list, text) == G_MAXUINT) {
		g_ptr_array_add(list, (char *)text);
	}
}

/* The parameters of the items judged; false when one has none. */
static bool parameters_of(const struct panel *panel, struct irt_item *ret)
{
	for (guint i = 0; i < panel->items->len; i++) {
		guint place = pool_find(panel->pool, g_ptr_array_index(panel->items, i));
		if (place == G_MAXUINT || !panel->pool->items[place].has_parameters) {
			return false;
		}
		ret[i] = panel->pool->items[place].irt;
	}
	return panel->items->len > 0;
}

static json_t *number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *judges_json(const struct panel *panel, const double *cuts)
{
	json_t *list = json_array();
	for (guint j = 0; j < panel->judges->len; j++) {
		json_array_append_new(list, json_pack("{s:s, s:o}", "judge", (char *)g_ptr_array_index(panel->judges, j),
						    "cut", number_json(cuts[j])));
	}
	return list;
}

static json_t *angoff_cut(const struct panel *panel, const char *level)
{
	guint judges = panel->judges->len, items = panel->items->len;
	g_autofree double *table = g_new(double, (gsize)judges * items + 1);
	g_autofree double *cuts = g_new0(double, judges + 1);
	g_autofree struct irt_item *irt = g_new0(struct irt_item, items + 1);
	for (guint i = 0; i < judges * items; i++) {
		table[i] = NAN;
	}
	for (guint r = 0; r < panel->ratings->len; r++) {
		const struct standard_rating *rating = &g_array_index(panel->ratings, struct standard_rating, r);
		if (rating->round == panel->round && strcmp(rating->level, level) == 0) {
			table[place_of(panel->judges, rating->judge) * items + place_of(panel->items, rating->item)] =
				rating->rating;
		}
	}
	struct standard_cut cut;
	uint32_t judge, item;
	if (!standard_angoff(table, judges, items, cuts, &cut, &judge, &item)) {
		return json_pack("{s:s, s:{s:s, s:s}}", "level", level, "missing", "judge",
			(char *)g_ptr_array_index(panel->judges, judge), "item",
			(char *)g_ptr_array_index(panel->items, item));
	}
	double theta = NAN, theta_se = NAN;
	if (parameters_of(panel, irt)) {
		theta = standard_theta(irt, items, cut.cut);
		theta_se = cut.se / standard_slope(irt, items, theta);
	}
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "level", level, "judges",
		judges_json(panel, cuts), "cut", number_json(cut.cut), "sd", number_json(cut.sd), "se",
		number_json(cut.se), "share", number_json(cut.cut / items), "theta", number_json(theta), "theta_se",
		number_json(theta_se));
}

/* The share of right answers over the whole pool that a theta stands for: what a policy of shares needs. */
static double share_at(const struct pool *pool, double theta)
{
	double sum = 0, count = 0;
	for (guint i = 0; i < pool->count; i++) {
		if (pool->items[i].has_parameters) {
			sum += irt_probability(&pool->items[i].irt, theta, 1);
			count++;
		}
	}
	return count > 0 ? sum / count : NAN;
}

static json_t *bookmark_cut(const struct panel *panel, const char *level)
{
	guint judges = panel->judges->len;
	g_autofree double *cuts = g_new(double, judges + 1);
	for (guint j = 0; j < judges; j++) {
		cuts[j] = NAN;
	}
	for (guint r = 0; r < panel->ratings->len; r++) {
		const struct standard_rating *rating = &g_array_index(panel->ratings, struct standard_rating, r);
		guint place = pool_find(panel->pool, rating->item);
		if (rating->round == panel->round && strcmp(rating->level, level) == 0 && place != G_MAXUINT &&
			panel->pool->items[place].has_parameters) {
			cuts[place_of(panel->judges, rating->judge)] =
				standard_bookmark(&panel->pool->items[place].irt, panel->session->rp);
		}
	}
	for (guint j = 0; j < judges; j++) {
		if (!isfinite(cuts[j])) {
			return json_pack("{s:s, s:{s:s, s:s}}", "level", level, "missing", "judge",
				(char *)g_ptr_array_index(panel->judges, j), "item", "");
		}
	}
	struct standard_cut cut = standard_mean(cuts, judges);
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "level", level, "judges",
		judges_json(panel, cuts), "cut", number_json(cut.cut), "sd", number_json(cut.sd), "se",
		number_json(cut.se), "share", number_json(share_at(panel->pool, cut.cut)), "theta",
		number_json(cut.cut), "theta_se", number_json(cut.se));
}

/* Are `field`s there for each cut, and strictly increasing? Fills `ret`. */
static bool increasing(json_t *cuts, const char *field, double factor, struct cuts *ret)
{
	json_t *cut;
	size_t i;
	ret->count = (uint32_t)MIN(json_array_size(cuts), CLASSIFY_CUTS_MAX);
	json_array_foreach(cuts, i, cut)
	{
		json_t *value = json_object_get(cut, field);
		if (!json_is_number(value) || i >= CLASSIFY_CUTS_MAX) {
			return false;
		}
		ret->at[i] = json_number_value(value) * factor;
	}
	return ret->count > 0 && cuts_are_valid(ret);
}

static json_t *quality_json(struct decision_quality quality)
{
	return json_pack("{s:f, s:f}", "accuracy", quality.accuracy, "consistency", quality.consistency);
}

/* How the cuts would classify with the items judged. */
static void add_quality(json_t *round, const struct panel *panel, json_t *cuts)
{
	struct cuts theta, raw;
	guint items = panel->items->len;
	g_autofree struct irt_item *irt = g_new0(struct irt_item, items + 1);
	if (items > STANDARD_ITEMS_MAX || !increasing(cuts, "theta", 1, &theta) || !parameters_of(panel, irt)) {
		return;
	}
	json_object_set_new(round, "rudner", quality_json(standard_rudner(&theta, irt, items)));
	if (increasing(cuts, "share", items, &raw)) {
		double thetas[81], weights[81];
		for (int q = 0; q < 81; q++) {
			thetas[q] = -4 + q / 10.0;
			weights[q] = exp(-thetas[q] * thetas[q] / 2);
		}
		json_object_set_new(round, "lee", quality_json(standard_lee(&raw, irt, NULL, items, thetas, weights, 81)));
	}
}

static json_t *round_json(struct panel *panel, const GArray *levels)
{
	json_t *cuts = json_array();
	struct cuts ignored;
	for (guint i = 1; i < levels->len; i++) {
		const char *level = g_array_index(levels, struct level_row, i).id;
		json_array_append_new(
			cuts, panel->session->bookmark ? bookmark_cut(panel, level) : angoff_cut(panel, level));
	}
	json_t *round = json_pack("{s:I, s:i, s:i, s:b, s:O}", "round", (json_int_t)panel->round, "judges",
		(int)panel->judges->len, "items", (int)panel->items->len, "monotone",
		(int)increasing(cuts, "share", 1, &ignored), "cuts", cuts);
	add_quality(round, panel, cuts);
	json_decref(cuts);
	return round;
}

json_t *standard_rounds(
	const struct standard_session *session, const char *bank, const GArray *levels, const GArray *ratings)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = pool_read(bank, strlen(bank), &faults);
	faults_finish(&faults);
	json_t *rounds = json_array();
	for (int64_t round = 1; pool && round <= STANDARD_ROUNDS_MAX; round++) {
		struct panel panel = {session, pool, ratings, round, g_ptr_array_new(), g_ptr_array_new()};
		for (guint r = 0; r < ratings->len; r++) {
			const struct standard_rating *rating = &g_array_index(ratings, struct standard_rating, r);
			if (rating->round == round) {
				add_once(panel.judges, rating->judge);
				add_once(panel.items, rating->item);
			}
		}
		if (panel.judges->len > 0) {
			json_array_append_new(rounds, round_json(&panel, levels));
		}
		g_ptr_array_unref(panel.judges);
		g_ptr_array_unref(panel.items);
	}
	pool_destroy(pool);
	return rounds;
}
