/* PUT /api/people/{person}/data: what the report says of a person, mended by the provider; the log of acts
 * tells what was changed. */
#include <string.h>

#include "server/app.h"
#include "server/http/request.h"
#include "server/people/fields.h"
#include "server/people/professions.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

/* Of person_fields: nothing that opens a door (log-in, roles, address of letters). */
static const char *const mendable[] = {"codice_fiscale", "family_name", "given_name", "profession", "professions",
	"contract", "company", NULL};

struct mending {
	struct person before, after;
	int64_t by;
};

/* Who somebody is stays out of the log of acts, which is for ever: of names and code only that they changed. */
static json_t *facts_json(const struct person *person)
{
	g_autofree char *professions = professions_text(person);
	return json_pack("{s:s, s:s, s:s}", "professions", professions, "contract", person->contract, "company",
		person->company);
}

static json_t *changed_json(const struct person *before, const struct person *after)
{
	json_t *list = json_array();
	const struct {
		const char *name, *before, *after;
	} fields[] = {{"codice_fiscale", before->codice_fiscale, after->codice_fiscale},
		{"family_name", before->family_name, after->family_name},
		{"given_name", before->given_name, after->given_name}};
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		if (strcmp(fields[i].before, fields[i].after) != 0) {
			json_array_append_new(list, json_string(fields[i].name));
		}
	}
	return list;
}

static bool mend_work(struct db *db, void *data)
{
	struct mending *work = data;
	if (!people_save(db, &work->after)) {
		return false;
	}
	json_t *json = json_pack("{s:o, s:o, s:o}", "changed", changed_json(&work->before, &work->after),
		"before", facts_json(&work->before), "after", facts_json(&work->after));
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_about(db, work->by, "person.mend", "person", work->after.id, detail);
	free(detail);
	json_decref(json);
	return true;
}

static GArray *read_members(json_t *json, struct person *person)
{
	GArray *faults = g_array_new(FALSE, FALSE, sizeof(struct problem));
	struct problem problem;
	for (size_t i = 0; person_fields[i].json != NULL; i++) {
		const char *text = json_string_value(json_object_get(json, person_fields[i].json));
		if (text && g_strv_contains(mendable, person_fields[i].json) &&
			!person_fields[i].set(person, text, &problem)) {
			PROBLEM_COPY(problem.where, person_fields[i].json);
			g_array_append_val(faults, problem);
		}
	}
	unsigned roles = person->roles;
	if (faults->len == 0 && !person_complete(person, &problem)) {
		PROBLEM_COPY(problem.where, "professions");
		g_array_append_val(faults, problem);
	}
	person->roles = roles; /* a teacher from outside has none */
	return faults;
}

static const struct problem_text not_theirs = {"PERSON_NOT_OPERATOR",
	"Questa persona ha anche altri ruoli: i suoi dati li corregge l’amministratore.",
	"This person has other roles too: the administrator mends the data.", "Chiedi all’amministratore.",
	"Ask the administrator."};

static void mend_person(struct request *request, struct reply *reply)
{
	struct mending work = {.by = request->who.person};
	struct problem problem = {0};
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[0].number, &work.before);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "person");
		return;
	}
	if (work.before.roles & ~(unsigned)ROLE_OPERATOR) {
		reply_fault(reply, 403, &not_theirs, NULL);
		return;
	}
	work.after = work.before;
	g_autoptr(GArray) faults = read_members(request->json, &work.after);
	if (faults->len > 0) {
		reply_problems(reply, 422, (const struct problem *)(void *)faults->data, faults->len);
	} else if (store_write(request->app->store, mend_work, &work, &problem)) {
		reply_json(reply, 200, facts_json(&work.after));
	} else {
		reply_store_fault(reply, &problem);
	}
}

const struct route ecm_person_data_routes[] = {
	{.id = "people.mend",
		.method = HTTP_PUT,
		.pattern = "/api/people/{person:id}/data",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = mend_person,
		.summary = "Mends what the report says of an operator: codice_fiscale, family_name, given_name, professions "
			   "(\"1.58.59:5.78\"), contract, company"},
	ROUTE_END,
};
