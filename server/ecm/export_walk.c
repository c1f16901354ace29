/* Who goes into a report, and whether it could be made: one view of the data, checked row by row. */
#include <string.h>

#include "server/app.h"
#include "server/classes/overlap.h"
#include "server/ecm/codice_fiscale.h"
#include "server/ecm/export.h"
#include "server/ecm/participant_fault.h"
#include "server/settings.h"

/* Who was in two sessions at once cannot have earned the credits of both; false: told. */
static bool in_one_place(const GArray *overlaps, const struct participant *participant, struct faults *faults)
{
	bool good = true;
	for (guint i = 0; overlaps && i < overlaps->len; i++) {
		const struct overlap_found *found = &g_array_index(overlaps, struct overlap_found, i);
		if (found->person == participant->person && participant->role == 'P') {
			g_autofree char *where = participant_where(participant, "presenza");
			faults_add_problem(faults, &found->problem, where);
			good = false;
		}
	}
	return good;
}

static enum participant_verdict judge(struct participant *participant, const struct ecm_event *event,
	const struct report_schema *schema, const GArray *overlaps, struct report_row *row, struct faults *faults)
{
	enum participant_verdict verdict = participant_check(participant, event, row, faults);
	if (verdict == PARTICIPANT_GOOD && !in_one_place(overlaps, participant, faults)) {
		verdict = PARTICIPANT_FAULTY;
	}
	if (verdict != PARTICIPANT_GOOD || !schema) {
		return verdict;
	}
	struct report_record record;
	g_autofree char *where = NULL;
	report_person_record(participant, row, &record);
	where = g_strdup_printf("%s %s (%s)", participant->family_name, participant->given_name, row->cod_fisc);
	bool good = report_schema_check(schema, LEVEL_PERSON, &record, where, faults);
	return report_schema_check_professions(schema, participant, where, faults) && good ? verdict : PARTICIPANT_FAULTY;
}

/* The faults kept since `before` are about this person. */
static void name_faults(struct export_check *check, const struct faults *faults, guint before, int64_t person)
{
	for (guint i = before; i < faults->list->len && i < EXPORT_FAULTS_MAX; i++) {
		check->persons[i] = person;
	}
}

void export_walk(struct db *db, const struct ecm_event *event, const struct report_schema *schema,
	struct export_check *ret, struct faults *faults, export_visitor visit, void *data)
{
	char last[CODICE_FISCALE_LEN + 1] = "";
	struct participant participant;
	g_autoptr(GArray) overlaps = ecm_event_in_class(event) ? overlaps_recorded(db, event->id, 0) : NULL;
	struct participants *participants = participants_open(db, event, 0);
	*ret = (struct export_check){0};
	while (participants_next(participants, &participant)) {
		struct report_row row;
		guint before = faults->list->len;
		if (participant.profession_count == 0) {
			ret->without_profession++;
			continue;
		}
		switch (judge(&participant, event, schema, overlaps, &row, faults)) {
		case PARTICIPANT_GOOD:
			if (strcmp(last, row.cod_fisc) == 0) {
				participant_duplicate(&participant, faults);
			}
			memcpy(last, row.cod_fisc, sizeof(last));
			ret->participants += participant.role == 'P';
			ret->staff += participant.role != 'P';
			if (visit) {
				visit(&participant, &row, data);
			}
			break;
		case PARTICIPANT_EXCLUDED:
			ret->excluded++;
			break;
		case PARTICIPANT_WAITING:
			ret->waiting++;
			break;
		case PARTICIPANT_FAULTY:
			break;
		}
		name_faults(ret, faults, before, participant.person);
	}
	participants_close(participants);
}

struct report_schema *export_schema(struct app *app, struct problem *ret)
{
	char version[SETTING_BYTES];
	struct db *db = store_read(app->store);
	settings_value(db, "report_schema", version);
	store_read_done(app->store, db);
	return report_schema_load(app->folder, version, ret);
}

static void collect(const struct participant *participant, const struct report_row *row, void *data)
{
	struct report_record record;
	g_autoptr(GString) professions = g_string_new(NULL);
	report_person_record(participant, row, &record);
	report_professions(participant, professions);
	report_file_add(data, &record, professions->str, 0);
}

bool export_now(struct app *app, int64_t event, struct report_file *ret, struct ecm_event *ret_event)
{
	struct export_check check;
	struct faults none;
	struct report_record record;
	struct db *db = store_read(app->store);
	bool found = ecm_event_by_id(db, event, ret_event);
	if (found) {
		faults_init(&none, 1);
		report_file_init(ret);
		export_walk(db, ret_event, NULL, &check, &none, collect, ret);
		report_event_record(ret_event, (guint)check.participants, &record);
		report_file_set_event(ret, &record);
		report_file_sort(ret);
		faults_finish(&none);
	}
	store_read_done(app->store, db);
	return found;
}
