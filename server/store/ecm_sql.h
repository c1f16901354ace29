/* The statements that the files of this subject share: ecm.c, completions.c, participants.c, roster.c. */
#ifndef SERVER_STORE_ECM_SQL_H
#define SERVER_STORE_ECM_SQL_H

#include "server/store/statement.h"

enum ecm_statement {
	EVENTS_ALL,
	EVENT_BY_ID,
	EVENT_FOR,
	EVENT_TAKEN,
	EVENT_INSERT,
	EVENT_UPDATE,
	EVENT_LEVELS_CLEAR,
	EVENT_LEVEL_ADD,
	COMPLETION_OF,
	COMPLETION_OF_LEVEL,
	COMPLETION_SETTLED,
	COMPLETIONS_OF,
	COMPLETION_INSERT,
	COMPLETION_CANDIDATES,
	COMPLETION_CANDIDATES_AT,
	COMPLETIONS_OTHER,
	COMPLETION_NEWEST,
	PARTICIPANTS,
	PARTICIPANT,
	CONCERNED,
	ROSTER_IDS,
	ROSTER_ALL,
	ROSTER_ONE,
	PROGRESS_TARGETS,
	ECM_STATEMENTS,
};

/* The newest level of a person `p`. */
#define LEVEL_OF_P "(SELECT level FROM person_level WHERE person = p.id ORDER BY id DESC LIMIT 1)"

/* Whom the programme's numbers count: who is enrolled, and who completed or was enrolled and is no more. */
#define COUNTED_P "(p.active = 1 OR p.counted = 1 OR EXISTS (SELECT 1 FROM completion c WHERE c.person = p.id))"

#endif
