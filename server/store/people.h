/*
 * People and their roles (001_people.sql).
 */
#ifndef SERVER_STORE_PEOPLE_H
#define SERVER_STORE_PEOPLE_H

#include <glib.h>

#include "server/http/route.h"
#include "server/limits.h"
#include "server/people/secrets.h"
#include "server/store/store.h"

#define PERSON_PROFESSIONS 4
#define PERSON_DISCIPLINES_EACH 8 /* of one profession */
#define PERSON_DISCIPLINES (PERSON_PROFESSIONS * PERSON_DISCIPLINES_EACH)

/* A profession is a person's by its disciplines: each has one at least. */
struct person_discipline {
	int64_t profession; /* cod_prof */
	int64_t code;
};

struct person {
	int64_t id; /* 0: not stored yet */
	char login[LIMIT_LOGIN_BYTES + 1];
	char given_name[LIMIT_NAME_BYTES + 1];
	char family_name[LIMIT_NAME_BYTES + 1];
	char email[LIMIT_EMAIL_BYTES + 1];
	char codice_fiscale[17];              /* "" for none */
	char password_hash[SECRETS_PASSWORD]; /* "" for none */
	bool must_change_password;
	bool active;
	int64_t profession; /* cod_prof of the main one, which statistics count; 0 for none */
	char contract[2];   /* L D C P, "" for none */
	char company[32];   /* code; "" for none */
	char target_group[16];
	char language[3];
	unsigned roles; /* enum role */
	struct person_discipline disciplines[PERSON_DISCIPLINES]; /* of all professions */
	unsigned discipline_count;
};

/* "operator" … for one role; 0 for an unknown name. */
unsigned role_by_name(const char *name);
const char *role_name(enum role role);

bool people_by_id(struct db *db, int64_t id, struct person *ret);
bool people_by_login(struct db *db, const char *login, struct person *ret);
bool people_by_codice_fiscale(struct db *db, const char *codice_fiscale, struct person *ret);

/* False: LOGIN_TAKEN or CODICE_FISCALE_TAKEN, by somebody else. */
bool people_may_save(struct db *db, const struct person *person, struct problem *ret);
/* Inserts (id 0, sets it) or updates everything but the password. Refuses as people_may_save(). */
bool people_save(struct db *db, struct person *person);
void people_set_password(struct db *db, int64_t person, const char *hash, bool must_change);
int64_t people_count_with_role(struct db *db, enum role role);
int64_t people_count_active(struct db *db, enum role role);

struct people_search {
	const char *text; /* in names, login, codice fiscale; "" for all */
	unsigned role;    /* 0 for all */
	int64_t page;     /* from 1 */
};

/* struct person each; `ret_total` of all pages. */
GArray *people_search(struct db *db, const struct people_search *search, int64_t *ret_total);

#endif
