#include "server/ecm/report_record.h"

#include <string.h>

static const char *const names[FIELD_UNKNOWN] = {
	[FIELD_COD_EVENTO] = "cod_evento",
	[FIELD_COD_EDI] = "cod_edi",
	[FIELD_COD_ORG] = "cod_org",
	[FIELD_COD_ACCR] = "cod_accr",
	[FIELD_DATA_INI] = "data_ini",
	[FIELD_DATA_FINE] = "data_fine",
	[FIELD_CREDITI] = "crediti",
	[FIELD_ORE] = "ore",
	[FIELD_TIPO_FORM] = "tipo_form",
	[FIELD_MODULO_FAD] = "modulo_fad",
	[FIELD_MODULO_FSC] = "modulo_fsc",
	[FIELD_MODULO_RES] = "modulo_res",
	[FIELD_TIPO_EVE] = "tipo_eve",
	[FIELD_COD_OBI] = "cod_obi",
	[FIELD_NUM_PART] = "num_part",
	[FIELD_COD_TIPOLOGIA_FORM] = "cod_tipologia_form",
	[FIELD_COD_FISC] = "cod_fisc",
	[FIELD_NOME] = "nome",
	[FIELD_COGNOME] = "cognome",
	[FIELD_RUOLO] = "ruolo",
	[FIELD_LIB_DIP] = "lib_dip",
	[FIELD_PART_RECLUTATO] = "part_reclutato",
	[FIELD_SPONSOR] = "sponsor",
	[FIELD_CRED_ACQ] = "cred_acq",
	[FIELD_DATA_ACQ] = "data_acq",
	[FIELD_PROFESSIONI] = "professioni",
	[FIELD_COD_PROF] = "cod_prof",
	[FIELD_DISCIPLINA] = "disciplina",
};

const char *report_field_name(enum report_field field)
{
	return names[field];
}

enum report_field report_field_by_name(const char *name)
{
	int field = 0;
	while (field < FIELD_UNKNOWN && (!names[field] || strcmp(names[field], name) != 0)) {
		field++;
	}
	return (enum report_field)field;
}

static void put_number(struct report_record *record, enum report_field field, guint value)
{
	g_snprintf(record->small[field], sizeof(record->small[field]), "%u", value);
	record->value[field] = record->small[field];
}

static void put_letter(struct report_record *record, enum report_field field, char value)
{
	record->small[field][0] = value;
	record->small[field][1] = '\0';
	record->value[field] = value ? record->small[field] : NULL;
}

static void put_credits(struct report_record *record, enum report_field field, guint tenths)
{
	ecm_credits_text(tenths, record->small[field]);
	record->value[field] = record->small[field];
}

void report_event_record(const struct ecm_event *event, guint participants, struct report_record *ret)
{
	memset(ret->value, 0, sizeof(ret->value));
	ret->value[FIELD_COD_EVENTO] = event->cod_evento;
	put_number(ret, FIELD_COD_EDI, event->cod_edi);
	ret->value[FIELD_COD_ORG] = event->cod_org;
	ret->value[FIELD_COD_ACCR] = event->cod_accr;
	ret->value[FIELD_DATA_INI] = event->data_ini;
	ret->value[FIELD_DATA_FINE] = event->data_fine;
	put_credits(ret, FIELD_CREDITI, event->credits_tenths);
	put_number(ret, FIELD_ORE, event->ore);
	put_number(ret, FIELD_TIPO_FORM, (guint)event->tipo_form);
	put_letter(ret, FIELD_MODULO_FAD, event->modulo_fad);
	put_letter(ret, FIELD_MODULO_FSC, event->modulo_fsc);
	put_letter(ret, FIELD_MODULO_RES, event->modulo_res);
	put_letter(ret, FIELD_TIPO_EVE, event->tipo_eve);
	put_number(ret, FIELD_COD_OBI, event->cod_obi);
	put_number(ret, FIELD_NUM_PART, participants);
	put_number(ret, FIELD_COD_TIPOLOGIA_FORM, event->cod_tipologia_form);
}

void report_person_record(const struct participant *participant, const struct report_row *row, struct report_record *ret)
{
	memset(ret->value, 0, sizeof(ret->value));
	ret->value[FIELD_COD_FISC] = row->cod_fisc;
	ret->value[FIELD_NOME] = row->nome;
	ret->value[FIELD_COGNOME] = row->cognome;
	put_letter(ret, FIELD_RUOLO, participant->role);
	put_letter(ret, FIELD_LIB_DIP, row->lib_dip);
	put_letter(ret, FIELD_PART_RECLUTATO, participant->recruited ? '1' : '0');
	ret->value[FIELD_SPONSOR] = *row->sponsor ? row->sponsor : NULL; /* an empty attribute is invalid */
	put_credits(ret, FIELD_CRED_ACQ, participant->credits_tenths);
	ret->value[FIELD_DATA_ACQ] = participant->earned;
}

void report_professions(const struct participant *participant, GString *out)
{
	for (guint p = 0; p < participant->profession_count; p++) {
		g_string_append_printf(out, p ? ":%u" : "%u", participant->professions[p].code);
		for (guint i = 0; i < participant->professions[p].discipline_count; i++) {
			g_string_append_printf(out, ".%u", participant->professions[p].disciplines[i]);
		}
	}
}
