/*
 * How an adaptive test chooses among its items, by properties that hold at every step and by simulation. Engines have
 * picked the worst items when exposure control was on: here each choice is held against all that could have been made.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "assessment/placement/simulate.h"
#include "assessment/random.h"

#define ITEMS 120u
#define LENGTH 12u

/* 2PL items of one area, a from 0.7 to 1.5 in no order, b spread over the scale. `sharp`: of a far higher a. */
static struct pool *made_pool(guint count, double sharp)
{
	g_autoptr(GString) csv = g_string_new("id;area;a;b\n");
	struct random random;
	random_init(&random, 23);
	for (guint i = 0; i < count; i++) {
		const double a = sharp > 0 ? sharp : 0.7 + random_below(&random, 801) / 1000.0, b = -3 + 6.0 * i / (count - 1);
		char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];
		g_string_append_printf(csv, "I%u;uno;%s;%s\n", i, g_ascii_formatd(first, sizeof(first), "%.4f", a),
			g_ascii_formatd(second, sizeof(second), "%.4f", b));
	}
	struct faults faults;
	faults_init(&faults, 4);
	struct pool *pool = pool_read(csv->str, csv->len, &faults);
	assert_non_null(pool);
	faults_finish(&faults);
	return pool;
}

static struct adaptive policy_of(const char *cuts, const char *select)
{
	struct adaptive policy;
	struct faults faults;
	faults_init(&faults, 4);
	json_auto_t *json = json_pack("{s:s, s:o, s:o, s:{s:i, s:i, s:i, s:[]}}", "format", "fad-adaptive-1", "cuts",
		json_loads(cuts, 0, NULL), "select", json_loads(select, 0, NULL), "stop", "minimum", LENGTH, "maximum", LENGTH, "mean", LENGTH,
		"rules");
	assert_true(adaptive_read(&policy, json, &faults));
	faults_finish(&faults);
	return policy;
}

static bool was_asked(const struct session *session, guint item)
{
	for (guint k = 0; k < session->count; k++) {
		if (session->items[k] == item) {
			return true;
		}
	}
	return false;
}

/* The choice held against all others: how many of those not asked yet are worth more, and what the best is worth. */
struct standing {
	guint better, left;
	double worth, best;
};

static struct standing standing_of(struct session *session, guint item)
{
	struct standing ret = {.worth = session_worth(session, item)};
	for (guint i = 0; i < session->pool->count; i++) {
		if (!was_asked(session, i)) {
			const double worth = session_worth(session, i);
			ret.better += worth > ret.worth;
			ret.best = fmax(ret.best, worth);
			ret.left++;
		}
	}
	return ret;
}

/* A person of this theta answers, always in the same way. */
static guint answer_of(const struct pool *pool, guint item, double theta, struct random *random)
{
	return random_below(random, 1000000) < irt_probability(&pool->items[item].irt, theta, 1) * 1000000;
}

typedef void each_choice(struct session *session, guint item, void *data);

/* Takes a test of this seed, with a call for each choice before it is answered. */
static void take(const struct pool *pool, const struct adaptive *policy, guint64 seed, double theta, each_choice *call, void *data)
{
	struct session session;
	struct random random;
	enum stop_rule why;
	guint item;
	session_init(&session, pool, policy, NULL, seed, NULL, 0);
	random_init(&random, seed + 1000);
	while ((item = session_next(&session, &why)) != SESSION_NO_ITEM) {
		call(&session, item, data);
		session_answer(&session, item, answer_of(pool, item, theta, &random));
	}
	assert_int_equal(session.count, LENGTH);
	session_finish(&session);
}

/* --- Randomesque --- */

struct among {
	guint n;
	guint places[ADAPTIVE_AMONG_MAX]; /* how often the best, the second ... was chosen */
	guint first[ITEMS];               /* how often each item came first */
};

static void within_the_best(struct session *session, guint item, void *data)
{
	struct among *among = data;
	const struct standing standing = standing_of(session, item);
	assert_true(standing.better < among->n);
	among->places[standing.better]++;
	among->first[item] += session->count == 0;
}

/* Of the n best each is chosen, as often as the others, and never one outside. */
static void randomesque_stays_among_the_best(void **state)
{
	static const char *const rules[] = {"information", "mutual_information", "information_at_cuts"};
	struct pool *pool = made_pool(ITEMS, 0);
	for (size_t r = 0; r < G_N_ELEMENTS(rules); r++) {
		struct among among = {.n = 5};
		g_autofree char *select = g_strdup_printf("{\"rule\":\"%s\",\"among\":5}", rules[r]);
		const struct adaptive policy = policy_of("[-0.5, 0.7]", select);
		const guint persons = 200;
		for (guint i = 0; i < persons; i++) {
			take(pool, &policy, i + 1, -2 + 4.0 * i / persons, within_the_best, &among);
		}
		for (guint k = 0; k < among.n; k++) { /* 1 / 5 of 2400, within six standard errors */
			assert_true(fabs(among.places[k] / (double)(persons * LENGTH) - 0.2) < 0.05);
		}
		guint kinds = 0;
		for (guint i = 0; i < ITEMS; i++) {
			kinds += among.first[i] > 0;
		}
		assert_int_equal(kinds, 5); /* all begin with the same posterior */
	}
	pool_destroy(pool);
}

static struct simulation_figures simulated(const struct pool *pool, const char *select, struct simulation *ret)
{
	const struct adaptive policy = policy_of("[-0.5, 0.7]", select);
	simulate(pool, &policy, NULL, (struct simulation_settings){.persons = 2000, .threads = 1, .seed = 9, .sd = 1}, ret);
	return simulation_figures(ret);
}

static guint items_used(const struct simulation *simulation)
{
	guint used = 0;
	for (guint i = 0; i < ITEMS; i++) {
		used += simulation->seen[i] > 0;
	}
	return used;
}

/* Chance among the best spreads exposure, for little accuracy; chance at first spreads it further. */
static void chance_spreads_exposure(void **state)
{
	struct pool *pool = made_pool(ITEMS, 0);
	struct simulation best, among, progressive;
	const struct simulation_figures b = simulated(pool, "{\"rule\":\"information\"}", &best);
	const struct simulation_figures a = simulated(pool, "{\"rule\":\"information\",\"among\":5}", &among);
	const struct simulation_figures p = simulated(pool, "{\"rule\":\"information\",\"progressive\":true}", &progressive);
	assert_float_equal(b.exposure_max, 1, 1e-9); /* everybody begins with the same item */
	assert_true(a.exposure_max < 0.85 && p.exposure_max < a.exposure_max);
	assert_true(items_used(&among) > items_used(&best));
	assert_int_equal(items_used(&progressive), ITEMS);
	assert_true(a.accuracy > b.accuracy - 0.02);
	assert_true(p.accuracy > b.accuracy - 0.06);
	simulation_finish(&best);
	simulation_finish(&among);
	simulation_finish(&progressive);
	pool_destroy(pool);
}

/* --- Progressive --- */

struct steps {
	double ranks[LENGTH]; /* sums of better / left: 0 the best, 1/2 by chance */
	guint first[ITEMS];
};

/* With weight w on its worth, the choice is worth at least 1 - (1 - w) / w of the best: no chance can lift a worse one. */
static void ever_more_informative(struct session *session, guint item, void *data)
{
	struct steps *steps = data;
	const struct standing standing = standing_of(session, item);
	const double weight = (double)session->count / LENGTH;
	if (weight > 0.5) {
		assert_true(standing.worth >= standing.best * (1 - (1 - weight) / weight) - 1e-12);
	}
	steps->ranks[session->count] += (double)standing.better / (standing.left - 1);
	steps->first[item] += session->count == 0;
}

static void progressive_goes_from_chance_to_information(void **state)
{
	struct pool *pool = made_pool(ITEMS, 0);
	struct steps steps = {0};
	const struct adaptive policy = policy_of("[0]", "{\"rule\":\"information\",\"progressive\":true}");
	const guint persons = 600;
	for (guint i = 0; i < persons; i++) {
		take(pool, &policy, i + 1, -2 + 4.0 * i / persons, ever_more_informative, &steps);
	}
	double thirds[3] = {0};
	for (guint n = 0; n < LENGTH; n++) {
		thirds[n * 3 / LENGTH] += steps.ranks[n] / persons / (LENGTH / 3);
	}
	assert_float_equal(steps.ranks[0] / persons, 0.5, 0.06); /* five standard errors */
	assert_true(steps.ranks[LENGTH - 1] / persons < 0.05);
	assert_true(thirds[0] > thirds[1] + 0.05 && thirds[1] > thirds[2] + 0.02);
	guint kinds = 0, most = 0;
	for (guint i = 0; i < ITEMS; i++) {
		kinds += steps.first[i] > 0;
		most = MAX(most, steps.first[i]);
	}
	assert_true(kinds > ITEMS * 9 / 10 && most <= 20); /* five each to be expected */
	pool_destroy(pool);
}

/* --- Information at cuts --- */

struct nearest {
	guint counts[2]; /* choices held against each cut */
};

static double information(const struct session *session, guint item, double theta)
{
	return irt_information(&session->pool->items[item].irt, theta);
}

/* Where one cut is much nearer than the other, in the posterior's own measure, no item tells more there. */
static void tells_most_at_the_nearest(struct session *session, guint item, void *data)
{
	struct nearest *nearest = data;
	const double *cuts = session->policy->cuts.at;
	const double z[2] = {(cuts[0] - session->mean) / session->sd, (cuts[1] - session->mean) / session->sd};
	const guint near = fabs(z[0]) < fabs(z[1]) ? 0 : 1;
	if (fabs(z[0] * z[0] - z[1] * z[1]) < 14) { /* a weight of a thousandth */
		return;
	}
	nearest->counts[near]++;
	const double chosen = information(session, item, cuts[near]);
	for (guint i = 0; i < ITEMS; i++) {
		assert_true(was_asked(session, i) || information(session, i, cuts[near]) <= chosen + 3e-3);
	}
}

static void cuts_are_told_by_the_nearest(void **state)
{
	struct pool *pool = made_pool(ITEMS, 0);
	struct nearest nearest = {0};
	const struct adaptive policy = policy_of("[-1.5, 1.5]", "{\"rule\":\"information_at_cuts\"}");
	for (guint i = 0; i < 60; i++) {
		take(pool, &policy, i + 1, i % 2 ? 2 : -2, tells_most_at_the_nearest, &nearest);
	}
	assert_true(nearest.counts[0] > 100 && nearest.counts[1] > 100);
	pool_destroy(pool);
}

/* Also for who is known well and is so far from every cut that the posterior has nothing there. */
static void cuts_far_away_still_count(void **state)
{
	struct pool *pool = made_pool(ITEMS, 10);
	const struct adaptive policy = policy_of("[-2]", "{\"rule\":\"information_at_cuts\"}");
	struct session session;
	session_init(&session, pool, &policy, NULL, 1, NULL, 0);
	for (guint i = 0; i < LENGTH - 1; i++) { /* the hardest, right up to 2.7 */
		session_answer(&session, 108 + i, i < 6);
	}
	assert_true((session.mean + 2) / session.sd > 39);
	enum stop_rule why;
	const guint item = session_next(&session, &why);
	assert_true(item != SESSION_NO_ITEM);
	for (guint i = 0; i < 108; i++) {
		assert_true(session_worth(&session, i) <= session_worth(&session, item));
	}
	assert_true(fabs(pool->items[item].irt.b + 2) < 0.1);
	session_finish(&session);
	pool_destroy(pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(randomesque_stays_among_the_best),
		cmocka_unit_test(chance_spreads_exposure),
		cmocka_unit_test(progressive_goes_from_chance_to_information),
		cmocka_unit_test(cuts_are_told_by_the_nearest),
		cmocka_unit_test(cuts_far_away_still_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
