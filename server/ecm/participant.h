/*
 * One person of the participants' report [ECM 1.3], and the checks that the schema leaves out [ECM 1.6, 1.7].
 */
#ifndef SERVER_ECM_PARTICIPANT_H
#define SERVER_ECM_PARTICIPANT_H

#include "assessment/faults.h"
#include "server/ecm/event.h"
#include "server/ecm/names.h"

#define PARTICIPANT_PROFESSIONS_MAX 4u
#define PARTICIPANT_DISCIPLINES_MAX 12u

/* What credits rest on [ECM 3]; each is a bit of a set (1u << CREDIT_...). */
enum credit_condition {
	CREDIT_IDENTITY,    /* codice fiscale, names, kind of employment as the report wants them */
	CREDIT_PROFESSION,  /* an ECM profession and a discipline, accredited for the event */
	CREDIT_REGION,      /* works in the region that accredited the event */
	CREDIT_DECLARATION, /* recruitment by sponsors declared */
	CREDIT_PATH,        /* modules and effective time: completion.h */
	CREDIT_FINAL,       /* final test passed */
	CREDIT_QUALITY,     /* quality questionnaire handed in */
	CREDIT_DATES,       /* all of it between the event's first and last day */
	CREDIT_MAX,
};

struct participant_profession {
	guint code; /* cod_prof */
	guint discipline_count;
	guint disciplines[PARTICIPANT_DISCIPLINES_MAX];
};

/* Adds a discipline to its profession, which is added when it is new; 0: the profession alone. Beyond the room: nothing. */
struct participant;
void participant_add_discipline(struct participant *participant, guint profession, guint discipline);

/* As the store has it. Strings are borrowed from the row's reader and live until its next step. */
struct participant {
	int64_t person;
	const char *codice_fiscale; /* empty: not known */
	const char *family_name;    /* as written, UTF-8 */
	const char *given_name;
	char role;     /* 'P' participant; 'D' teacher, 'T' tutor, 'R' speaker */
	char contract; /* lib_dip 'L', 'D', 'C', 'P'; '\0': not known */
	bool recruited;
	const char *sponsor; /* empty unless recruited */
	const char *earned;  /* YYYY-MM-DD: the day the last condition was met; while one is not: of the path */
	unsigned waiting;    /* conditions that the store knows to be unmet: region, declaration, path, test,
				questionnaire */
	guint credits_tenths;
	guint profession_count; /* 0: no ECM profession; never in the report */
	struct participant_profession professions[PARTICIPANT_PROFESSIONS_MAX];
};

/* What is written: checked, transliterated, in the report's own alphabet. */
struct report_row {
	char cod_fisc[17];
	char nome[REPORT_NAME_MAX + 1];
	char cognome[REPORT_NAME_MAX + 1];
	char sponsor[REPORT_NAME_MAX + 1];
	char lib_dip;
};

enum participant_verdict {
	PARTICIPANT_GOOD,
	PARTICIPANT_WAITING,  /* a condition is not met yet; nothing else was looked at */
	PARTICIPANT_EXCLUDED, /* sound data, but no right to this event's credits: a warning says why */
	PARTICIPANT_FAULTY,   /* errors to be mended before a report is written */
};

/*
 * Checks one participant against the event and fills ret, which is to be used only with PARTICIPANT_GOOD.
 * Tells every fault with person, field and mend. A profession with a single discipline gets it when none is
 * recorded; disciplines that the event is not accredited for are dropped.
 */
enum participant_verdict participant_check(struct participant *participant, const struct ecm_event *event,
	struct report_row *ret, struct faults *faults);

/*
 * Which conditions the person's own data leave unmet: identity, profession, declaration (a sponsor that the report
 * does not take), dates. The faults tell each.
 */
unsigned participant_unmet(
	const struct participant *participant, const struct ecm_event *event, struct faults *faults);

/* The fault of a second row with the same codice fiscale. */
void participant_duplicate(const struct participant *participant, struct faults *faults);

#endif
