/* What can be wrong with a participant of the report, and how to mend it. Included by participant.c only. */
#ifndef SERVER_ECM_PARTICIPANT_FAULT_H
#define SERVER_ECM_PARTICIPANT_FAULT_H

#include "server/ecm/participant.h"

enum participant_fault {
	PERSON_NAME_EMPTY,
	PERSON_NAME_CHARACTER,
	PERSON_NAME_LONG,
	PERSON_CONTRACT,
	PERSON_SPONSOR_MISSING,
	PERSON_SPONSOR_WITHOUT,
	PERSON_SPONSOR_SHAPE,
	PERSON_CREDITS,
	PERSON_DATE_OUTSIDE,
	PERSON_STAFF_DATE,
	PERSON_PROFESSION,
	PERSON_DISCIPLINE_MISSING,
	PERSON_DISCIPLINE,
	PERSON_TWICE,
	PERSON_NOT_ACCREDITED,
	PERSON_DUPLICATE,
};

/* "Rossi Maria (RSSMRA...), cognome": whose field it is. Yours. */
char *participant_where(const struct participant *participant, const char *field);

void participant_fault_add(struct faults *faults, const struct participant *participant, enum participant_fault which,
	const char *field, const char *one, const char *two);

#endif
