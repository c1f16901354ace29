/*
 * One row of the participants' report as texts by field, whatever it becomes (XML of some version, CSV, a
 * comparison): the event's fields [ECM 1.2] or a person's [ECM 1.3].
 */
#ifndef SERVER_ECM_REPORT_RECORD_H
#define SERVER_ECM_REPORT_RECORD_H

#include "server/ecm/participant.h"

enum report_field {
	FIELD_COD_EVENTO, FIELD_COD_EDI, FIELD_COD_ORG, FIELD_COD_ACCR, FIELD_DATA_INI, FIELD_DATA_FINE, FIELD_CREDITI,
	FIELD_ORE, FIELD_TIPO_FORM, FIELD_MODULO_FAD, FIELD_MODULO_FSC, FIELD_MODULO_RES, FIELD_TIPO_EVE, FIELD_COD_OBI,
	FIELD_NUM_PART, FIELD_COD_TIPOLOGIA_FORM,
	REPORT_EVENT_FIELDS,
	FIELD_COD_FISC = REPORT_EVENT_FIELDS,
	FIELD_NOME, FIELD_COGNOME, FIELD_RUOLO, FIELD_LIB_DIP, FIELD_PART_RECLUTATO, FIELD_SPONSOR, FIELD_CRED_ACQ,
	FIELD_DATA_ACQ,
	FIELD_PROFESSIONI, /* "1.58.59:5.78": not an attribute but what the elements below say */
	REPORT_FIELDS,
	FIELD_COD_PROF, FIELD_DISCIPLINA, /* of the elements below a person */
	FIELD_UNKNOWN,
};

/* NULL where the attribute is left out. */
struct report_record {
	const char *value[REPORT_FIELDS];
	char small[REPORT_FIELDS][12]; /* room for numbers */
};

const char *report_field_name(enum report_field field);
enum report_field report_field_by_name(const char *name); /* FIELD_UNKNOWN */

/* Values are borrowed from the event. `participants`: rows with role P that follow, num_part. */
void report_event_record(const struct ecm_event *event, guint participants, struct report_record *ret);
/* Values are borrowed from both; professions are not filled in. */
void report_person_record(const struct participant *participant, const struct report_row *row, struct report_record *ret);

/* Appends "1.58.59:5.78". */
void report_professions(const struct participant *participant, GString *out);

#endif
