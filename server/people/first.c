#include "server/people/first.h"

#include <stdio.h>

#include "server/problem.h"
#include "server/store/people.h"

struct first {
	char hash[SECRETS_PASSWORD];
	bool made;
};

static bool make(struct db *db, void *data)
{
	struct first *first = data;
	if (people_count_with_role(db, ROLE_ADMINISTRATOR) > 0) {
		return true;
	}
	struct person person = {.active = true, .roles = ROLE_ADMINISTRATOR};
	PROBLEM_COPY(person.login, "admin");
	PROBLEM_COPY(person.given_name, "Prima");
	PROBLEM_COPY(person.family_name, "Amministrazione");
	if (!people_save(db, &person)) {
		return false;
	}
	people_set_password(db, person.id, first->hash, true);
	first->made = true;
	return true;
}

bool first_administrator(struct app *app, struct problem *ret)
{
	struct db *db = store_read(app->store);
	int64_t already = people_count_with_role(db, ROLE_ADMINISTRATOR);
	store_read_done(app->store, db);
	if (already > 0) {
		return true;
	}
	struct first first = {0};
	char password[SECRETS_ONE_TIME];
	secrets_one_time_password(password);
	if (!secrets_password_hash(password, first.hash) || !store_write(app->store, make, &first, ret)) {
		return false;
	}
	if (first.made) {
		printf("fad: primo amministratore: utente «admin», password monouso «%s» (first "
		       "administrator)\n",
			password);
		printf("fad: al primo accesso va cambiata; non sarà mostrata di nuovo (shown only now)\n");
		fflush(stdout);
	}
	return true;
}
