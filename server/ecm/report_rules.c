/* What the accrediting body checks beyond the schema [ECM 1.7]: the event as accredited, and the file's name. */
#include "server/ecm/report_read.h"

#include <string.h>

enum rule_fault {
	RULE_EVENT,
	RULE_NUM_PART,
	RULE_NOT_ACCREDITED,
	RULE_SPACES,
	RULE_EXTENSION,
	RULE_SIGN,
};

static const struct fault_text texts[] = {
	[RULE_EVENT] = {"REPORT_EVENT_DIFFERS", SEVERITY_ERROR, "ECM 1.7",
		"Il dato dell’evento nel file è «$1», quello accreditato è «$2».",
		"The event's datum in the file is \"$1\", the accredited one is \"$2\".",
		"Correggi i dati dell’evento, o scegli l’evento giusto.", "Mend the event's data, or choose the right event."},
	[RULE_NUM_PART] = {"REPORT_TOO_MANY", SEVERITY_ERROR, "ECM 1.7",
		"num_part è $1, più dei partecipanti accreditati ($2).", "num_part is $1, more than the accredited participants ($2).",
		"Fai accreditare più partecipanti o crea un’altra edizione.",
		"Have more participants accredited, or create another edition."},
	[RULE_NOT_ACCREDITED] = {"REPORT_NOT_ACCREDITED", SEVERITY_ERROR, "ECM 1.7",
		"L’evento non è accreditato per $1.", "The event is not accredited for $1.",
		"Togli la professione o la disciplina dalla riga del partecipante.",
		"Remove the profession or discipline from the participant's row."},
	[RULE_SPACES] = {"REPORT_NAME_SPACES", SEVERITY_ERROR, "ECM 1.7", "Il nome del file «$1» contiene spazi.",
		"The file's name \"$1\" holds spaces.", "Togli gli spazi dal nome.", "Take the spaces out of the name."},
	[RULE_EXTENSION] = {"REPORT_NAME_EXTENSION", SEVERITY_ERROR, "ECM 1.7",
		"Il nome del file «$1» deve finire in .XML, .XML.P7M o .XML.ZIP.P7M.",
		"The file's name \"$1\" must end in .XML, .XML.P7M or .XML.ZIP.P7M.", "Rinomina il file.", "Rename the file."},
	[RULE_SIGN] = {"REPORT_UNSIGNED", SEVERITY_HINT, "ECM 1.7",
		"Per l’invio il file va firmato (CAdES): il nome diventa $1.P7M.",
		"To be sent, the file is to be signed (CAdES): the name becomes $1.P7M.", NULL, NULL},
};

/* A RES course may be reported as type 1 or 5, whichever was accredited. */
static bool same_event_value(const struct ecm_event *event, guint field, const char *said, const char *wanted)
{
	bool course = field == FIELD_COD_TIPOLOGIA_FORM && event->tipo_form == ECM_FORM_RES;
	return strcmp(said, wanted) == 0 || (course && strspn(said, "15") == 1 && strspn(wanted, "15") == 1 && !said[1] && !wanted[1]) ||
	       (field == FIELD_CREDITI && *said && g_ascii_strtod(said, NULL) == g_ascii_strtod(wanted, NULL));
}

static void check_fields(const struct report_file *file, const struct ecm_event *event, struct faults *faults)
{
	struct report_record wanted;
	report_event_record(event, event->num_part, &wanted);
	for (guint field = 0; field < REPORT_EVENT_FIELDS; field++) {
		const char *said = file->event[field], *is = wanted.value[field] ? wanted.value[field] : "";
		const char *name = report_field_name((enum report_field)field);
		if (field == FIELD_NUM_PART) {
			if (g_ascii_strtoull(said, NULL, 10) > event->num_part) {
				faults_add(faults, &texts[RULE_NUM_PART], name, said, is);
			}
		} else if (!same_event_value(event, field, said, is)) {
			faults_add(faults, &texts[RULE_EVENT], name, said, is);
		}
	}
}

static void check_professions(const struct report_line *line, const struct ecm_event *event, struct faults *faults)
{
	g_auto(GStrv) professions = g_strsplit(report_line_value(line, FIELD_PROFESSIONI), ":", -1);
	for (char **each = professions; *each; each++) {
		g_auto(GStrv) codes = g_strsplit(*each, ".", -1);
		for (char **code = codes[0] ? codes + 1 : codes; *code; code++) {
			if (ecm_event_accredits(event, (guint)g_ascii_strtoull(codes[0], NULL, 10), (guint)g_ascii_strtoull(*code, NULL, 10))) {
				continue;
			}
			guint kept = faults->list->len;
			g_autofree char *pair = g_strdup_printf("%s.%s", codes[0], *code);
			g_autofree char *where = g_strdup_printf("%s %s (%s), cod_prof", report_line_value(line, FIELD_COGNOME),
				report_line_value(line, FIELD_NOME), report_line_value(line, FIELD_COD_FISC));
			faults_add(faults, &texts[RULE_NOT_ACCREDITED], where, pair, NULL);
			if (faults->list->len > kept) {
				g_array_index(faults->list, struct problem, kept).line = line->line;
			}
		}
	}
}

void report_check_event(const struct report_file *file, const struct ecm_event *event, struct faults *faults)
{
	check_fields(file, event, faults);
	for (guint i = 0; i < file->lines->len; i++) {
		const struct report_line *line = &g_array_index(file->lines, struct report_line, i);
		if (strcmp(report_line_value(line, FIELD_RUOLO), "P") == 0) {
			check_professions(line, event, faults);
		}
	}
}

void report_check_name(const char *name, struct faults *faults)
{
	static const char *const good[] = {".XML", ".XML.ZIP", ".XML.P7M", ".XML.ZIP.P7M"};
	g_autofree char *upper = g_ascii_strup(name, -1);
	bool known = false;
	for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
		known = known || g_str_has_suffix(upper, good[i]);
	}
	if (strpbrk(name, " \t")) {
		faults_add(faults, &texts[RULE_SPACES], "nome", name, NULL);
	}
	if (!known) {
		faults_add(faults, &texts[RULE_EXTENSION], "nome", name, NULL);
	} else if (!g_str_has_suffix(upper, ".P7M")) {
		faults_add(faults, &texts[RULE_SIGN], "nome", name, NULL);
	}
}
