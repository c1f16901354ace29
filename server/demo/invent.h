/*
 * Invented people for the demonstration: names, tax codes with the right check letter, companies, professions,
 * and what each of them has done so far. The same ones every time.
 */
#ifndef SERVER_DEMO_INVENT_H
#define SERVER_DEMO_INVENT_H

#include <glib.h>

#include "server/ecm/codice_fiscale.h"

/* How far somebody has come. */
enum fate {
	FATE_AWAY,     /* has never logged in */
	FATE_PLACED,   /* took the placement test, no module yet */
	FATE_STUDYING, /* some modules done, perhaps one begun */
	FATE_DONE,     /* all modules */
};

struct invented {
	char codice_fiscale[CODICE_FISCALE_LEN + 1];
	const char *family_name, *given_name;
	char login[64];
	const char *roles;   /* names separated by blanks */
	unsigned profession; /* cod_prof; 0: none */
	unsigned discipline; /* 0: none */
	const char *company; /* code */
	char contract;       /* L D C P */
	const char *group;
	enum fate fate;
	bool is_log_in;    /* one of the demonstration's own, with a password */
	double ability;    /* 0..1: how likely a right answer is */
	unsigned modules;  /* FATE_STUDYING: done so far */
	unsigned days_ago; /* of the placement */
};

/* struct invented each; the first six are the demonstration log-ins, at least one a role. */
GArray *invent_people(unsigned count);

/* The people as the users' CSV that an administrator would upload. */
char *invented_csv(const GArray *people);

#endif
