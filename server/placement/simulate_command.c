/*
 * fad simulate-placement: simulated people take an adaptive placement; prints how well it classifies, how long
 * it is, and how often each item is seen.
 */
#include <math.h>
#include <stdio.h>

#include "assessment/placement/simulate.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/problem.h"

struct wanted {
	char *bank, *policy, *plan_in, *plan_out;
	gint persons, threads, rounds;
	gint64 seed;
	double mean, sd;
	gboolean json, no_guard;
};

static void tell(const struct faults *faults, const char *file)
{
	for (guint i = 0; i < faults->list->len; i++) {
		fprintf(stderr, "%s: ", file);
		problem_print(&g_array_index(faults->list, struct problem, i));
	}
}

static struct pool *load_pool(const char *path)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;
	if (!g_file_get_contents(path, &text, &len, &error)) {
		fprintf(stderr, "fad simulate-placement: %s\n", error->message);
		return NULL;
	}
	struct faults faults;
	faults_init(&faults, 20);
	struct pool *pool = pool_read(text, len, &faults);
	tell(&faults, path);
	faults_finish(&faults);
	if (pool && pool->calibrated == 0) {
		fprintf(stderr, "fad simulate-placement: %s: nessun quesito ha parametri (no item has parameters)\n", path);
		pool_destroy(pool);
		return NULL;
	}
	return pool;
}

static bool load_policy(const char *path, struct adaptive *ret)
{
	json_error_t error;
	json_t *json = json_load_file(path, 0, &error);
	if (!json) {
		fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
		return false;
	}
	struct faults faults;
	faults_init(&faults, 20);
	const bool good = adaptive_read(ret, json, &faults);
	tell(&faults, path);
	faults_finish(&faults);
	json_decref(json);
	return good;
}

static struct plan *load_plan(const struct wanted *wanted, const struct pool *pool, const struct adaptive *policy)
{
	if (wanted->plan_in) {
		json_t *json = json_load_file(wanted->plan_in, 0, NULL);
		struct plan *plan = plan_read(json, pool, policy);
		json_decref(json);
		if (!plan) {
			fprintf(stderr, "%s: non è il piano di questa banca (not the plan of this bank)\n", wanted->plan_in);
		}
		return plan;
	}
	struct plan_settings settings = PLAN_SETTINGS_DEFAULT;
	settings.threads = (guint)wanted->threads;
	settings.rounds = (guint)wanted->rounds;
	settings.seed = (guint64)wanted->seed;
	return plan_is_needed(policy) ? plan_make(pool, policy, settings) : plan_free_of_charge(pool, policy);
}

static void print_shares(const json_t *list, const char *name, const char *share)
{
	size_t i;
	json_t *each;
	json_array_foreach (list, i, each) {
		const char *id = json_string_value(json_object_get(each, name));
		printf("  %-24s %6.3f\n", *id ? id : "-", json_number_value(json_object_get(each, share)));
	}
}

/* How many items are seen by up to 5 %, 10 %, … of the people. */
static void print_exposure(const struct simulation *simulation, const struct pool *pool)
{
	guint bins[21] = {0};
	for (guint i = 0; i < pool->count; i++) {
		if (pool->items[i].state == POOL_CALIBRATED) {
			const double share = (double)simulation->seen[i] / simulation->persons;
			bins[MIN((guint)ceil(share * 20 - 1e-9), 20)]++;
		}
	}
	puts("esposizione, quesiti visti da (exposure, items seen by)");
	for (guint i = 0; i <= 20; i++) {
		if (bins[i]) {
			printf("  %s %3u %%  %4u\n", i ? "<=" : "  ", i * 5, bins[i]);
		}
	}
}

static void print(const struct simulation *simulation, const struct pool *pool)
{
	const struct simulation_figures f = simulation_figures(simulation);
	printf("persone simulate (simulated people)         %u in %.1f s\n", simulation->persons, simulation->seconds);
	printf("collocati giusti (accuracy)                 %.4f\n", f.accuracy);
	printf("kappa                                       %.4f\n", f.kappa);
	printf("probabilità dichiarata, media (told)        %.4f\n", f.probability);
	printf("errori di due livelli (two-level errors)    %.5f\n", f.two_levels);
	printf("lunghezza media (mean length)               %.2f\n", f.length);
	printf("esposizione massima (largest exposure)      %.4f\n", f.exposure_max);
	printf("quesiti mai usati (unused items)            %u\n", f.unused);
	printf("errore di theta, SE dichiarato (RMSE, SE)   %.4f %.4f\n", f.theta_rmse, f.se_mean);
	puts("livello vero per riga, assegnato per colonna (true level by row, given by column)");
	for (guint a = 0; a < simulation->levels; a++) {
		for (guint b = 0; b < simulation->levels; b++) {
			printf(" %8u", simulation->confusion[a][b]);
		}
		puts("");
	}
	puts("lunghezza, persone (length, people)");
	for (guint i = 0; i <= ADAPTIVE_ITEMS_MAX; i++) {
		if (simulation->lengths[i]) {
			printf("  %2u %7u\n", i, simulation->lengths[i]);
		}
	}
	puts("fine per regola (stopped by)");
	for (guint i = 1; i < STOP_RULE_MAX; i++) {
		if (simulation->stops[i]) {
			printf("  %-12s %7u\n", stop_rule_name((enum stop_rule)i), simulation->stops[i]);
		}
	}
	print_exposure(simulation, pool);
	json_t *json = simulation_json(simulation, pool);
	puts("quota delle aree (areas' shares)");
	print_shares(json_object_get(json, "areas"), "id", "share");
	json_decref(json);
	puts("theta  persone  giusti  lunghezza  distorsione  RMSE (people, right, length, bias, RMSE)");
	for (guint i = 0; i < SIMULATION_BANDS; i++) {
		const struct simulation_band *band = &simulation->bands[i];
		const double m = MAX(band->persons, 1);
		printf(" %4.1f %8u  %.3f  %9.2f  %11.3f  %.3f\n", -3 + 0.5 * i, band->persons, band->right / m,
			band->items / m, band->bias / m, sqrt(band->square / m));
	}
}

static int run(const struct wanted *wanted, const struct pool *pool, const struct adaptive *policy)
{
	struct plan *plan = load_plan(wanted, pool, policy);
	if (!plan) {
		return COMMAND_FAULT;
	}
	int status = COMMAND_OK;
	if (wanted->plan_out) {
		json_t *json = plan_json(plan);
		if (json_dump_file(json, wanted->plan_out, JSON_COMPACT) < 0) {
			fprintf(stderr, "fad simulate-placement: %s: non scrivibile (cannot be written)\n", wanted->plan_out);
			status = COMMAND_FAULT;
		}
		json_decref(json);
	}
	struct simulation simulation;
	simulate(pool, policy, plan,
		(struct simulation_settings){.persons = (guint)wanted->persons, .threads = (guint)wanted->threads,
			.seed = (guint64)wanted->seed + 1000000, .mean = wanted->mean, .sd = wanted->sd,
			.guard = !wanted->no_guard},
		&simulation);
	if (wanted->json) {
		json_t *json = simulation_json(&simulation, pool);
		json_dumpf(json, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
		puts("");
		json_decref(json);
	} else {
		print(&simulation, pool);
	}
	simulation_finish(&simulation);
	plan_destroy(plan);
	return status;
}

int command_simulate_placement(int count, char **words)
{
	struct wanted wanted = {.persons = 20000, .threads = 2, .rounds = 120, .seed = 1, .sd = 1};
	const GOptionEntry entries[] = {
		{"bank", 0, 0, G_OPTION_ARG_FILENAME, &wanted.bank, "banca o CSV di parametri", "FILE"},
		{"policy", 0, 0, G_OPTION_ARG_FILENAME, &wanted.policy, "regole", "FILE"},
		{"persons", 'n', 0, G_OPTION_ARG_INT, &wanted.persons, "persone simulate", "N"},
		{"seed", 0, 0, G_OPTION_ARG_INT64, &wanted.seed, "seme", "S"},
		{"mean", 0, 0, G_OPTION_ARG_DOUBLE, &wanted.mean, "media di theta", "M"},
		{"sd", 0, 0, G_OPTION_ARG_DOUBLE, &wanted.sd, "deviazione standard di theta", "S"},
		{"threads", 0, 0, G_OPTION_ARG_INT, &wanted.threads, "processori", "N"},
		{"rounds", 0, 0, G_OPTION_ARG_INT, &wanted.rounds, "giri di taratura dei prezzi", "N"},
		{"plan", 0, 0, G_OPTION_ARG_FILENAME, &wanted.plan_in, "prezzi già tarati", "FILE"},
		{"write-plan", 0, 0, G_OPTION_ARG_FILENAME, &wanted.plan_out, "scrive i prezzi tarati", "FILE"},
		{"no-guard", 0, 0, G_OPTION_ARG_NONE, &wanted.no_guard, "senza guardia dell'esposizione", NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &wanted.json, "in JSON", NULL},
		{0},
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	int status = COMMAND_MISUSED;
	if (!wanted.bank || !wanted.policy || wanted.persons < 1 || wanted.persons > (gint)SIMULATION_PERSONS_MAX ||
		wanted.threads < 1 || wanted.threads > 64 || wanted.rounds < 0 || wanted.rounds > 1000 ||
		!(wanted.sd > 0 && wanted.sd <= 5) || !(fabs(wanted.mean) <= 5)) {
		fprintf(stderr, "fad simulate-placement: servono --bank e --policy; al massimo %u persone (both are needed)\n",
			SIMULATION_PERSONS_MAX);
	} else {
		struct adaptive policy;
		struct pool *pool = load_pool(wanted.bank);
		status = pool && load_policy(wanted.policy, &policy) ? run(&wanted, pool, &policy) : COMMAND_FAULT;
		pool_destroy(pool);
	}
	g_free(wanted.bank);
	g_free(wanted.policy);
	g_free(wanted.plan_in);
	g_free(wanted.plan_out);
	return status;
}
