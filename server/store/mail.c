#include "server/store/mail.h"

#include <string.h>

#include "server/store/statement.h"

enum mail_statement {
	RELAY_GET,
	RELAY_PUT,
	RELAY_FAULT,
	RELAY_CLEAR,
	RELAY_SEAL,
	TEMPLATES,
	TEMPLATE_BY_ID,
	TEMPLATE_INSERT,
	TEMPLATE_UPDATE,
	OPTED_OUT,
	OPT_OUT,
	OPT_IN,
	MAIL_STATEMENTS,
};

#define TEMPLATE_COLUMNS "id, kind, name, subject_it, body_it, subject_en, body_en, updated_at"

static const char *const sql[MAIL_STATEMENTS] = {
	[RELAY_GET] = "SELECT host, port, security, user, sealed, sender, sender_name, reply_to, per_minute, "
		      "retry_seconds, fault, stopped, coalesce(fault_at, 0) FROM mail_relay",
	[RELAY_PUT] = "UPDATE mail_relay SET host = ?, port = ?, security = ?, user = ?, sealed = ?, "
		      "sender = ?, sender_name = ?, reply_to = ?, per_minute = ?, retry_seconds = ?, fault = '', "
		      "stopped = 0, fault_at = NULL, updated_at = ?, updated_by = nullif(?, 0)",
	[RELAY_FAULT] = "UPDATE mail_relay SET fault = ?1, stopped = ?2, "
			"fault_at = CASE WHEN ?1 = '' THEN NULL WHEN fault = '' THEN ?3 ELSE fault_at END",
	[RELAY_CLEAR] = "SELECT password FROM mail_relay WHERE password <> ''",
	[RELAY_SEAL] = "UPDATE mail_relay SET sealed = ?, password = ''",
	[TEMPLATES] = "SELECT " TEMPLATE_COLUMNS " FROM mail_template ORDER BY id",
	[TEMPLATE_BY_ID] = "SELECT " TEMPLATE_COLUMNS " FROM mail_template WHERE id = ?",
	[TEMPLATE_INSERT] = "INSERT INTO mail_template(kind, name, subject_it, body_it, subject_en, body_en, "
			    "updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[TEMPLATE_UPDATE] = "UPDATE mail_template SET kind = ?, name = ?, subject_it = ?, body_it = ?, "
			    "subject_en = ?, body_en = ?, updated_at = ?, updated_by = nullif(?, 0) WHERE id = ?",
	[OPTED_OUT] = "SELECT 1 FROM mail_opt_out WHERE person = ?",
	[OPT_OUT] = "INSERT INTO mail_opt_out(person, at, how) SELECT id, ?2, ?3 FROM person WHERE id = ?1"
		    " ON CONFLICT(person) DO NOTHING",
	[OPT_IN] = "DELETE FROM mail_opt_out WHERE person = ?",
};

const struct subject_statements mail_statements = {sql, MAIL_STATEMENTS};

static const struct {
	const char *name;
	bool service;
} kinds[] = {
	{"invitation", true}, /* the employer calls to a duty */
	{"placement", false},
	{"start", false},
	{"idle", false},
	{"almost", false},
	{"complete", true}, /* what the person is owed is there */
	{"general", false},
};

bool mail_kind_known(const char *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(kinds[i].name, kind) == 0) {
			return true;
		}
	}
	return false;
}

bool mail_kind_is_service(const char *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(kinds[i].name, kind) == 0) {
			return kinds[i].service;
		}
	}
	return false;
}

void mail_relay_load(struct db *db, struct mail_relay *ret)
{
	*ret = (struct mail_relay){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL, RELAY_GET, "");
	if (!ask_row(db, rows)) {
		return;
	}
	COLUMN_COPY(rows, 0, ret->host);
	ret->port = sqlite3_column_int64(rows, 1);
	COLUMN_COPY(rows, 2, ret->security);
	COLUMN_COPY(rows, 3, ret->user);
	ret->sealed_len = MIN((size_t)sqlite3_column_bytes(rows, 4), sizeof(ret->sealed));
	if (ret->sealed_len > 0) {
		memcpy(ret->sealed, sqlite3_column_blob(rows, 4), ret->sealed_len);
	}
	COLUMN_COPY(rows, 5, ret->sender);
	COLUMN_COPY(rows, 6, ret->sender_name);
	COLUMN_COPY(rows, 7, ret->reply_to);
	ret->per_minute = sqlite3_column_int64(rows, 8);
	ret->retry_seconds = sqlite3_column_int64(rows, 9);
	COLUMN_COPY(rows, 10, ret->fault);
	ret->stopped = sqlite3_column_int(rows, 11) != 0;
	ret->fault_at = sqlite3_column_int64(rows, 12);
	ask_done(rows);
}

static struct span sealed_of(const struct mail_relay *relay)
{
	return (struct span){(const char *)relay->sealed, relay->sealed_len};
}

bool mail_relay_clear_password(struct db *db, char ret[255])
{
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL, RELAY_CLEAR, "");
	bool found = ask_row(db, rows);
	if (found) {
		column_copy(rows, 0, ret, 255);
		ask_done(rows);
	}
	return found;
}

void mail_relay_seal(struct db *db, const struct mail_relay *relay)
{
	tell(db, SUBJECT_MAIL, RELAY_SEAL, "b", sealed_of(relay));
}

void mail_relay_save(struct db *db, const struct mail_relay *relay, int64_t by)
{
	tell(db, SUBJECT_MAIL, RELAY_PUT, "tittbtttiiii", relay->host, relay->port, relay->security,
		relay->user, sealed_of(relay), relay->sender, relay->sender_name, relay->reply_to,
		relay->per_minute, relay->retry_seconds, store_now(), by);
}

void mail_relay_fault(struct db *db, const char *fault, bool stopped)
{
	tell(db, SUBJECT_MAIL, RELAY_FAULT, "tii", fault, (int64_t)stopped, store_now());
}

void mail_template_finish(struct mail_template *template)
{
	g_free(template->name);
	g_free(template->subject_it);
	g_free(template->body_it);
	g_free(template->subject_en);
	g_free(template->body_en);
}

static void read_template(sqlite3_stmt *rows, struct mail_template *ret)
{
	*ret = (struct mail_template){
		.id = sqlite3_column_int64(rows, 0),
		.name = column_duplicate(rows, 2),
		.subject_it = column_duplicate(rows, 3),
		.body_it = column_duplicate(rows, 4),
		.subject_en = column_duplicate(rows, 5),
		.body_en = column_duplicate(rows, 6),
		.updated_at = sqlite3_column_int64(rows, 7),
	};
	COLUMN_COPY(rows, 1, ret->kind);
}

GArray *mail_templates(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct mail_template));
	g_array_set_clear_func(list, (GDestroyNotify)mail_template_finish);
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL, TEMPLATES, "");
	while (ask_row(db, rows)) {
		struct mail_template template;
		read_template(rows, &template);
		g_array_append_val(list, template);
	}
	return list;
}

bool mail_template_by_id(struct db *db, int64_t id, struct mail_template *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL, TEMPLATE_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_template(rows, ret);
	ask_done(rows);
	return true;
}

void mail_template_save(struct db *db, struct mail_template *template, int64_t by)
{
	if (template->id == 0) {
		tell(db, SUBJECT_MAIL, TEMPLATE_INSERT, "ttttttii", template->kind, template->name,
			template->subject_it, template->body_it, template->subject_en, template->body_en,
			store_now(), by);
		template->id = db_inserted(db);
	} else {
		tell(db, SUBJECT_MAIL, TEMPLATE_UPDATE, "ttttttiii", template->kind, template->name,
			template->subject_it, template->body_it, template->subject_en, template->body_en,
			store_now(), by, template->id);
	}
}

bool mail_opted_out(struct db *db, int64_t person)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_MAIL, OPTED_OUT, "i", person);
	bool found = ask_row(db, rows);
	if (found) {
		ask_done(rows);
	}
	return found;
}

bool mail_opt_out(struct db *db, int64_t person, const char *how)
{
	return how ? tell(db, SUBJECT_MAIL, OPT_OUT, "iit", person, store_now(), how) > 0
		   : tell(db, SUBJECT_MAIL, OPT_IN, "i", person) > 0;
}
