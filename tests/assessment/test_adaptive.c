/* Adaptive placements: policies, selection, stopping, exposure, balance and honesty, by properties and simulation. */
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "assessment/random.h"
#include "assessment/placement/plan_parts.h"
#include "assessment/placement/simulate.h"
#include "assessment/placement/walk.h"

/* A bank of `count` 2PL items, a about 1.1, b spread over the scale, in two areas. */
static struct pool *made_pool(guint count)
{
	g_autoptr(GString) csv = g_string_new("id;area;a;b\n");
	struct random random;
	random_init(&random, 11);
	for (guint i = 0; i < count; i++) {
		const double a = 0.7 + random_below(&random, 801) / 1000.0, b = -2.5 + 5.0 * i / count;
		char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];
		g_string_append_printf(csv, "I%u;%s;%s;%s\n", i, i % 2 ? "uno" : "due",
			g_ascii_formatd(first, sizeof(first), "%.4f", a), g_ascii_formatd(second, sizeof(second), "%.4f", b));
	}
	struct faults faults;
	faults_init(&faults, 4);
	struct pool *pool = pool_read(csv->str, csv->len, &faults);
	assert_int_equal(faults.errors, 0);
	faults_finish(&faults);
	assert_non_null(pool);
	return pool;
}

static struct adaptive policy_of(const char *text)
{
	struct adaptive policy;
	struct faults faults;
	faults_init(&faults, 4);
	json_t *json = json_loads(text, 0, NULL);
	assert_true(adaptive_read(&policy, json, &faults));
	json_decref(json);
	faults_finish(&faults);
	return policy;
}

static guint errors_of(const char *text, const char *code)
{
	struct adaptive policy;
	struct faults faults;
	faults_init(&faults, 4);
	json_t *json = json_loads(text, 0, NULL);
	assert_non_null(json);
	assert_false(adaptive_read(&policy, json, &faults));
	json_decref(json);
	assert_string_equal(g_array_index(faults.list, struct problem, 0).code, code);
	const guint errors = faults.errors;
	faults_finish(&faults);
	return errors;
}

static void refuses_policies_that_are_not_sound(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"{}", "ADAPTIVE_FORMAT"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[]}", "ADAPTIVE_CUTS"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0.7,-0.5]}", "ADAPTIVE_CUTS"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0,0]}", "ADAPTIVE_CUTS"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0,9]}", "ADAPTIVE_CUTS"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"exposure\":{\"maximum\":1.5}}", "ADAPTIVE_RANGE"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"stop\":{\"minimum\":9,\"maximum\":8}}", "ADAPTIVE_LENGTHS"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"content\":{\"shares\":{\"a\":0.5,\"b\":0.4}}}", "ADAPTIVE_SHARES"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"select\":{\"rule\":\"best\"}}", "ADAPTIVE_CHOICE"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"select\":{\"rule\":\"random\"},"
		 "\"stop\":{\"rules\":[{\"rule\":\"gain\"}]}}", "ADAPTIVE_GAIN"},
		{"{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"stop\":{\"rules\":[{\"rule\":\"se\"}]}}", "ADAPTIVE_RANGE"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_true(errors_of(cases[i][0], cases[i][1]) > 0);
	}
}

static void reads_back_what_it_writes(void **state)
{
	(void)state;
	const struct adaptive policy = policy_of("{\"format\":\"fad-adaptive-1\",\"name\":\"x\",\"cuts\":[-0.5,0.7],"
						 "\"select\":{\"rule\":\"information\",\"among\":4,\"progressive\":true},"
						 "\"content\":{\"shares\":{\"uno\":0.25,\"due\":0.75}},\"pilots\":2,"
						 "\"stop\":{\"all\":true,\"rules\":[{\"rule\":\"se\",\"at\":0.3},"
						 "{\"rule\":\"glr\",\"delta\":0.2,\"alpha\":0.1,\"beta\":0.05}]}}");
	json_t *json = adaptive_json(&policy);
	struct adaptive again;
	struct faults faults;
	faults_init(&faults, 1);
	assert_true(adaptive_read(&again, json, &faults));
	json_t *twice = adaptive_json(&again);
	assert_true(json_equal(json, twice));
	assert_int_equal(again.rules[1].rule, STOP_GLR);
	json_decref(json);
	json_decref(twice);
	faults_finish(&faults);
}

static void refuses_parameters_that_cannot_be(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"a,c\n1,0\n", "PARAMETERS_HEADER"}, {"a,b\n-1,0\n", "PARAMETERS_RANGE"},
		{"a,b\n1,x\n", "PARAMETERS_NUMBER"}, {"id,b\nq,0\nq,1\n", "PARAMETERS_TWICE"},
		{"a,b,c\n1,0,1.2\n", "PARAMETERS_RANGE"},
		{"{\"items\": 3}", "POOL_SHAPE"}, {"{\"items\": [", "POOL_SYNTAX"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct faults faults;
		faults_init(&faults, 4);
		assert_null(pool_read(cases[i][0], strlen(cases[i][0]), &faults));
		assert_string_equal(g_array_index(faults.list, struct problem, 0).code, cases[i][1]);
		faults_finish(&faults);
	}
}

/* Maximum information really asks the item with the most information (an engine once picked the worst). */
static void asks_the_item_that_tells_most(void **state)
{
	(void)state;
	struct pool *pool = made_pool(60);
	const struct adaptive policy = policy_of("{\"format\":\"fad-adaptive-1\",\"cuts\":[0],"
						 "\"select\":{\"rule\":\"information\"},\"stop\":{\"rules\":[]}}");
	struct session session;
	session_init(&session, pool, &policy, NULL, 3, NULL, 0);
	double spread = session.sd;
	for (guint n = 0; n < 12; n++) {
		enum stop_rule why;
		const guint item = session_next(&session, &why);
		for (guint i = 0; i < pool->count; i++) {
			bool asked = false;
			for (guint k = 0; k < session.count; k++) {
				asked = asked || session.items[k] == i;
			}
			assert_true(asked || irt_information(&pool->items[i].irt, session.mean) <=
						     irt_information(&pool->items[item].irt, session.mean) + 2e-3);
		}
		session_answer(&session, item, n % 2);
		assert_true(session.sd < spread); /* the inputs of theta grow with each answer */
		spread = session.sd;
	}
	session_finish(&session);
	pool_destroy(pool);
}

/* The grid's posterior against the estimator that agrees with catR. */
static void knows_theta_as_the_reference_does(void **state)
{
	(void)state;
	struct pool *pool = made_pool(40);
	struct adaptive policy = policy_of("{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],"
					   "\"select\":{\"rule\":\"information\"},\"stop\":{\"rules\":[]}}");
	struct session session;
	session_init(&session, pool, &policy, NULL, 3, NULL, 0);
	struct irt_response responses[10];
	for (guint n = 0; n < 10; n++) {
		responses[n] = (struct irt_response){&pool->items[n * 3].irt, n % 3 != 0};
		session_answer(&session, n * 3, n % 3 != 0);
	}
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_EAP);
	settings.points = 321;
	const struct theta_estimate wanted = theta_estimate(&settings, responses, 10);
	assert_float_equal(session.mean, wanted.theta, 1e-3);
	assert_float_equal(session.sd, wanted.se, 1e-3);
	double sum = 0;
	for (guint k = 0; k < 3; k++) {
		sum += session.levels[k];
	}
	assert_float_equal(sum, 1, 1e-9);
	session_finish(&session);
	pool_destroy(pool);
}

static struct simulation_figures figures_of(
	const struct pool *pool, const char *text, guint rounds, guint persons, struct simulation *ret, struct plan **ret_plan)
{
	const struct adaptive policy = policy_of(text);
	*ret_plan = plan_is_needed(&policy)
			    ? plan_make(pool, &policy,
				      (struct plan_settings){.rounds = rounds, .persons = 400, .threads = 1, .seed = 1})
			    : NULL;
	simulate(pool, &policy, *ret_plan,
		(struct simulation_settings){.persons = persons, .threads = 1, .seed = 5, .sd = 1, .guard = true}, ret);
	return simulation_figures(ret);
}

/* Adaptive beats chance by far more than the simulation's own error; the SE and the probability told are honest. */
static void places_better_than_chance_and_tells_how_well(void **state)
{
	(void)state;
	struct pool *pool = made_pool(120);
	struct simulation best, chance;
	struct plan *plan;
	const struct simulation_figures f = figures_of(pool,
		"{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"select\":{\"rule\":\"mutual_information\"},"
		"\"stop\":{\"minimum\":12,\"maximum\":12,\"mean\":12}}", 0, 2000, &best, &plan);
	const struct simulation_figures g = figures_of(pool,
		"{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"select\":{\"rule\":\"random\"},"
		"\"stop\":{\"minimum\":12,\"maximum\":12,\"mean\":12}}", 0, 2000, &chance, &plan);
	assert_true(f.accuracy > g.accuracy + 0.04);
	assert_true(fabs(f.accuracy - f.probability) < 0.03);
	assert_true(fabs(f.theta_rmse - f.se_mean) < 0.03);
	assert_true(f.length == 12);
	simulation_finish(&best);
	simulation_finish(&chance);
	pool_destroy(pool);
}

static void keeps_exposure_and_balance(void **state)
{
	(void)state;
	struct pool *pool = made_pool(120);
	struct simulation simulation;
	struct plan *plan;
	const struct simulation_figures f = figures_of(pool,
		"{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"exposure\":{\"maximum\":0.25},"
		"\"select\":{\"rule\":\"information\"},\"content\":{\"shares\":{\"uno\":0.3,\"due\":0.7}},"
		"\"stop\":{\"minimum\":10,\"maximum\":10,\"mean\":10}}", 20, 2000, &simulation, &plan);
	assert_true(f.exposure_max <= 0.27); /* the guard, and the 200 people before it watches */
	assert_true(f.exposure_max >= 0.15); /* nor is everything chosen by chance */
	for (guint a = 0; a < 2; a++) {
		const double share = simulation.area_items[a] / (2000.0 * 10);
		assert_float_equal(share, strcmp(pool->areas[a], "uno") == 0 ? 0.3 : 0.7, 0.1);
	}
	plan_destroy(plan);
	simulation_finish(&simulation);
	pool_destroy(pool);
}

static void expected_gain_keeps_length_and_exposure(void **state)
{
	(void)state;
	struct pool *pool = made_pool(60);
	struct simulation simulation, again;
	struct plan *plan;
	const char *text = "{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"exposure\":{\"maximum\":0.4},"
			   "\"stop\":{\"minimum\":4,\"maximum\":12,\"mean\":9,\"rules\":[{\"rule\":\"gain\"}]}}";
	const struct simulation_figures f = figures_of(pool, text, 40, 2000, &simulation, &plan);
	assert_true(f.exposure_max <= 0.42);
	assert_true(fabs(f.length - 9) < 0.5);
	assert_true(f.accuracy > 0.74);
	assert_true(fabs(f.accuracy - f.probability) < 0.03);
	/* Written, read and run again: the same people get the same tests. */
	const struct adaptive policy = policy_of(text);
	json_t *json = plan_json(plan);
	struct plan *other = plan_read(json, pool, &policy);
	assert_non_null(other);
	simulate(pool, &policy, other,
		(struct simulation_settings){.persons = 2000, .threads = 2, .seed = 5, .sd = 1, .guard = true}, &again);
	assert_memory_equal(simulation.seen, again.seen, pool->count * sizeof(guint));
	assert_memory_equal(simulation.confusion, again.confusion, sizeof(again.confusion));
	json_object_set_new(json, "format", json_string("fad-plan-1"));
	assert_null(plan_read(json, pool, &policy)); /* an older engine's plan means something else */
	json_decref(json);
	plan_destroy(other);
	plan_destroy(plan);
	simulation_finish(&simulation);
	simulation_finish(&again);
	pool_destroy(pool);
}

/* The guard lets chance pass, and bars what goes beyond it: ever closer to the bound the more people there are. */
static void guards_exposure_beyond_chance_only(void **state)
{
	(void)state;
	assert_false(exposure_is_reached(199, EXPOSURE_GUARD_FROM - 1, 0.25));
	assert_false(exposure_is_reached(509, 2000, 0.25));
	assert_true(exposure_is_reached(520, 2000, 0.25));
	assert_true(exposure_is_reached(25140, 100000, 0.25));
	assert_false(exposure_is_reached(2000, 2000, 1));
}

/* What states are told to have come to is what the tests came to: the same on average, only steadier. */
static void learns_from_what_was_reached(void **state)
{
	(void)state;
	struct pool *pool = made_pool(60);
	const struct adaptive policy = policy_of("{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],"
						 "\"stop\":{\"minimum\":4,\"maximum\":10,\"mean\":8,\"rules\":[{\"rule\":\"gain\"}]}}");
	struct plan *plan = plan_make(
		pool, &policy, (struct plan_settings){.rounds = 4, .persons = 300, .threads = 1, .seed = 1});
	plan->controls[0] = plan->controls[30] = 0.003;
	g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(struct plan_example));
	struct simulation simulation;
	simulate(pool, &policy, plan,
		(struct simulation_settings){.persons = 3000, .threads = 1, .seed = 9, .sd = 1, .examples = examples}, &simulation);
	const struct simulation_figures f = simulation_figures(&simulation);
	double reached = f.probability - plan->length_price * f.length, told = 0;
	for (guint i = 0; i < pool->count; i++) {
		reached -= plan->controls[i] * simulation.seen[i] / simulation.persons;
	}
	guint first = 0;
	for (guint i = 0; i < examples->len; i++) {
		const struct plan_example *example = &g_array_index(examples, struct plan_example, i);
		if (example->inputs[0] == -1) { /* nothing asked yet */
			told += (example->inputs[4] + 2) / 3 + example->beyond;
			first++;
		}
	}
	assert_int_equal(first, 3000);
	assert_float_equal(told / first, reached, 0.01); /* SE of what was reached: .002 */
	plan_destroy(plan);
	simulation_finish(&simulation);
	pool_destroy(pool);
}

/* The network learns a curve that no straight line fits. */
static void value_learns_what_it_is_shown(void **state)
{
	(void)state;
	enum { COUNT = 4000 };
	g_autofree struct plan_example *examples = g_new0(struct plan_example, COUNT);
	struct plan_value value = {.inputs = 7};
	struct learning learning;
	struct random random;
	learning_init(&learning, &value, 1);
	random_init(&random, 2);
	for (guint i = 0; i < COUNT; i++) {
		for (guint k = 0; k < value.inputs; k++) {
			examples[i].inputs[k] = (float)random_below(&random, 2001) / 1000 - 1;
		}
		examples[i].beyond = 0.1f * examples[i].inputs[0] * examples[i].inputs[1] + 0.02f;
	}
	for (guint pass = 0; pass < 60; pass++) {
		learning_pass(&learning, &value, examples, COUNT, pass < 40 ? 0.004 : 0.0004);
	}
	double square = 0;
	for (guint i = 0; i < COUNT; i++) {
		const double wrong = plan_beyond(&value, examples[i].inputs) - examples[i].beyond;
		square += wrong * wrong / COUNT;
	}
	assert_true(sqrt(square) < 0.005); /* a straight line: .033 */
}

/* Every stopping rule does what it says on its own. */
static void stops_by_each_rule(void **state)
{
	(void)state;
	struct pool *pool = made_pool(120);
	static const char *const rules[] = {"{\"rule\":\"se\",\"at\":0.45}", "{\"rule\":\"posterior\",\"at\":0.8}",
		"{\"rule\":\"sprt\",\"delta\":0.3,\"alpha\":0.1,\"beta\":0.1}",
		"{\"rule\":\"glr\",\"delta\":0.2,\"alpha\":0.1,\"beta\":0.1}", "{\"rule\":\"confidence\",\"at\":0.8}"};
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		g_autofree char *text = g_strdup_printf(
			"{\"format\":\"fad-adaptive-1\",\"cuts\":[-0.5,0.7],\"select\":{\"rule\":\"information\"},"
			"\"stop\":{\"minimum\":3,\"maximum\":25,\"rules\":[%s]}}", rules[i]);
		struct simulation simulation;
		struct plan *plan;
		const struct simulation_figures f = figures_of(pool, text, 0, 60, &simulation, &plan);
		const enum stop_rule rule = (enum stop_rule)(STOP_SE + i);
		assert_true(simulation.stops[rule] > 0);
		assert_int_equal(simulation.stops[rule] + simulation.stops[STOP_MAXIMUM], 60);
		assert_true(f.length >= 3 && f.length < 25);
		simulation_finish(&simulation);
	}
	pool_destroy(pool);
}

/* Pilots are asked and do not count; who saw an item does not see it again while there are others. */
static void seeds_pilots_and_spares_what_was_seen(void **state)
{
	(void)state;
	g_autoptr(GString) text = g_string_new("{\"items\":[");
	for (guint i = 0; i < 30; i++) {
		g_string_append_printf(text, "%s{\"id\":\"q%u\",\"area\":\"a\",%s}", i ? "," : "", i,
			i < 5 ? "\"state\":\"pilot\"" : "\"parameters\":{\"a\":1,\"b\":0}");
	}
	g_string_append(text, "]}");
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = pool_read(text->str, text->len, &faults);
	assert_non_null(pool);
	const struct adaptive policy = policy_of("{\"format\":\"fad-adaptive-1\",\"cuts\":[0],\"pilots\":2,"
						 "\"select\":{\"rule\":\"information\",\"among\":3},"
						 "\"stop\":{\"minimum\":5,\"maximum\":8,\"rules\":[]}}");
	assert_int_equal(walk_method_for(pool, &policy), WALK_ADAPTIVE);
	static const guint seen[] = {5, 6, 7, 8, 9, 0, 1};
	for (guint64 seed = 1; seed < 40; seed++) {
		const struct walk_means means = {.pool = pool, .policy = &policy, .seed = seed, .excluded = seen,
			.excluded_count = G_N_ELEMENTS(seen)};
		struct walk walk;
		walk_init(&walk, &means);
		guint pilots = 0, item;
		bool pilot;
		enum stop_rule why;
		while ((item = walk_next(&walk, &pilot, &why)) != SESSION_NO_ITEM) {
			assert_true(pilot == (item < 5));
			assert_true(walk.count > 0 || !pilot);
			assert_true(item > 9 || item == 2 || item == 3 || item == 4);
			pilots += pilot;
			walk_answer(&walk, item, pilot, 1);
		}
		assert_int_equal(pilots, 2);
		assert_int_equal(walk.count, 10);
		assert_int_equal(walk.session.count, 8);
		assert_int_equal(why, STOP_MAXIMUM);
		walk_finish(&walk);
	}
	pool_destroy(pool);
	faults_finish(&faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_policies_that_are_not_sound),
		cmocka_unit_test(reads_back_what_it_writes),
		cmocka_unit_test(refuses_parameters_that_cannot_be),
		cmocka_unit_test(asks_the_item_that_tells_most),
		cmocka_unit_test(knows_theta_as_the_reference_does),
		cmocka_unit_test(places_better_than_chance_and_tells_how_well),
		cmocka_unit_test(keeps_exposure_and_balance),
		cmocka_unit_test(expected_gain_keeps_length_and_exposure),
		cmocka_unit_test(guards_exposure_beyond_chance_only),
		cmocka_unit_test(learns_from_what_was_reached),
		cmocka_unit_test(value_learns_what_it_is_shown),
		cmocka_unit_test(stops_by_each_rule),
		cmocka_unit_test(seeds_pilots_and_spares_what_was_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
