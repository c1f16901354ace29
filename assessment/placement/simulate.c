#include "assessment/placement/simulate.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/session_parts.h"
#include "assessment/random.h"

/* People go in lots, each with its own chance and its own guard: results do not depend on the threads. */
#define LOT 2000u

struct lot {
	const struct pool *pool;
	const struct adaptive *policy;
	const struct plan *plan;
	struct simulation_settings settings;
	guint64 number;
	guint persons;
	struct simulation ret;
};

/* Never 0, of which there is no logarithm. */
static double uniform(struct random *random)
{
	return random_uniform(random) + 0x1p-54;
}

static double normal(struct random *random)
{
	const double radius = sqrt(-2 * log(uniform(random)));
	return radius * cos(6.283185307179586 * uniform(random));
}

bool exposure_is_reached(guint seen, guint persons, double maximum)
{
	const double chance = sqrt(maximum * (1 - maximum) * persons);
	return maximum < 1 && persons >= EXPOSURE_GUARD_FROM && seen >= maximum * persons + chance;
}

static guint answer_of(const struct irt_item *item, double theta, double draw)
{
	struct irt_curve curve;
	irt_curve_at(item, theta, &curve);
	guint category = 0;
	while (category + 1 < curve.categories && draw >= curve.p[category]) {
		draw -= curve.p[category];
		category++;
	}
	return category;
}

static void note(struct simulation *ret, const struct session *session, double theta, enum stop_rule why)
{
	double probability;
	const guint level = session_level(session, &probability);
	const guint true_level = level_at(&session->policy->cuts, theta);
	const struct theta_estimate estimate = session_theta(session);
	const double error = estimate.theta - theta;
	struct simulation_band *band = &ret->bands[(guint)fmin(fmax(floor((theta + 2.75) * 2) + 1, 0), SIMULATION_BANDS - 1)];
	ret->confusion[true_level][level]++;
	ret->lengths[session->count]++;
	ret->stops[why]++;
	ret->probability += probability;
	ret->square += error * error;
	ret->se_square += estimate.se * estimate.se;
	band->persons++;
	band->right += level == true_level;
	band->items += session->count;
	band->bias += error;
	band->square += error * error;
	for (guint i = 0; i < session->count; i++) {
		ret->seen[session->items[i]]++;
	}
	for (guint a = 0; a < session->pool->area_count; a++) {
		ret->area_items[a] += session->area_counts[a];
	}
}

/* A state on a test's way: as the plan tells it, and what the item chosen in it is worth. */
struct passed {
	struct state state;
	double worth;
};

static void pass(struct passed *ret, const struct session *session, double worth)
{
	struct moments moments;
	session_moments(session, &moments);
	session_state(session, moments.sums, session->count, &ret->state);
	ret->worth = worth;
}

/*
 * What each state on a test's way came to, less what was paid after it, beyond ending there. Not by how the test
 * ended, which is mostly luck, but by how far the plan was wrong in the states that followed: the same on average,
 * and much steadier.
 */
static void trace(GArray *examples, const struct passed *way, guint count)
{
	double wrong = way[count].state.reached - way[count].state.worth;
	for (guint i = count; i-- > 0;) {
		struct plan_example example;
		memcpy(example.inputs, way[i].state.inputs, sizeof(example.inputs));
		example.beyond = (float)(way[i].worth + wrong - way[i].state.reached);
		g_array_append_val(examples, example);
		wrong += way[i].worth - way[i].state.worth;
	}
}

static void create(struct simulation *ret, const struct pool *pool, const struct adaptive *policy)
{
	*ret = (struct simulation){.levels = policy->cuts.count + 1, .item_count = pool->count,
		.area_count = pool->area_count, .seen = g_new0(guint, pool->count),
		.area_items = g_new0(guint, pool->area_count)};
}

static void run_lot(gpointer data, gpointer unused)
{
	(void)unused;
	struct lot *lot = data;
	struct simulation *ret = &lot->ret;
	create(ret, lot->pool, lot->policy);
	struct random random;
	random_init(&random, lot->settings.seed * G_GUINT64_CONSTANT(0x9FB21C651E98DF25) + lot->number);
	const bool traced = lot->settings.examples != NULL;
	if (traced) {
		ret->examples = g_array_new(FALSE, FALSE, sizeof(struct plan_example));
	}
	struct passed way[ADAPTIVE_ITEMS_MAX + 1];
	g_autofree guint *reached = g_new(guint, lot->pool->count);
	for (guint person = 0; person < lot->persons; person++) {
		const double theta = lot->settings.mean + lot->settings.sd * normal(&random);
		guint reached_count = 0;
		for (guint i = 0; lot->settings.guard && i < lot->pool->count; i++) {
			if (exposure_is_reached(ret->seen[i], person, lot->policy->exposure)) {
				reached[reached_count++] = i;
			}
		}
		struct session session;
		session_init(&session, lot->pool, lot->policy, lot->plan, random_next(&random), reached, reached_count);
		enum stop_rule why;
		guint item;
		while ((item = session_next(&session, &why)) != SESSION_NO_ITEM) {
			if (traced) {
				pass(&way[session.count], &session, session.worth);
			}
			session_answer(&session, item, answer_of(&lot->pool->items[item].irt, theta, uniform(&random)));
		}
		note(ret, &session, theta, why);
		if (traced) {
			pass(&way[session.count], &session, 0);
			trace(ret->examples, way, session.count);
		}
		session_finish(&session);
	}
	ret->persons = lot->persons;
}

static void gather(struct simulation *ret, const struct simulation *lot)
{
	ret->persons += lot->persons;
	ret->probability += lot->probability;
	ret->square += lot->square;
	ret->se_square += lot->se_square;
	for (guint a = 0; a < ret->levels; a++) {
		for (guint b = 0; b < ret->levels; b++) {
			ret->confusion[a][b] += lot->confusion[a][b];
		}
	}
	for (guint i = 0; i <= ADAPTIVE_ITEMS_MAX; i++) {
		ret->lengths[i] += lot->lengths[i];
	}
	for (guint i = 0; i < STOP_RULE_MAX; i++) {
		ret->stops[i] += lot->stops[i];
	}
	for (guint i = 0; i < SIMULATION_BANDS; i++) {
		ret->bands[i].persons += lot->bands[i].persons;
		ret->bands[i].right += lot->bands[i].right;
		ret->bands[i].items += lot->bands[i].items;
		ret->bands[i].bias += lot->bands[i].bias;
		ret->bands[i].square += lot->bands[i].square;
	}
	for (guint i = 0; i < ret->item_count; i++) {
		ret->seen[i] += lot->seen[i];
	}
	for (guint a = 0; a < ret->area_count; a++) {
		ret->area_items[a] += lot->area_items[a];
	}
}

void simulate(const struct pool *pool, const struct adaptive *policy, const struct plan *plan,
	struct simulation_settings settings, struct simulation *ret)
{
	const gint64 began = g_get_monotonic_time();
	const guint count = (settings.persons + LOT - 1) / LOT;
	g_autofree struct lot *lots = g_new0(struct lot, count);
	create(ret, pool, policy);
	GThreadPool *threads = settings.threads > 1
				       ? g_thread_pool_new(run_lot, NULL, (gint)settings.threads, FALSE, NULL) : NULL;
	for (guint i = 0; i < count; i++) {
		lots[i] = (struct lot){.pool = pool, .policy = policy, .plan = plan, .settings = settings, .number = i,
			.persons = MIN(LOT, settings.persons - i * LOT)};
		if (threads) {
			g_thread_pool_push(threads, &lots[i], NULL);
		} else {
			run_lot(&lots[i], NULL);
		}
	}
	if (threads) {
		g_thread_pool_free(threads, FALSE, TRUE);
	}
	for (guint i = 0; i < count; i++) {
		gather(ret, &lots[i].ret);
		if (settings.examples) {
			g_array_append_vals(settings.examples, lots[i].ret.examples->data, lots[i].ret.examples->len);
		}
		simulation_finish(&lots[i].ret);
	}
	ret->seconds = (double)(g_get_monotonic_time() - began) / 1e6;
}

void simulation_finish(struct simulation *simulation)
{
	g_free(simulation->seen);
	g_free(simulation->area_items);
	g_clear_pointer(&simulation->examples, g_array_unref);
	simulation->seen = simulation->area_items = NULL;
}

struct simulation_figures simulation_figures(const struct simulation *simulation)
{
	struct simulation_figures ret = {0};
	const double n = MAX(simulation->persons, 1);
	double by_chance = 0;
	for (guint a = 0; a < simulation->levels; a++) {
		double is = 0, told = 0;
		for (guint b = 0; b < simulation->levels; b++) {
			is += simulation->confusion[a][b] / n;
			told += simulation->confusion[b][a] / n;
			ret.two_levels += ABS((int)a - (int)b) >= 2 ? simulation->confusion[a][b] / n : 0;
		}
		ret.accuracy += simulation->confusion[a][a] / n;
		by_chance += is * told;
	}
	ret.kappa = by_chance < 1 ? (ret.accuracy - by_chance) / (1 - by_chance) : 0;
	for (guint i = 0; i <= ADAPTIVE_ITEMS_MAX; i++) {
		ret.length += i * simulation->lengths[i] / n;
	}
	for (guint i = 0; i < simulation->item_count; i++) {
		ret.exposure_max = fmax(ret.exposure_max, simulation->seen[i] / n);
		ret.unused += simulation->seen[i] == 0;
	}
	ret.theta_rmse = sqrt(simulation->square / n);
	ret.se_mean = sqrt(simulation->se_square / n);
	ret.probability = simulation->probability / n;
	return ret;
}

json_t *simulation_json(const struct simulation *simulation, const struct pool *pool)
{
	const struct simulation_figures f = simulation_figures(simulation);
	const double n = MAX(simulation->persons, 1);
	json_t *confusion = json_array(), *lengths = json_array(), *stops = json_object();
	json_t *bands = json_array(), *items = json_array(), *areas = json_array();
	double asked = 0;
	for (guint a = 0; a < simulation->levels; a++) {
		json_t *row = json_array();
		for (guint b = 0; b < simulation->levels; b++) {
			json_array_append_new(row, json_integer(simulation->confusion[a][b]));
		}
		json_array_append_new(confusion, row);
	}
	for (guint i = 0; i <= ADAPTIVE_ITEMS_MAX; i++) {
		if (simulation->lengths[i]) {
			json_array_append_new(lengths,
				json_pack("{s:i, s:i}", "items", (int)i, "persons", (int)simulation->lengths[i]));
		}
	}
	for (guint i = 1; i < STOP_RULE_MAX; i++) {
		if (simulation->stops[i]) {
			json_object_set_new(stops, stop_rule_name((enum stop_rule)i), json_integer(simulation->stops[i]));
		}
	}
	for (guint i = 0; i < SIMULATION_BANDS; i++) {
		const struct simulation_band *band = &simulation->bands[i];
		const double m = MAX(band->persons, 1);
		json_array_append_new(bands,
			json_pack("{s:f, s:i, s:f, s:f, s:f, s:f}", "theta", -3 + 0.5 * i, "persons", (int)band->persons,
				"accuracy", band->right / m, "length", band->items / m, "bias", band->bias / m, "rmse",
				sqrt(band->square / m)));
	}
	for (guint i = 0; i < simulation->item_count; i++) {
		if (pool->items[i].state == POOL_CALIBRATED) {
			json_array_append_new(items, json_pack("{s:s, s:f}", "id", pool->items[i].id, "exposure",
							     simulation->seen[i] / n));
		}
	}
	for (guint a = 0; a < simulation->area_count; a++) {
		asked += simulation->area_items[a];
	}
	for (guint a = 0; a < simulation->area_count; a++) {
		json_array_append_new(areas, json_pack("{s:s, s:f}", "id", pool->areas[a], "share",
						     simulation->area_items[a] / MAX(asked, 1)));
	}
	return json_pack("{s:i, s:f, s:f, s:f, s:f, s:f, s:i, s:f, s:f, s:f, s:f, s:o, s:o, s:o, s:o, s:o, s:o}",
		"persons", (int)simulation->persons, "accuracy", f.accuracy, "kappa", f.kappa, "two_levels", f.two_levels,
		"length", f.length, "exposure_max", f.exposure_max, "unused", (int)f.unused, "theta_rmse", f.theta_rmse,
		"se_mean", f.se_mean, "probability", f.probability, "seconds", simulation->seconds, "confusion", confusion,
		"lengths", lengths, "stops", stops, "bands", bands, "items", items, "areas", areas);
}
