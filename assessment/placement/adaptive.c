#include "assessment/placement/adaptive.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/pool_faults.h"

static const char *const select_names[SELECT_RULE_MAX] = {
	[SELECT_INFORMATION] = "information",
	[SELECT_INFORMATION_AT_CUTS] = "information_at_cuts",
	[SELECT_MUTUAL_INFORMATION] = "mutual_information",
	[SELECT_EXPECTED_GAIN] = "expected_gain",
	[SELECT_RANDOM] = "random",
};

static const char *const stop_names[STOP_RULE_MAX] = {
	[STOP_NONE] = "none",
	[STOP_MAXIMUM] = "maximum",
	[STOP_NO_ITEMS] = "no_items",
	[STOP_GAIN] = "gain",
	[STOP_SE] = "se",
	[STOP_POSTERIOR] = "posterior",
	[STOP_SPRT] = "sprt",
	[STOP_GLR] = "glr",
	[STOP_CONFIDENCE] = "confidence",
	[STOP_GATES] = "gates",
};

static const char *const estimator_names[] = {
	[THETA_ML] = "ml", [THETA_MAP] = "map", [THETA_EAP] = "eap", [THETA_WL] = "wl"};

const char *stop_rule_name(enum stop_rule rule)
{
	return stop_names[rule];
}

static double number(json_t *object, const char *field, double otherwise, double least, double most, struct faults *faults)
{
	json_t *json = json_object_get(object, field);
	if (!json && !isnan(otherwise)) {
		return otherwise;
	}
	const double value = json_number_value(json);
	if (!json_is_number(json) || !(value >= least && value <= most)) {
		g_autofree char *range = g_strdup_printf("%g..%g", least, most);
		faults_add(faults, &adaptive_faults[ADAPTIVE_RANGE], field, field, range);
		return least;
	}
	return value;
}

static guint whole(json_t *object, const char *field, guint otherwise, guint least, guint most, struct faults *faults)
{
	json_t *json = json_object_get(object, field);
	if (json && !json_is_integer(json)) {
		g_autofree char *range = g_strdup_printf("%u..%u", least, most);
		faults_add(faults, &adaptive_faults[ADAPTIVE_RANGE], field, field, range);
		return least;
	}
	return (guint)number(object, field, otherwise, least, most, faults);
}

/* The place of a name in a table; 0 and a fault when it is not there. */
static guint choice(json_t *object, const char *field, guint otherwise, const char *const *names, guint count,
	struct faults *faults)
{
	json_t *json = json_object_get(object, field);
	if (!json) {
		return otherwise;
	}
	const char *name = json_string_value(json);
	for (guint i = 0; name && i < count; i++) {
		if (strcmp(name, names[i]) == 0) {
			return i;
		}
	}
	faults_add(faults, &adaptive_faults[ADAPTIVE_CHOICE], field, field, name ? name : "?");
	return otherwise;
}

static void read_cuts(struct adaptive *ret, json_t *list, struct faults *faults)
{
	const size_t count = json_array_size(list);
	bool good = count >= 1 && count <= CLASSIFY_CUTS_MAX;
	for (size_t i = 0; good && i < count; i++) {
		json_t *cut = json_array_get(list, i);
		ret->cuts.at[i] = json_number_value(cut);
		good = json_is_number(cut) && fabs(ret->cuts.at[i]) <= 3.5;
	}
	ret->cuts.count = (uint32_t)count;
	if (!good || !cuts_are_valid(&ret->cuts)) {
		faults_add(faults, &adaptive_faults[ADAPTIVE_CUTS], "cuts", NULL, NULL);
	}
}

static void read_shares(struct adaptive *ret, json_t *shares, struct faults *faults)
{
	const char *area;
	json_t *value;
	double sum = 0;
	bool good = true;
	json_object_foreach (shares, area, value) {
		if (!*area || strlen(area) > BANK_ID_MAX || ret->share_count >= BANK_AREAS_MAX) {
			faults_add(faults, &adaptive_faults[ADAPTIVE_AREA], "content.shares", area, NULL);
			return;
		}
		struct content_share *share = &ret->shares[ret->share_count++];
		g_strlcpy(share->area, area, sizeof(share->area));
		share->share = json_number_value(value);
		good = good && json_is_number(value) && share->share >= 0 && share->share <= 1;
		sum += share->share;
	}
	if (ret->share_count > 0 && (!good || fabs(sum - 1) > 1e-6)) {
		g_autofree char *text = g_strdup_printf("%.4g", sum);
		faults_add(faults, &adaptive_faults[ADAPTIVE_SHARES], "content.shares", text, NULL);
	}
}

static void read_rule(struct stopping *ret, json_t *json, struct faults *faults)
{
	*ret = (struct stopping){
		.rule = (enum stop_rule)choice(json, "rule", STOP_NONE, stop_names, STOP_RULE_MAX, faults)};
	switch (ret->rule) {
	case STOP_NONE:
	case STOP_MAXIMUM:
	case STOP_NO_ITEMS:
	case STOP_GATES:
	case STOP_RULE_MAX:
		faults_add(faults, &adaptive_faults[ADAPTIVE_CHOICE], "stop.rules", "rule",
			json_string_value(json_object_get(json, "rule")));
		break;
	case STOP_GAIN:
		break;
	case STOP_SE:
		ret->at = number(json, "at", NAN, 0.05, 2, faults);
		break;
	case STOP_POSTERIOR:
	case STOP_CONFIDENCE:
		ret->at = number(json, "at", NAN, 0.5, 0.9999, faults);
		break;
	case STOP_SPRT:
	case STOP_GLR:
		ret->delta = number(json, "delta", NAN, 0.01, 2, faults);
		ret->alpha = number(json, "alpha", NAN, 0.0001, 0.5, faults);
		ret->beta = number(json, "beta", NAN, 0.0001, 0.5, faults);
		break;
	}
}

static void read_stop(struct adaptive *ret, json_t *stop, struct faults *faults)
{
	ret->minimum = whole(stop, "minimum", 4, 1, ADAPTIVE_ITEMS_MAX, faults);
	ret->maximum = whole(stop, "maximum", 20, 1, ADAPTIVE_ITEMS_MAX, faults);
	ret->mean = number(stop, "mean", MAX(ret->minimum, MIN(13, ret->maximum)), 1, ADAPTIVE_ITEMS_MAX, faults);
	ret->all = json_is_true(json_object_get(stop, "all"));
	if (ret->minimum > ret->maximum || ret->mean < ret->minimum || ret->mean > ret->maximum) {
		faults_add(faults, &adaptive_faults[ADAPTIVE_LENGTHS], "stop", NULL, NULL);
	}
	json_t *rules = json_object_get(stop, "rules");
	if (json_array_size(rules) > ADAPTIVE_RULES_MAX) {
		g_autofree char *range = g_strdup_printf("0..%u", ADAPTIVE_RULES_MAX);
		faults_add(faults, &adaptive_faults[ADAPTIVE_RANGE], "stop.rules", "rules", range);
		return;
	}
	for (size_t i = 0; i < json_array_size(rules); i++) {
		read_rule(&ret->rules[ret->rule_count++], json_array_get(rules, i), faults);
		if (ret->rules[i].rule == STOP_GAIN && ret->select != SELECT_EXPECTED_GAIN) {
			faults_add(faults, &adaptive_faults[ADAPTIVE_GAIN], "stop.rules", NULL, NULL);
		}
	}
}

bool adaptive_read(struct adaptive *ret, json_t *json, struct faults *faults)
{
	const guint before = faults->errors;
	const char *format = json_string_value(json_object_get(json, "format"));
	if (!format || strcmp(format, "fad-adaptive-1") != 0) {
		faults_add(faults, &adaptive_faults[ADAPTIVE_FORMAT], "format", NULL, NULL);
		return false;
	}
	struct adaptive policy = {0};
	const char *name = json_string_value(json_object_get(json, "name"));
	g_autofree char *cut = g_utf8_substring(name ? name : "", 0, MIN(g_utf8_strlen(name ? name : "", -1), BANK_NAME_MAX / 4));
	g_strlcpy(policy.name, cut, sizeof(policy.name));
	json_t *prior = json_object_get(json, "prior"), *select = json_object_get(json, "select");
	json_t *content = json_object_get(json, "content");
	read_cuts(&policy, json_object_get(json, "cuts"), faults);
	policy.prior_mean = number(prior, "mean", 0, -3, 3, faults);
	policy.prior_sd = number(prior, "sd", 1, 0.2, 3, faults);
	policy.estimator = (enum theta_estimator)choice(
		json, "estimator", THETA_EAP, estimator_names, G_N_ELEMENTS(estimator_names), faults);
	policy.select = (enum select_rule)choice(
		select, "rule", SELECT_EXPECTED_GAIN, select_names, SELECT_RULE_MAX, faults);
	policy.among = whole(select, "among", 1, 1, ADAPTIVE_AMONG_MAX, faults);
	policy.progressive = json_is_true(json_object_get(select, "progressive"));
	policy.exposure = number(json_object_get(json, "exposure"), "maximum", 1, 0.02, 1, faults);
	read_shares(&policy, json_object_get(content, "shares"), faults);
	policy.share_tolerance = number(content, "tolerance", 1, 0, ADAPTIVE_ITEMS_MAX, faults);
	read_stop(&policy, json_object_get(json, "stop"), faults);
	policy.pilots = whole(json, "pilots", 0, 0, ADAPTIVE_PILOTS_MAX, faults);
	json_t *gates = json_object_get(json, "gates");
	policy.gate_items = whole(gates, "items", 3, 1, GATE_ITEMS_MAX, faults);
	policy.gate_pass = number(gates, "pass", 2.0 / 3, 0, 1, faults);
	if (faults->errors != before) {
		return false;
	}
	*ret = policy;
	return true;
}

static json_t *rules_json(const struct adaptive *policy)
{
	json_t *rules = json_array();
	for (guint i = 0; i < policy->rule_count; i++) {
		const struct stopping *rule = &policy->rules[i];
		json_t *json = json_pack("{s:s}", "rule", stop_names[rule->rule]);
		if (rule->at > 0) {
			json_object_set_new(json, "at", json_real(rule->at));
		}
		if (rule->delta > 0) {
			json_object_set_new(json, "delta", json_real(rule->delta));
			json_object_set_new(json, "alpha", json_real(rule->alpha));
			json_object_set_new(json, "beta", json_real(rule->beta));
		}
		json_array_append_new(rules, json);
	}
	return rules;
}

json_t *adaptive_json(const struct adaptive *policy)
{
	json_t *cuts = json_array(), *shares = json_object();
	for (guint i = 0; i < policy->cuts.count; i++) {
		json_array_append_new(cuts, json_real(policy->cuts.at[i]));
	}
	for (guint i = 0; i < policy->share_count; i++) {
		json_object_set_new(shares, policy->shares[i].area, json_real(policy->shares[i].share));
	}
	return json_pack("{s:s, s:s, s:o, s:{s:f, s:f}, s:s, s:{s:s, s:i, s:b}, s:{s:f}, s:{s:o, s:f},"
			 " s:{s:i, s:i, s:f, s:b, s:o}, s:i, s:{s:i, s:f}}",
		"format", "fad-adaptive-1", "name", policy->name, "cuts", cuts, "prior", "mean", policy->prior_mean, "sd",
		policy->prior_sd, "estimator", estimator_names[policy->estimator], "select", "rule",
		select_names[policy->select], "among", (int)policy->among, "progressive", (int)policy->progressive,
		"exposure", "maximum", policy->exposure, "content", "shares", shares, "tolerance",
		policy->share_tolerance, "stop", "minimum", (int)policy->minimum, "maximum", (int)policy->maximum, "mean",
		policy->mean, "all", (int)policy->all, "rules", rules_json(policy), "pilots", (int)policy->pilots, "gates",
		"items", (int)policy->gate_items, "pass", policy->gate_pass);
}
