#include "server/ecm/csv.h"

#include <string.h>

#include "server/ecm/report_record.h"

static void quoted(GString *line, const char *guard, const char *text)
{
	if (!*guard && !text[strcspn(text, ";\"\r\n")]) {
		g_string_append(line, text);
		return;
	}
	g_string_append_c(line, '"');
	g_string_append(line, guard);
	for (const char *at = text; *at; at++) {
		if (*at == '"') {
			g_string_append_c(line, '"');
		}
		g_string_append_c(line, *at);
	}
	g_string_append_c(line, '"');
}

void csv_field(GString *line, const char *text)
{
	quoted(line, "", text);
	g_string_append_c(line, ';');
}

void csv_guarded(GString *line, const char *text)
{
	quoted(line, *text && strchr("=+-@\t\r\n", *text) ? "'" : "", text);
	g_string_append_c(line, ';');
}

void csv_end(GString *line)
{
	g_assert(line->len && line->str[line->len - 1] == ';');
	g_string_truncate(line, line->len - 1);
	g_string_append(line, "\r\n");
}

void csv_report_header(GString *out)
{
	g_string_append(out, "cod_fisc;nome;cognome;ruolo;lib_dip;cred_acq;data_acq;part_reclutato;sponsor;"
			     "cod_prof.disciplina\r\n");
}

void csv_report_row(GString *out, const struct participant *participant, const struct report_row *row)
{
	char credits[8];
	ecm_credits_text(participant->credits_tenths, credits);
	csv_field(out, row->cod_fisc);
	csv_field(out, row->nome);
	csv_field(out, row->cognome);
	csv_field(out, (char[]){participant->role, '\0'});
	csv_field(out, (char[]){row->lib_dip, '\0'});
	csv_field(out, credits);
	csv_field(out, participant->earned);
	csv_field(out, participant->recruited ? "1" : "0");
	csv_field(out, row->sponsor);
	g_autoptr(GString) codes = g_string_new(NULL);
	report_professions(participant, codes);
	csv_field(out, codes->str);
	csv_end(out);
}
