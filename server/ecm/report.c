#include "server/ecm/report.h"

#define FLUSH_BYTES (64u * 1024)

static void flush(struct report *report)
{
	if (!report->failed && report->buffer->len) {
		g_checksum_update(
			report->sum, (const guchar *)report->buffer->str, (gssize)report->buffer->len);
		report->failed = fwrite(report->buffer->str, 1, report->buffer->len, report->file) !=
				 report->buffer->len;
		report->bytes += report->buffer->len;
	}
	g_string_truncate(report->buffer, 0);
}

/* An attribute. What was checked is ASCII without markup, so escaping is a second lock on the same door. */
static void attribute(GString *out, const char *name, const char *value)
{
	g_string_append_c(out, ' ');
	g_string_append(out, name);
	g_string_append(out, "=\"");
	for (const char *at = value; *at; at++) {
		switch (*at) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		default:
			g_string_append_c(out, (guchar)*at < 0x80 ? *at : '?');
		}
	}
	g_string_append_c(out, '"');
}

static void plain(GString *out, const char *name, const char *value)
{
	g_string_append_c(out, ' ');
	g_string_append(out, name);
	g_string_append(out, "=\"");
	g_string_append(out, value);
	g_string_append_c(out, '"');
}

static void number(GString *out, const char *name, guint value)
{
	g_string_append_printf(out, " %s=\"%u\"", name, value);
}

static void letter(GString *out, const char *name, char value)
{
	if (value) {
		g_string_append_printf(out, " %s=\"%c\"", name, value);
	}
}

void report_init(struct report *report, FILE *file, const struct ecm_event *event, guint participants)
{
	*report = (struct report){
		.file = file,
		.event = event,
		.buffer = g_string_sized_new(FLUSH_BYTES + 4096),
		.sum = g_checksum_new(G_CHECKSUM_SHA256),
	};
	char credits[8];
	ecm_credits_text(event->credits_tenths, credits);
	GString *out = report->buffer;
	g_string_append(out, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<dataroot>\n  <evento");
	attribute(out, "cod_evento", event->cod_evento);
	number(out, "cod_edi", event->cod_edi);
	attribute(out, "cod_org", event->cod_org);
	attribute(out, "cod_accr", event->cod_accr);
	attribute(out, "data_ini", event->data_ini);
	attribute(out, "data_fine", event->data_fine);
	attribute(out, "crediti", credits);
	number(out, "ore", event->ore);
	number(out, "tipo_form", (guint)event->tipo_form);
	letter(out, "modulo_fad", event->modulo_fad);
	letter(out, "modulo_fsc", event->modulo_fsc);
	letter(out, "modulo_res", event->modulo_res);
	letter(out, "tipo_eve", event->tipo_eve);
	number(out, "cod_obi", event->cod_obi);
	number(out, "num_part", participants);
	number(out, "cod_tipologia_form", event->cod_tipologia_form);
	g_string_append(out, ">\n");
}

void report_add(struct report *report, const struct participant *participant, const struct report_row *row)
{
	GString *out = report->buffer;
	char credits[8];
	ecm_credits_text(participant->credits_tenths, credits);
	g_string_append(out, "    <partecipante");
	plain(out, "cod_fisc", row->cod_fisc);
	attribute(out, "nome", row->nome);
	attribute(out, "cognome", row->cognome);
	letter(out, "ruolo", participant->role);
	letter(out, "lib_dip", row->lib_dip);
	letter(out, "part_reclutato", participant->recruited ? '1' : '0');
	if (*row->sponsor) { /* an empty attribute is invalid */
		attribute(out, "sponsor", row->sponsor);
	}
	plain(out, "cred_acq", credits);
	plain(out, "data_acq", participant->earned);
	g_string_append(out, ">\n");
	for (guint p = 0; p < participant->profession_count; p++) {
		const struct participant_profession *profession = &participant->professions[p];
		g_string_append_printf(out, "      <professione cod_prof=\"%u\">", profession->code);
		for (guint i = 0; i < profession->discipline_count; i++) {
			g_string_append_printf(
				out, "<disciplina>%u</disciplina>", profession->disciplines[i]);
		}
		g_string_append(out, "</professione>\n");
	}
	g_string_append(out, "    </partecipante>\n");
	report->rows++;
	if (out->len >= FLUSH_BYTES) {
		flush(report);
	}
}

bool report_finish(struct report *report, char ret_sha256[65])
{
	g_string_append(report->buffer, "  </evento>\n</dataroot>\n");
	flush(report);
	bool good = !report->failed && fflush(report->file) == 0;
	if (good) {
		g_strlcpy(ret_sha256, g_checksum_get_string(report->sum), 65);
	}
	g_checksum_free(report->sum);
	g_string_free(report->buffer, TRUE);
	report->sum = NULL;
	report->buffer = NULL;
	return good;
}
