#include "server/certificates/issue.h"

#include <string.h>

#include "server/certificates/limits.h"
#include "server/ecm/day.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/provider.h"

#define TEMPLATE_FILE "certificates.json"

/* Crockford's letters: nobody mistakes one for another on paper. */
static void make_code(char ret[CERTIFICATE_CODE])
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char hex[SECRETS_HASH];
	unsigned char bytes[32];
	secrets_random_hex(hex);
	secrets_from_hex(hex, bytes);
	for (int i = 0; i < CERTIFICATE_CODE - 1; i++) {
		ret[i] = i % 6 == 5 ? '-' : letters[bytes[i] % 32];
	}
	ret[CERTIFICATE_CODE - 1] = '\0';
}

static const struct fault_text provider_incomplete = {"PROVIDER_INCOMPLETE", SEVERITY_ERROR, "ECM 3.1",
	"Manca un dato del provider che l'attestato deve riportare.",
	"A datum of the provider that the certificate must name is missing.",
	"Il provider completa la propria pagina: denominazione, accreditamento, luogo, chi firma.",
	"The provider completes its page: name, accreditation, place, who signs."};

/* An attestato without the provider's name and signature is worth nothing. */
static bool provider_ready(struct db *db, enum certificate_kind kind, struct faults *faults)
{
	struct provider provider;
	provider_load(db, &provider);
	const char *missing = !*provider.name                                       ? "name"
			      : !*provider.place                                    ? "place"
			      : !*provider.legal_name                               ? "legal_name"
			      : kind == CERTIFICATE_ECM && !*provider.accreditation ? "accreditation"
			      : kind == CERTIFICATE_ECM && !*provider.accreditor    ? "accreditor"
										    : NULL;
	if (missing) {
		faults_add(faults, &provider_incomplete, missing, NULL, NULL);
	}
	return !missing;
}

/* One person of an event, found and judged. */
struct candidate {
	struct ecm_event event;
	struct participant participant;
	struct participants *cursor; /* owns the participant's texts */
	enum certificate_kind kind;
};

bool certificate_due(const struct ecm_event *event, const struct participant *participant)
{
	char today[11];
	ecm_day(store_now(), today);
	if (participant->role != 'P') {
		return strcmp(participant->earned, today) <= 0;
	}
	return participant->profession_count == 0 || !participant->waiting || strcmp(today, event->data_fine) > 0;
}

bool certificate_due_to(struct db *db, int64_t person, const struct ecm_event *event)
{
	struct participant participant;
	struct participants *cursor = participants_open(db, event, person);
	bool due = participants_next(cursor, &participant) && certificate_due(event, &participant);
	participants_close(cursor);
	return due;
}

static enum issue_result judge(
	struct db *db, int64_t person, int64_t event, struct candidate *ret, struct faults *faults)
{
	struct report_row row;
	if (!ecm_event_by_id(db, event, &ret->event)) {
		return ISSUE_NOT_YET;
	}
	ret->cursor = participants_open(db, &ret->event, person);
	if (!participants_next(ret->cursor, &ret->participant) || !certificate_due(&ret->event, &ret->participant)) {
		return ISSUE_NOT_YET;
	}
	ret->kind = CERTIFICATE_PARTICIPATION;
	if (ret->participant.profession_count > 0) {
		switch (participant_check(&ret->participant, &ret->event, &row, faults)) {
		case PARTICIPANT_GOOD:
			ret->kind = CERTIFICATE_ECM;
			break;
		case PARTICIPANT_EXCLUDED:
			break;
		case PARTICIPANT_WAITING:
			break;
		case PARTICIPANT_FAULTY:
			return ISSUE_REFUSED;
		}
	}
	return provider_ready(db, ret->kind, faults) ? ISSUE_DONE : ISSUE_REFUSED;
}

struct issuing {
	const int64_t *people;
	guint count;
	int64_t event, by;
	const char *template_sha256, *template_version, *template_body;
	struct issued *issued; /* one a person */
};

/* Keeps the valid certificate when it says the same, else replaces it. */
static void keep_or_replace(
	struct db *db, const struct issuing *issuing, int64_t person, const struct candidate *candidate, struct certificate *made)
{
	struct certificate old;
	json_t *json = certificate_facts(db, &candidate->event, &candidate->participant, candidate->kind);
	char *facts = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(json);
	if (certificate_valid(db, person, issuing->event, candidate->kind, &old)) {
		if (strcmp(old.facts, facts) == 0) {
			*made = old;
			free(facts);
			return;
		}
		certificate_revoke(db, old.id, "sostituito da un attestato con i dati aggiornati");
		certificate_finish(&old);
	}
	*made = (struct certificate){
		.person = person, .event = issuing->event, .kind = candidate->kind, .issued_by = issuing->by};
	made->facts = g_strdup(facts);
	free(facts);
	make_code(made->code);
	PROBLEM_COPY(made->template_sha256, issuing->template_sha256);
	certificate_template_keep(
		db, issuing->template_sha256, issuing->template_version, issuing->template_body);
	certificate_insert(db, made);
	audit_about(db, issuing->by, "certificate.issue", "certificate", made->id, made->code);
}

static void issue_one(struct db *db, const struct issuing *issuing, int64_t person, struct issued *ret)
{
	struct candidate candidate = {0};
	ret->result = judge(db, person, issuing->event, &candidate, &ret->faults);
	if (ret->result == ISSUE_DONE) {
		keep_or_replace(db, issuing, person, &candidate, &ret->certificate);
	}
	if (candidate.cursor) {
		participants_close(candidate.cursor);
	}
}

static bool issue_work(struct db *db, void *data)
{
	const struct issuing *issuing = data;
	for (guint i = 0; i < issuing->count; i++) {
		issue_one(db, issuing, issuing->people[i], &issuing->issued[i]);
	}
	return true;
}

/* The template in force: the data folder's own or the program's. NULL: not valid. Yours (g_free). */
static char *template_in_force(struct app *app, char sha256[65], char version[64], struct problem *problem)
{
	g_autofree char *path = g_build_filename(app->folder, TEMPLATE_FILE, NULL);
	struct certificate_template *template = certificate_template_load(path, problem);
	if (!template) {
		return NULL;
	}
	char *body = g_strdup(certificate_template_source(template));
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);
	g_strlcpy(sha256, sum, 65);
	problem_copy(version, 64, certificate_template_version(template));
	certificate_template_destroy(template);
	return body;
}

bool certificates_issue(struct app *app, const int64_t *people, guint count, int64_t event, int64_t by, struct issued *ret,
	struct problem *problem)
{
	char sha256[65], version[64];
	g_autofree char *body = template_in_force(app, sha256, version, problem);
	for (guint i = 0; i < count; i++) {
		ret[i] = (struct issued){.result = ISSUE_FAILED};
		faults_init(&ret[i].faults, ISSUE_FAULTS);
	}
	struct issuing issuing = {people, count, event, by, sha256, version, body, ret};
	bool kept = body && store_write(app->store, issue_work, &issuing, problem);
	for (guint i = 0; i < count && !kept; i++) {
		issued_finish(&ret[i]);
	}
	return kept;
}

void issued_finish(struct issued *issued)
{
	certificate_finish(&issued->certificate);
	faults_finish(&issued->faults);
}

enum issue_result certificate_issue(struct app *app, int64_t person, int64_t event, int64_t by,
	struct certificate *ret, struct faults *faults, struct problem *problem)
{
	struct issued issued;
	*ret = (struct certificate){0};
	if (!certificates_issue(app, &person, 1, event, by, &issued, problem)) {
		return ISSUE_FAILED;
	}
	for (guint i = 0; i < issued.faults.list->len; i++) {
		const struct problem *told = &g_array_index(issued.faults.list, struct problem, i);
		faults_add_problem(faults, told, told->where);
	}
	*ret = issued.certificate;
	faults_finish(&issued.faults);
	return issued.result;
}

char *certificate_file_name(const struct certificate *certificate)
{
	json_t *facts = json_loads(certificate->facts, 0, NULL);
	g_autofree char *ascii = g_str_to_ascii(certificate_fact(facts, "person_name"), "it");
	g_strcanon(ascii, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '-');
	char *name = g_strdup_printf("attestato-%.80s-%s.pdf", ascii, certificate->code);
	json_decref(facts);
	return name;
}
