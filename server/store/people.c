#include "server/store/people.h"

#include <string.h>

#include "server/problem.h"
#include "server/store/statement.h"

enum people_statement {
	PEOPLE_BY_ID,
	PEOPLE_BY_LOGIN,
	PEOPLE_BY_CODICE_FISCALE,
	PEOPLE_INSERT,
	PEOPLE_UPDATE,
	PEOPLE_SET_PASSWORD,
	PEOPLE_ROLES,
	PEOPLE_ROLES_CLEAR,
	PEOPLE_ROLE_ADD,
	PEOPLE_DISCIPLINES,
	PEOPLE_DISCIPLINES_CLEAR,
	PEOPLE_DISCIPLINE_ADD,
	PEOPLE_COUNT_WITH_ROLE,
	PEOPLE_COUNT_ACTIVE,
	PEOPLE_SEARCH,
	PEOPLE_SEARCH_COUNT,
	PEOPLE_STATEMENTS
};

#define COLUMNS                                                                                             \
	"id, login, given_name, family_name, email, codice_fiscale, password_hash, "                        \
	"must_change_password, active, profession, contract, company, target_group, language"

/* ?1 a LIKE pattern, ?2 a role's name or '' */
#define SEARCH                                                                                              \
	" FROM person WHERE (?1 = '%%' OR family_name || ' ' || given_name LIKE ?1 ESCAPE '\\' OR "         \
	"given_name || ' ' || family_name LIKE ?1 ESCAPE '\\' OR login LIKE ?1 ESCAPE '\\' OR "             \
	"codice_fiscale LIKE ?1 ESCAPE '\\') AND (?2 = '' OR EXISTS (SELECT 1 FROM person_role "            \
	"WHERE person = person.id AND role = ?2))"

static const char *const sql[PEOPLE_STATEMENTS] = {
	[PEOPLE_BY_ID] = "SELECT " COLUMNS " FROM person WHERE id = ?",
	[PEOPLE_BY_LOGIN] = "SELECT " COLUMNS " FROM person WHERE login = ?",
	[PEOPLE_BY_CODICE_FISCALE] = "SELECT " COLUMNS " FROM person WHERE codice_fiscale = ?",
	[PEOPLE_INSERT] = "INSERT INTO person(login, given_name, family_name, email, codice_fiscale, active, "
			  "profession, contract, company, target_group, language, created_at, updated_at) "
			  "VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, nullif(?7, 0), nullif(?8, ''), "
			  "nullif(?9, ''), nullif(?10, ''), ?11, ?12, ?12)",
	[PEOPLE_UPDATE] = "UPDATE person SET login = ?2, given_name = ?3, family_name = ?4, email = ?5, "
			  "codice_fiscale = nullif(?6, ''), active = ?7, profession = nullif(?8, 0), "
			  "contract = nullif(?9, ''), company = nullif(?10, ''), target_group = nullif(?11, "
			  "''), language = ?12, updated_at = ?13 WHERE id = ?1",
	[PEOPLE_SET_PASSWORD] = "UPDATE person SET password_hash = ?2, must_change_password = ?3, updated_at "
				"= ?4 WHERE id = ?1",
	[PEOPLE_ROLES] = "SELECT role FROM person_role WHERE person = ?",
	[PEOPLE_ROLES_CLEAR] = "DELETE FROM person_role WHERE person = ?",
	[PEOPLE_ROLE_ADD] = "INSERT INTO person_role(person, role) VALUES (?, ?)",
	[PEOPLE_DISCIPLINES] = "SELECT d.profession, d.discipline FROM person_discipline d JOIN person p "
			       "ON p.id = d.person WHERE d.person = ? ORDER BY d.profession <> p.profession, "
			       "d.profession, d.discipline",
	[PEOPLE_DISCIPLINES_CLEAR] = "DELETE FROM person_discipline WHERE person = ?",
	[PEOPLE_DISCIPLINE_ADD] = "INSERT OR IGNORE INTO person_discipline(person, profession, discipline) "
				  "VALUES (?, ?, ?)",
	[PEOPLE_COUNT_WITH_ROLE] = "SELECT count(*) FROM person_role WHERE role = ?",
	[PEOPLE_COUNT_ACTIVE] = "SELECT count(*) FROM person_role r JOIN person p ON p.id = r.person WHERE "
				"r.role = ? AND p.active = 1",
	[PEOPLE_SEARCH] = "SELECT " COLUMNS SEARCH " ORDER BY family_name, given_name, id LIMIT ?3 OFFSET ?4",
	[PEOPLE_SEARCH_COUNT] = "SELECT count(*)" SEARCH,
};

#undef COLUMNS
#undef SEARCH

const struct subject_statements people_statements = {sql, PEOPLE_STATEMENTS};

static const struct {
	enum role role;
	const char *name;
} role_names[] = {
	{ROLE_OPERATOR, "operator"},
	{ROLE_DESIGNER, "designer"},
	{ROLE_PROVIDER, "provider"},
	{ROLE_COORDINATOR, "coordinator"},
	{ROLE_ADMINISTRATOR, "administrator"},
};

unsigned role_by_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++) {
		if (strcmp(role_names[i].name, name) == 0) {
			return role_names[i].role;
		}
	}
	return 0;
}

const char *role_name(enum role role)
{
	for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++) {
		if (role_names[i].role == role) {
			return role_names[i].name;
		}
	}
	return NULL;
}

static void read_person(sqlite3_stmt *rows, struct person *ret)
{
	*ret = (struct person){.id = sqlite3_column_int64(rows, 0)};
	COLUMN_COPY(rows, 1, ret->login);
	COLUMN_COPY(rows, 2, ret->given_name);
	COLUMN_COPY(rows, 3, ret->family_name);
	COLUMN_COPY(rows, 4, ret->email);
	COLUMN_COPY(rows, 5, ret->codice_fiscale);
	COLUMN_COPY(rows, 6, ret->password_hash);
	ret->must_change_password = sqlite3_column_int(rows, 7) != 0;
	ret->active = sqlite3_column_int(rows, 8) != 0;
	ret->profession = sqlite3_column_int64(rows, 9);
	COLUMN_COPY(rows, 10, ret->contract);
	COLUMN_COPY(rows, 11, ret->company);
	COLUMN_COPY(rows, 12, ret->target_group);
	COLUMN_COPY(rows, 13, ret->language);
}

static void read_roles(struct db *db, struct person *person)
{
	char name[16];
	sqlite3_stmt *rows = ask(db, SUBJECT_PEOPLE, PEOPLE_ROLES, "i", person->id);
	while (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, name);
		person->roles |= role_by_name(name);
	}
}

static void read_disciplines(struct db *db, struct person *person)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PEOPLE, PEOPLE_DISCIPLINES, "i", person->id);
	while (ask_row(db, rows)) {
		if (person->discipline_count < PERSON_DISCIPLINES) {
			person->disciplines[person->discipline_count++] = (struct person_discipline){
				sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
		}
	}
}

static bool read_one(struct db *db, sqlite3_stmt *rows, struct person *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_person(rows, ret);
	ask_done(rows);
	read_roles(db, ret);
	read_disciplines(db, ret);
	return true;
}

bool people_by_id(struct db *db, int64_t id, struct person *ret)
{
	return read_one(db, ask(db, SUBJECT_PEOPLE, PEOPLE_BY_ID, "i", id), ret);
}

bool people_by_login(struct db *db, const char *login, struct person *ret)
{
	return read_one(db, ask(db, SUBJECT_PEOPLE, PEOPLE_BY_LOGIN, "t", login), ret);
}

bool people_by_codice_fiscale(struct db *db, const char *codice_fiscale, struct person *ret)
{
	return read_one(db, ask(db, SUBJECT_PEOPLE, PEOPLE_BY_CODICE_FISCALE, "t", codice_fiscale), ret);
}

bool people_may_save(struct db *db, const struct person *person, struct problem *ret)
{
	struct person other;
	if (people_by_login(db, person->login, &other) && other.id != person->id) {
		problem_set(ret,
			&(struct problem_text){"LOGIN_TAKEN",
				"Questo nome utente appartiene già a un'altra persona.",
				"This log-in name belongs to another person already.", "Sceglierne un altro.",
				"Choose another one."},
			person->login);
		return false;
	}
	if (person->codice_fiscale[0] != '\0' &&
		people_by_codice_fiscale(db, person->codice_fiscale, &other) && other.id != person->id) {
		problem_set(ret,
			&(struct problem_text){"CODICE_FISCALE_TAKEN",
				"Questo codice fiscale appartiene già a un'altra persona.",
				"This tax code belongs to another person already.",
				"Correggere il codice, o modificare la persona esistente.",
				"Correct the code, or change the person that exists."},
			person->codice_fiscale);
		return false;
	}
	return true;
}

static void save_lists(struct db *db, const struct person *person)
{
	tell(db, SUBJECT_PEOPLE, PEOPLE_ROLES_CLEAR, "i", person->id);
	for (size_t i = 0; i < G_N_ELEMENTS(role_names); i++) {
		if ((person->roles & role_names[i].role) != 0) {
			tell(db, SUBJECT_PEOPLE, PEOPLE_ROLE_ADD, "it", person->id, role_names[i].name);
		}
	}
	tell(db, SUBJECT_PEOPLE, PEOPLE_DISCIPLINES_CLEAR, "i", person->id);
	for (unsigned i = 0; i < person->discipline_count; i++) {
		tell(db, SUBJECT_PEOPLE, PEOPLE_DISCIPLINE_ADD, "iii", person->id,
			person->disciplines[i].profession, person->disciplines[i].code);
	}
}

bool people_save(struct db *db, struct person *person)
{
	struct problem problem;
	if (!people_may_save(db, person, &problem)) {
		return db_refuse(db, &problem);
	}
	const char *language = person->language[0] == '\0' ? "it" : person->language;
	if (person->id == 0) {
		if (tell(db, SUBJECT_PEOPLE, PEOPLE_INSERT, "tttttiitttti", person->login, person->given_name,
			    person->family_name, person->email, person->codice_fiscale,
			    (int64_t)person->active, person->profession, person->contract, person->company,
			    person->target_group, language, store_now()) < 0) {
			return false;
		}
		person->id = db_inserted(db);
	} else {
		tell(db, SUBJECT_PEOPLE, PEOPLE_UPDATE, "itttttiitttti", person->id, person->login,
			person->given_name, person->family_name, person->email, person->codice_fiscale,
			(int64_t)person->active, person->profession, person->contract, person->company,
			person->target_group, language, store_now());
	}
	save_lists(db, person);
	return !db->failed;
}

void people_set_password(struct db *db, int64_t person, const char *hash, bool must_change)
{
	tell(db, SUBJECT_PEOPLE, PEOPLE_SET_PASSWORD, "itii", person, hash, (int64_t)must_change,
		store_now());
}

static int64_t count(struct db *db, enum people_statement statement, enum role role)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PEOPLE, statement, "t", role_name(role));
	int64_t found = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return found;
}

int64_t people_count_with_role(struct db *db, enum role role)
{
	return count(db, PEOPLE_COUNT_WITH_ROLE, role);
}

int64_t people_count_active(struct db *db, enum role role)
{
	return count(db, PEOPLE_COUNT_ACTIVE, role);
}

/* "%text%" with the signs of LIKE taken literally. */
static char *like_pattern(const char *text)
{
	GString *pattern = g_string_new("%");
	for (; *text != '\0'; text++) {
		if (strchr("%_\\", *text) != NULL) {
			g_string_append_c(pattern, '\\');
		}
		g_string_append_c(pattern, *text);
	}
	g_string_append_c(pattern, '%');
	return g_string_free(pattern, FALSE);
}

GArray *people_search(struct db *db, const struct people_search *search, int64_t *ret_total)
{
	g_autofree char *pattern = like_pattern(search->text);
	const char *role = search->role == 0 ? "" : role_name((enum role)search->role);
	sqlite3_stmt *rows = ask(db, SUBJECT_PEOPLE, PEOPLE_SEARCH_COUNT, "tt", pattern, role);
	*ret_total = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	GArray *people = g_array_new(FALSE, FALSE, sizeof(struct person));
	rows = ask(db, SUBJECT_PEOPLE, PEOPLE_SEARCH, "ttii", pattern, role, (int64_t)LIMIT_PAGE_ROWS,
		(search->page - 1) * LIMIT_PAGE_ROWS);
	while (ask_row(db, rows)) {
		struct person person;
		read_person(rows, &person);
		g_array_append_val(people, person);
	}
	for (guint i = 0; i < people->len; i++) {
		read_roles(db, &g_array_index(people, struct person, i));
		read_disciplines(db, &g_array_index(people, struct person, i));
	}
	return people;
}
