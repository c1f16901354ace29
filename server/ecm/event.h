/*
 * An ECM event: what the accrediting body granted, field by field as in the participants' report [ECM 1.2],
 * and what of our programme it covers.
 */
#ifndef SERVER_ECM_EVENT_H
#define SERVER_ECM_EVENT_H

#include <jansson.h>
#include "assessment/faults.h"
#include "assessment/limits.h"
#include "server/ecm/tables.h"
#include "server/store/levels.h"

#define ECM_CODE_MAX 20
#define ECM_CREDITS_TENTHS_MAX 500u /* 50.0 */
#define ECM_SPONSOR_MAX 100
#define ECM_FAD_DAYS_MAX 365
#define ECM_ACCREDITED_MAX 200u
#define ECM_SECONDS_MAX (999u * 3600u)

enum ecm_form {
	ECM_FORM_FAD = 1,
	ECM_FORM_FSC = 2,
	ECM_FORM_RES = 3,
	ECM_FORM_BLENDED = 4,
};

/* A profession with credits for this event, and which of its disciplines; discipline 0: all of them. */
struct ecm_accredited {
	guint16 profession;
	guint16 discipline;
};

struct ecm_event {
	int64_t id;
	char title[251]; /* for people; not in the report */
	guint level_count; /* 0: every level */
	char levels[LEVELS_MAX][LEVEL_ID_BYTES]; /* ids of those whose path it certifies */
	char cod_evento[ECM_CODE_MAX + 1];
	guint cod_edi;
	char cod_org[ECM_CODE_MAX +
		     1]; /* the provider's code; may be empty until it is known: no export then */
	char cod_accr[4];
	char data_ini[11]; /* YYYY-MM-DD */
	char data_fine[11];
	guint credits_tenths; /* 40 is 4.0 */
	guint ore;
	enum ecm_form tipo_form;
	char modulo_fad, modulo_fsc, modulo_res; /* '0' or '1'; '\0': the attribute is left out */
	char tipo_eve;                           /* 'E' or 'P' */
	guint cod_obi;
	guint num_part; /* accredited number of participants */
	guint cod_tipologia_form;
	guint seconds_needed;   /* effective learning time that completion demands */
	guint accredited_count; /* 0: every profession and discipline */
	struct ecm_accredited accredited[ECM_ACCREDITED_MAX];
};

/*
 * Reads the JSON of the API: fields named as in the report, `crediti` a number or text ("4.0"), and title,
 * levels (none: every level), seconds_needed, accredited (a list of "14" or "1.58"). Checks everything; on a
 * fault gives false, leaves ret untouched and tells all faults. The id is the caller's to set.
 */
bool ecm_event_read(struct ecm_event *ret, json_t *json, struct faults *faults);

/* A new reference. */
json_t *ecm_event_json(const struct ecm_event *event);

/* What must hold before a report is written, beyond what reading checked: the provider's code is set. */
bool ecm_event_exportable(const struct ecm_event *event, struct faults *faults);

/* "14 1.58 1.59": how the accredited list is stored. The text is yours (g_free). */
char *ecm_accredited_text(const struct ecm_event *event);
bool ecm_accredited_parse(struct ecm_event *event, const char *text);

/* The same of the levels: "base intermedio". False: more than an event can name. */
bool ecm_levels_parse(struct ecm_event *event, const char *text);
/* Is this level among those that it names? */
bool ecm_event_names_level(const struct ecm_event *event, const char *level);

/* Is this profession and discipline accredited for the event? */
bool ecm_event_accredits(const struct ecm_event *event, guint profession, guint discipline);

/* Field training and residential events are held in class (server/store/classes.h); the others certify the path. */
bool ecm_event_in_class(const struct ecm_event *event);

/*
 * The day credits are earned on, given that of the last condition: of an event in class whose test and questionnaire may
 * follow within `days_after`, it is the event's last day then [ECM 3].
 */
void ecm_event_earned(const struct ecm_event *event, guint days_after, char day[11]);

/* "4.0" */
void ecm_credits_text(guint tenths, char ret[8]);

/* "4.0" or 4.0 as tenths; 0 when it is neither, or not from 0.1 to 50.0. */
guint ecm_credits_read(json_t *value);

/* May the report name this sponsor? At most 100 of its characters [ECM 1.3]; empty is good. */
bool ecm_sponsor_good(const char *sponsor);

/* Is it a day of the calendar, YYYY-MM-DD? */
bool ecm_date_valid(const char *text);

#endif
