#include "server/store/certificates.h"

#include <string.h>

#include "server/store/statement.h"

enum certificate_statement {
	REGISTER_GET,
	REGISTER_PUT,
	CERTIFICATE_BY_ID,
	CERTIFICATE_BY_CODE,
	CERTIFICATE_VALID,
	CERTIFICATE_OF_PERSON,
	CERTIFICATE_COUNT,
	CERTIFICATE_INSERT,
	CERTIFICATE_REVOKE,
	TEMPLATE_KEEP,
	TEMPLATE_BODY,
	BATCH_BY_ID,
	BATCH_NEWEST,
	BATCH_OLDEST_RUNNING,
	BATCH_START,
	BATCH_UPDATE,
	CERTIFICATE_STATEMENTS,
};

#define COLUMNS                                                                                              \
	"SELECT id, code, person, event, kind = 'participation', facts, template, issued_at, "               \
	"coalesce(issued_by, 0), coalesce(revoked_at, 0), revoked_why FROM certificate "
#define BATCH_COLUMNS                                                                                        \
	"SELECT id, event, state, total, done, refused, problem, started_at, coalesce(started_by, 0), "      \
	"coalesce(ended_at, 0) FROM certificate_batch "

static const char *const sql[CERTIFICATE_STATEMENTS] = {
	[REGISTER_GET] = "SELECT birth_place, birth_day, order_name, order_number FROM person_register WHERE "
			 "person = ?",
	[REGISTER_PUT] =
		"INSERT OR REPLACE INTO person_register (person, birth_place, birth_day, order_name, "
		"order_number, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
	[CERTIFICATE_BY_ID] = COLUMNS "WHERE id = ?",
	[CERTIFICATE_BY_CODE] = COLUMNS "WHERE code = ?",
	[CERTIFICATE_VALID] = COLUMNS "WHERE person = ? AND event = ? AND kind = ? AND revoked_at IS NULL",
	[CERTIFICATE_OF_PERSON] = COLUMNS "WHERE person = ? ORDER BY id DESC",
	[CERTIFICATE_COUNT] = "SELECT count(*) FROM certificate WHERE event = ? AND revoked_at IS NULL",
	[CERTIFICATE_INSERT] =
		"INSERT INTO certificate (code, person, event, kind, facts, template, issued_at, "
		"issued_by) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[CERTIFICATE_REVOKE] =
		"UPDATE certificate SET revoked_at = ?, revoked_why = ? WHERE id = ? AND revoked_at IS "
		"NULL",
	[TEMPLATE_KEEP] =
		"INSERT INTO certificate_template (sha256, version, body) VALUES (?, ?, ?) ON CONFLICT DO "
		"NOTHING",
	[TEMPLATE_BODY] = "SELECT body FROM certificate_template WHERE sha256 = ?",
	[BATCH_BY_ID] = BATCH_COLUMNS "WHERE id = ?",
	[BATCH_NEWEST] = BATCH_COLUMNS "WHERE event = ? ORDER BY id DESC LIMIT 1",
	[BATCH_OLDEST_RUNNING] = BATCH_COLUMNS "WHERE state = 'running' ORDER BY id LIMIT 1",
	[BATCH_START] = "INSERT INTO certificate_batch (event, state, started_at, started_by) VALUES (?, "
			"'running', ?, "
			"nullif(?, 0)) ON CONFLICT DO NOTHING",
	[BATCH_UPDATE] =
		"UPDATE certificate_batch SET state = ?, total = ?, done = ?, refused = ?, problem = ?, "
		"ended_at = nullif(?, 0) WHERE id = ? AND state = 'running'",
};

#undef COLUMNS
#undef BATCH_COLUMNS

const struct subject_statements certificates_statements = {sql, CERTIFICATE_STATEMENTS};

void person_register_get(struct db *db, int64_t person, struct person_register *ret)
{
	*ret = (struct person_register){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_CERTIFICATES, REGISTER_GET, "i", person);
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->birth_place);
		COLUMN_COPY(rows, 1, ret->birth_day);
		COLUMN_COPY(rows, 2, ret->order_name);
		COLUMN_COPY(rows, 3, ret->order_number);
		ask_done(rows);
	}
}

void person_register_put(struct db *db, int64_t person, const struct person_register *data)
{
	tell(db, SUBJECT_CERTIFICATES, REGISTER_PUT, "itttti", person, data->birth_place, data->birth_day,
		data->order_name, data->order_number, store_now());
}

void certificate_finish(struct certificate *certificate)
{
	g_free(certificate->facts);
	certificate->facts = NULL;
}

static void read_certificate(sqlite3_stmt *rows, struct certificate *ret)
{
	*ret = (struct certificate){
		.id = sqlite3_column_int64(rows, 0),
		.person = sqlite3_column_int64(rows, 2),
		.event = sqlite3_column_int64(rows, 3),
		.kind = sqlite3_column_int(rows, 4) ? CERTIFICATE_PARTICIPATION : CERTIFICATE_ECM,
		.facts = column_duplicate(rows, 5),
		.issued_at = sqlite3_column_int64(rows, 7),
		.issued_by = sqlite3_column_int64(rows, 8),
		.revoked_at = sqlite3_column_int64(rows, 9),
	};
	COLUMN_COPY(rows, 1, ret->code);
	COLUMN_COPY(rows, 6, ret->template_sha256);
	COLUMN_COPY(rows, 10, ret->revoked_why);
}

/* The one row of a question. */
static bool one_certificate(struct db *db, sqlite3_stmt *rows, struct certificate *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_certificate(rows, ret);
	ask_done(rows);
	return true;
}

bool certificate_by_id(struct db *db, int64_t id, struct certificate *ret)
{
	return one_certificate(db, ask(db, SUBJECT_CERTIFICATES, CERTIFICATE_BY_ID, "i", id), ret);
}

bool certificate_by_code(struct db *db, const char *code, struct certificate *ret)
{
	return one_certificate(db, ask(db, SUBJECT_CERTIFICATES, CERTIFICATE_BY_CODE, "t", code), ret);
}

bool certificate_valid(
	struct db *db, int64_t person, int64_t event, enum certificate_kind kind, struct certificate *ret)
{
	return one_certificate(db,
		ask(db, SUBJECT_CERTIFICATES, CERTIFICATE_VALID, "iit", person, event,
			certificate_kind_name(kind)),
		ret);
}

static void clear_certificate(void *data)
{
	certificate_finish(data);
}

static GArray *all_certificates(struct db *db, sqlite3_stmt *rows)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct certificate));
	g_array_set_clear_func(list, clear_certificate);
	while (ask_row(db, rows)) {
		struct certificate row;
		read_certificate(rows, &row);
		g_array_append_val(list, row);
	}
	return list;
}

GArray *certificates_of_person(struct db *db, int64_t person)
{
	return all_certificates(db, ask(db, SUBJECT_CERTIFICATES, CERTIFICATE_OF_PERSON, "i", person));
}

int64_t certificates_count(struct db *db, int64_t event)
{
	int64_t count = 0;
	sqlite3_stmt *rows = ask(db, SUBJECT_CERTIFICATES, CERTIFICATE_COUNT, "i", event);
	if (ask_row(db, rows)) {
		count = sqlite3_column_int64(rows, 0);
		ask_done(rows);
	}
	return count;
}

void certificate_insert(struct db *db, struct certificate *certificate)
{
	certificate->issued_at = store_now();
	tell(db, SUBJECT_CERTIFICATES, CERTIFICATE_INSERT, "tiitttii", certificate->code, certificate->person,
		certificate->event, certificate_kind_name(certificate->kind), certificate->facts,
		certificate->template_sha256, certificate->issued_at, certificate->issued_by);
	certificate->id = db_inserted(db);
}

void certificate_revoke(struct db *db, int64_t id, const char *why)
{
	tell(db, SUBJECT_CERTIFICATES, CERTIFICATE_REVOKE, "iti", store_now(), why, id);
}

void certificate_template_keep(struct db *db, const char *sha256, const char *version, const char *body)
{
	tell(db, SUBJECT_CERTIFICATES, TEMPLATE_KEEP, "ttt", sha256, version, body);
}

char *certificate_template_body(struct db *db, const char *sha256)
{
	char *body = NULL;
	sqlite3_stmt *rows = ask(db, SUBJECT_CERTIFICATES, TEMPLATE_BODY, "t", sha256);
	if (ask_row(db, rows)) {
		body = column_duplicate(rows, 0);
		ask_done(rows);
	}
	return body;
}

/* --- Batches --- */

static const char *const state_names[] = {"running", "done", "cancelled", "failed"};

const char *batch_state_name(enum batch_state state)
{
	return state_names[state];
}

void certificate_batch_finish(struct certificate_batch *batch)
{
	g_free(batch->problem);
	batch->problem = NULL;
}

static bool one_batch(struct db *db, sqlite3_stmt *rows, struct certificate_batch *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	char state[16];
	COLUMN_COPY(rows, 2, state);
	*ret = (struct certificate_batch){
		.id = sqlite3_column_int64(rows, 0),
		.event = sqlite3_column_int64(rows, 1),
		.total = sqlite3_column_int64(rows, 3),
		.done = sqlite3_column_int64(rows, 4),
		.refused = sqlite3_column_int64(rows, 5),
		.problem = column_duplicate(rows, 6),
		.started_at = sqlite3_column_int64(rows, 7),
		.started_by = sqlite3_column_int64(rows, 8),
		.ended_at = sqlite3_column_int64(rows, 9),
	};
	for (size_t i = 0; i < G_N_ELEMENTS(state_names); i++) {
		if (strcmp(state, state_names[i]) == 0) {
			ret->state = (enum batch_state)i;
		}
	}
	ask_done(rows);
	return true;
}

bool certificate_batch_by_id(struct db *db, int64_t id, struct certificate_batch *ret)
{
	return one_batch(db, ask(db, SUBJECT_CERTIFICATES, BATCH_BY_ID, "i", id), ret);
}

bool certificate_batch_newest(struct db *db, int64_t event, struct certificate_batch *ret)
{
	return one_batch(db, ask(db, SUBJECT_CERTIFICATES, BATCH_NEWEST, "i", event), ret);
}

bool certificate_batch_running(struct db *db, struct certificate_batch *ret)
{
	return one_batch(db, ask(db, SUBJECT_CERTIFICATES, BATCH_OLDEST_RUNNING, ""), ret);
}

bool certificate_batch_start(struct db *db, struct certificate_batch *batch)
{
	batch->state = BATCH_RUNNING;
	batch->started_at = store_now();
	int64_t changed = tell(db, SUBJECT_CERTIFICATES, BATCH_START, "iii", batch->event, batch->started_at,
		batch->started_by);
	batch->id = db_inserted(db);
	return changed == 1;
}

void certificate_batch_update(struct db *db, const struct certificate_batch *batch)
{
	tell(db, SUBJECT_CERTIFICATES, BATCH_UPDATE, "tiiitii", state_names[batch->state], batch->total,
		batch->done, batch->refused, batch->problem ? batch->problem : "", batch->ended_at,
		batch->id);
}
