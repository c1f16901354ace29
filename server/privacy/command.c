/*
 * fad retention [--apply RULE] [--yes] [--data DIR]: what is kept for how long, what is due, and doing it once somebody
 * at the terminal said yes.
 */
#include <stdio.h>

#include "server/commands.h"
#include "server/options.h"
#include "server/privacy/retention.h"
#include "server/problem.h"

static const char *text_of(const struct retention_rules *rules, enum retention_rule rule, const char *name)
{
	return json_string_value(json_object_get(retention_rule_json(rules, rule), name));
}

static void show(struct app *app, const struct retention_rules *rules)
{
	for (enum retention_rule rule = 0; rule < RETENTION_RULES; rule++) {
		printf("%-10s %4d mesi (months)  ", retention_rule_id(rule), rules->months[rule]);
		if (retention_applies(rule)) {
			printf("da togliere (due): %" G_GINT64_FORMAT, retention_due(app, rules, rule));
		}
		printf("\n    %s\n    %s\n", text_of(rules, rule, "name_it"), text_of(rules, rule, "law_it"));
	}
}

static bool confirmed(const struct retention_rules *rules, enum retention_rule rule, int64_t due)
{
	char answer[16] = "";
	printf("%s\n%" G_GINT64_FORMAT " da togliere per sempre. Confermi? scrivi sì (to be removed for good; type yes): ",
		text_of(rules, rule, "name_it"), due);
	fflush(stdout);
	return fgets(answer, sizeof(answer), stdin) &&
	       (g_str_has_prefix(answer, "sì\n") || g_str_has_prefix(answer, "si\n") || g_str_has_prefix(answer, "yes\n"));
}

static int apply(struct app *app, const struct retention_rules *rules, const char *id, bool yes)
{
	enum retention_rule rule = retention_rule_by_id(id);
	struct problem problem;
	if (rule == RETENTION_RULES || !retention_applies(rule)) {
		fprintf(stderr, "fad retention: «%s» non si applica; vedere fad retention (no such rule to apply)\n", id);
		return COMMAND_MISUSED;
	}
	int64_t due = retention_due(app, rules, rule);
	if (due > 0 && !yes && !confirmed(rules, rule, due)) {
		printf("niente è stato tolto (nothing was removed)\n");
		return COMMAND_FAULT;
	}
	int64_t removed = due > 0 ? retention_apply(app, rules, rule, 0, &problem) : 0;
	if (removed < 0) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	printf("tolti (removed): %" G_GINT64_FORMAT "\n", removed);
	return COMMAND_OK;
}

int command_retention(int count, char **words)
{
	g_autofree char *data = NULL, *rule = NULL;
	gboolean yes = FALSE;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"apply", 0, 0, G_OPTION_ARG_STRING, &rule, NULL, NULL},
		{"yes", 0, 0, G_OPTION_ARG_NONE, &yes, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct retention_rules rules = {0};
	struct app *app = app_open(data, &problem);
	int status = COMMAND_OK;
	if (!app || !retention_rules_load(data, &rules, &problem)) {
		problem_print(&problem);
		status = COMMAND_FAULT;
	} else if (rule) {
		status = apply(app, &rules, rule, yes);
	} else {
		show(app, &rules);
	}
	retention_rules_finish(&rules);
	app_close(app);
	return status;
}
