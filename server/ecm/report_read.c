#include "server/ecm/report_read.h"

#include <string.h>

#include "server/ecm/codice_fiscale.h"
#include "server/ecm/report_xml.h"

enum read_fault {
	READ_ELEMENT,
	READ_CHILD_MISSING,
	READ_SECOND_EVENT,
	READ_TEXT,
	READ_UNKNOWN_ATTRIBUTE,
	READ_MISSING,
	READ_VALUE,
	READ_TWICE,
	READ_CODE_TWICE,
	READ_ROWS,
	READ_SPONSOR_MISSING,
	READ_SPONSOR_WITHOUT,
	READ_DATE,
	READ_CREDITS,
	READ_NUM_PART,
	READ_EDITION,
	READ_PROFESSION,
	READ_DISCIPLINE,
};

#define SOURCE_IT "Correggi il dato dove è nato e fai una nuova esportazione."
#define SOURCE_EN "Mend the datum where it came from, and make a new export."
static const struct fault_text texts[] = {
	[READ_ELEMENT] = {"REPORT_ELEMENT", SEVERITY_ERROR, "ECM 1.1", "«$1» qui non è previsto: serve «$2».",
		"\"$1\" does not belong here: it takes \"$2\".", SOURCE_IT, SOURCE_EN},
	[READ_CHILD_MISSING] = {"REPORT_CHILD_MISSING", SEVERITY_ERROR, "ECM 1.1", "Manca «$2» dentro «$1».",
		"There is no \"$2\" inside \"$1\".", SOURCE_IT, SOURCE_EN},
	[READ_SECOND_EVENT] = {"REPORT_SECOND_EVENT", SEVERITY_ERROR, "ECM 1.1", "Un rapporto ha un solo «$1».",
		"A report has one \"$1\" only.", SOURCE_IT, SOURCE_EN},
	[READ_TEXT] = {"REPORT_TEXT", SEVERITY_ERROR, "ECM 1.1", "C’è del testo dentro «$1», dove non ne va.",
		"There is text inside \"$1\", where none belongs.", SOURCE_IT, SOURCE_EN},
	[READ_UNKNOWN_ATTRIBUTE] = {"REPORT_ATTRIBUTE_UNKNOWN", SEVERITY_ERROR, "ECM 1.2",
		"«$1» non ha un attributo «$2».", "\"$1\" has no attribute \"$2\".", SOURCE_IT, SOURCE_EN},
	[READ_MISSING] = {"REPORT_ATTRIBUTE_MISSING", SEVERITY_ERROR, "ECM 1.2", "A «$1» manca «$2».",
		"\"$1\" lacks \"$2\".", SOURCE_IT, SOURCE_EN},
	[READ_VALUE] = {"REPORT_VALUE", SEVERITY_ERROR, "ECM 1.2", "«$1» vale «$2»: il tracciato non lo ammette.",
		"\"$1\" is \"$2\": the format does not allow it.", SOURCE_IT, SOURCE_EN},
	[READ_TWICE] = {"REPORT_PERSON_TWICE", SEVERITY_ERROR, "ECM 1.6",
		"Il codice fiscale $1 è già in una riga prima: una persona ha una riga sola, anche se le lettere sono minuscole.",
		"The tax code $1 is in a row before this: a person has one row only, whatever the letters' case.",
		"Unisci le due schede della persona.", "Merge the person's two records."},
	[READ_CODE_TWICE] = {"REPORT_CODE_TWICE", SEVERITY_ERROR, "ECM 1.1", "«$1» $2 è ripetuto.",
		"\"$1\" $2 is there twice.", SOURCE_IT, SOURCE_EN},
	[READ_ROWS] = {"REPORT_ROWS", SEVERITY_ERROR, NULL, "Le righe sono più di $1: le altre non sono state lette.",
		"There are more than $1 rows: the others were not read.", NULL, NULL},
	[READ_SPONSOR_MISSING] = {"REPORT_SPONSOR_MISSING", SEVERITY_ERROR, "ECM 1.6",
		"La persona è reclutata ma lo sponsor manca.", "The person is recruited but the sponsor is missing.",
		"Scrivi lo sponsor o togli il reclutamento.", "Name the sponsor or clear the recruitment."},
	[READ_SPONSOR_WITHOUT] = {"REPORT_SPONSOR_WITHOUT", SEVERITY_ERROR, "ECM 1.6",
		"C’è uno sponsor ma la persona non è reclutata.", "There is a sponsor but the person is not recruited.",
		"Togli lo sponsor o segna il reclutamento.", "Clear the sponsor or mark the recruitment."},
	[READ_DATE] = {"REPORT_DATE_OUTSIDE", SEVERITY_ERROR, "ECM 1.6", "La data $1 è fuori dall’evento ($2).",
		"The date $1 is outside the event ($2).", SOURCE_IT, SOURCE_EN},
	[READ_CREDITS] = {"REPORT_CREDITS_DIFFER", SEVERITY_ERROR, "ECM 1.6",
		"I crediti $1 sono diversi da quelli dell’evento ($2).", "The credits $1 differ from the event's ($2).",
		SOURCE_IT, SOURCE_EN},
	[READ_NUM_PART] = {"REPORT_NUM_PART", SEVERITY_ERROR, "ECM 1.6",
		"num_part è $1, ma i partecipanti (ruolo P) sono $2.", "num_part is $1, but there are $2 participants (role P).",
		SOURCE_IT, SOURCE_EN},
	[READ_EDITION] = {"REPORT_EDITION_MISSING", SEVERITY_ERROR, "ECM 1.6", "Manca cod_edi: va scritto sempre, 1 se unica.",
		"cod_edi is missing: it is always written, 1 when there is one only.", SOURCE_IT, SOURCE_EN},
	[READ_PROFESSION] = {"REPORT_PROFESSION", SEVERITY_ERROR, "ECM 1.6", "La professione $1 non esiste.",
		"The profession $1 does not exist.", SOURCE_IT, SOURCE_EN},
	[READ_DISCIPLINE] = {"REPORT_DISCIPLINE", SEVERITY_ERROR, "ECM 1.6",
		"La disciplina $1 non appartiene alla professione $2.", "The discipline $1 does not belong to the profession $2.",
		SOURCE_IT, SOURCE_EN},
};

struct report_reader {
	const struct report_schema *schema;
	struct faults *faults;
	struct report_xml *xml;
	struct report_file file;
	GHashTable *seen; /* codici fiscali in upper case */
	guint depth;      /* levels open */
	guint skip;       /* elements open below one that does not belong */
	guint children[SCHEMA_LEVELS];
	guint participants; /* rows with role P */
	struct report_record record;
	GStringChunk *values;    /* of the record */
	GString *professions;    /* "1.58.59:5.78" of the person that is open */
	GString *text;           /* of the discipline that is open */
	char profession[16];
	GPtrArray *codes;        /* char *: disciplines of the profession that is open */
	GPtrArray *professions_seen;
	bool full;
};

static void tell(struct report_reader *reader, enum read_fault which, guint line, const char *field, const char *one, const char *two)
{
	const char *code = reader->depth > LEVEL_EVENT ? reader->record.value[FIELD_COD_FISC] : NULL;
	guint kept = reader->faults->list->len;
	g_autofree char *where = code ? g_strdup_printf("%s %s (%s), %s",
						reader->record.value[FIELD_COGNOME] ? reader->record.value[FIELD_COGNOME] : "",
						reader->record.value[FIELD_NOME] ? reader->record.value[FIELD_NOME] : "", code, field)
				      : g_strdup(field);
	faults_add(reader->faults, &texts[which], where, one, two);
	if (reader->faults->list->len > kept) {
		g_array_index(reader->faults->list, struct problem, kept).line = line;
	}
}

static void read_attributes(struct report_reader *reader, const struct schema_level *level,
	const struct xml_attribute *attributes, guint count, guint line)
{
	bool there[SCHEMA_ATTRIBUTES_MAX] = {false};
	for (guint i = 0; i < count; i++) {
		const struct schema_attribute *known = schema_attribute_find(level, attributes[i].name);
		if (!known) {
			tell(reader, READ_UNKNOWN_ATTRIBUTE, line, attributes[i].name, level->element, attributes[i].name);
			continue;
		}
		there[known - level->attributes] = true;
		if (known->field < REPORT_FIELDS) {
			reader->record.value[known->field] = g_string_chunk_insert(reader->values, attributes[i].value);
		} else if (known->field == FIELD_COD_PROF) {
			g_strlcpy(reader->profession, attributes[i].value, sizeof(reader->profession));
		}
	}
	for (guint i = 0; i < count; i++) { /* once the row is known, so that faults can name the person */
		const struct schema_attribute *known = schema_attribute_find(level, attributes[i].name);
		if (known && !schema_type_fits(known->type, attributes[i].value)) {
			tell(reader, READ_VALUE, line, known->name, known->name, attributes[i].value);
		}
	}
	for (guint i = 0; i < level->attribute_count; i++) {
		if (!there[i] && !level->attributes[i].optional) {
			tell(reader, READ_MISSING, line, level->attributes[i].name, level->element, level->attributes[i].name);
		}
	}
}

static bool add_once(GPtrArray *list, const char *text)
{
	if (g_ptr_array_find_with_equal_func(list, text, g_str_equal, NULL)) {
		return false;
	}
	g_ptr_array_add(list, g_strdup(text));
	return true;
}

static void begin(struct report_reader *reader, guint level, guint line)
{
	switch ((enum schema_level_index)level) {
	case LEVEL_PERSON:
		g_string_truncate(reader->professions, 0);
		g_ptr_array_set_size(reader->professions_seen, 0);
		break;
	case LEVEL_PROFESSION:
		if (!add_once(reader->professions_seen, reader->profession)) {
			tell(reader, READ_CODE_TWICE, line, "cod_prof", "cod_prof", reader->profession);
		}
		if (!profession_find(g_ascii_strtoll(reader->profession, NULL, 10))) {
			tell(reader, READ_PROFESSION, line, "cod_prof", reader->profession, NULL);
		}
		g_ptr_array_set_size(reader->codes, 0);
		g_string_append_printf(reader->professions, "%s%s", reader->professions->len ? ":" : "", reader->profession);
		break;
	case LEVEL_DISCIPLINE:
		g_string_truncate(reader->text, 0);
		break;
	case LEVEL_ROOT:
	case LEVEL_EVENT:
	case SCHEMA_LEVELS:
		break;
	}
}

static void on_open(void *data, const char *element, const struct xml_attribute *attributes, guint count, guint line)
{
	struct report_reader *reader = data;
	const struct schema_level *levels = reader->schema->levels;
	guint level = reader->depth;
	if (reader->skip || level == SCHEMA_LEVELS || strcmp(levels[level].element, element) != 0) {
		if (reader->skip++ == 0) {
			tell(reader, READ_ELEMENT, line, element, element, level == SCHEMA_LEVELS ? "—" : levels[level].element);
		}
		return;
	}
	if (level > 0 && ++reader->children[level - 1] == 2 && level == LEVEL_EVENT) {
		tell(reader, READ_SECOND_EVENT, line, element, element, NULL);
	}
	if (level == LEVEL_PERSON || level == LEVEL_EVENT) {
		memset(reader->record.value, 0, sizeof(reader->record.value));
		g_string_chunk_clear(reader->values);
	}
	reader->children[level] = 0;
	reader->depth++;
	read_attributes(reader, &levels[level], attributes, count, line);
	begin(reader, level, line);
	if (level == LEVEL_EVENT) {
		report_file_set_event(&reader->file, &reader->record);
		if (!*reader->file.event[FIELD_COD_EDI]) {
			tell(reader, READ_EDITION, line, "cod_edi", NULL, NULL);
		}
	}
}

static void on_text(void *data, const char *text, size_t len, guint line)
{
	struct report_reader *reader = data;
	if (reader->skip || reader->depth == 0) {
		return;
	}
	if (reader->depth == SCHEMA_LEVELS) {
		g_string_append_len(reader->text, text, (gssize)MIN(len, 64));
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (!strchr(" \t\r\n", text[i])) {
			const char *element = reader->schema->levels[reader->depth - 1].element;
			tell(reader, READ_TEXT, line, element, element, NULL);
			return;
		}
	}
}

static void end_discipline(struct report_reader *reader, guint line)
{
	const char *text = reader->text->str, *name = reader->schema->levels[LEVEL_DISCIPLINE].element;
	if (!schema_type_fits(reader->schema->levels[LEVEL_DISCIPLINE].text, text)) {
		tell(reader, READ_VALUE, line, name, name, text);
		return;
	}
	if (!add_once(reader->codes, text)) {
		tell(reader, READ_CODE_TWICE, line, name, name, text);
	}
	if (!discipline_find(g_ascii_strtoll(reader->profession, NULL, 10), g_ascii_strtoll(text, NULL, 10))) {
		tell(reader, READ_DISCIPLINE, line, name, text, reader->profession);
	}
	g_string_append_printf(reader->professions, ".%s", text);
}

static const char *of(const struct report_reader *reader, enum report_field field)
{
	const char *value = reader->record.value[field];
	return value ? value : "";
}

/* "04.0" is 4.0 */
static double credits_of(const char *text)
{
	return g_ascii_strtod(text, NULL);
}

/* What the schema lets through [ECM 1.6]. */
static void check_person(struct report_reader *reader, guint line)
{
	char code[CODICE_FISCALE_LEN + 1];
	struct problem problem;
	const char *const *event = reader->file.event;
	const char *day = of(reader, FIELD_DATA_ACQ);
	bool recruited = strcmp(of(reader, FIELD_PART_RECLUTATO), "1") == 0;
	if (!codice_fiscale_check(of(reader, FIELD_COD_FISC), code, &problem)) {
		g_autofree char *where = g_strdup_printf("%s %s (%s), cod_fisc", of(reader, FIELD_COGNOME),
			of(reader, FIELD_NOME), of(reader, FIELD_COD_FISC));
		problem.line = line;
		faults_add_problem(reader->faults, &problem, where);
	}
	g_autofree char *upper = g_ascii_strup(of(reader, FIELD_COD_FISC), -1);
	if (*upper && !g_hash_table_add(reader->seen, g_steal_pointer(&upper))) {
		tell(reader, READ_TWICE, line, "cod_fisc", of(reader, FIELD_COD_FISC), NULL);
	}
	if (recruited && !*of(reader, FIELD_SPONSOR)) {
		tell(reader, READ_SPONSOR_MISSING, line, "sponsor", NULL, NULL);
	} else if (!recruited && *of(reader, FIELD_SPONSOR)) {
		tell(reader, READ_SPONSOR_WITHOUT, line, "sponsor", NULL, NULL);
	}
	if (strcmp(day, event[FIELD_DATA_INI]) < 0 || strcmp(day, event[FIELD_DATA_FINE]) > 0) {
		g_autofree char *dates = g_strdup_printf("%s - %s", event[FIELD_DATA_INI], event[FIELD_DATA_FINE]);
		tell(reader, READ_DATE, line, "data_acq", day, dates);
	}
	if (strcmp(of(reader, FIELD_RUOLO), "P") == 0) {
		reader->participants++;
		if (credits_of(of(reader, FIELD_CRED_ACQ)) != credits_of(event[FIELD_CREDITI])) {
			tell(reader, READ_CREDITS, line, "cred_acq", of(reader, FIELD_CRED_ACQ), event[FIELD_CREDITI]);
		}
	}
}

static void end_person(struct report_reader *reader, guint line)
{
	check_person(reader, line);
	if (reader->file.lines->len < REPORT_ROWS_MAX) {
		report_file_add(&reader->file, &reader->record, reader->professions->str, line);
	} else if (!reader->full) {
		reader->full = true;
		tell(reader, READ_ROWS, line, "partecipante", "200000", NULL);
	}
}

static void end_event(struct report_reader *reader, guint line)
{
	char rows[16];
	const char *said = reader->file.event[FIELD_NUM_PART];
	g_snprintf(rows, sizeof(rows), "%u", reader->participants);
	if (g_ascii_strtoull(said, NULL, 10) != reader->participants) {
		tell(reader, READ_NUM_PART, line, "num_part", said, rows);
	}
}

static void on_close(void *data, guint line)
{
	struct report_reader *reader = data;
	if (reader->skip) {
		reader->skip--;
		return;
	}
	guint level = reader->depth - 1;
	if (level < LEVEL_DISCIPLINE && reader->children[level] == 0) {
		const char *element = reader->schema->levels[level].element;
		tell(reader, READ_CHILD_MISSING, line, element, element, reader->schema->levels[level + 1].element);
	}
	if (level == LEVEL_DISCIPLINE) {
		end_discipline(reader, line);
	} else if (level == LEVEL_PERSON) {
		end_person(reader, line);
	}
	reader->depth--;
	if (level == LEVEL_EVENT) {
		end_event(reader, line);
	}
}

struct report_reader *report_reader_create(const struct report_schema *schema, struct faults *faults)
{
	struct report_reader *reader = g_new0(struct report_reader, 1);
	struct xml_listener listener = {reader, on_open, on_text, on_close};
	reader->schema = schema;
	reader->faults = faults;
	reader->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	reader->professions = g_string_new(NULL);
	reader->text = g_string_new(NULL);
	reader->codes = g_ptr_array_new_with_free_func(g_free);
	reader->professions_seen = g_ptr_array_new_with_free_func(g_free);
	reader->values = g_string_chunk_new(2048);
	reader->xml = report_xml_create(&listener);
	report_file_init(&reader->file);
	return reader;
}

bool report_reader_feed(struct report_reader *reader, const void *bytes, size_t len)
{
	return report_xml_feed(reader->xml, bytes, len);
}

bool report_reader_end(struct report_reader *reader, bool whole, struct report_file *ret)
{
	struct problem problem;
	bool good = report_xml_end(reader->xml, &problem);
	if (good) {
		report_file_sort(&reader->file);
		*ret = reader->file;
	} else {
		if (whole) {
			faults_add_problem(reader->faults, &problem, "");
		}
		report_file_finish(&reader->file);
	}
	g_hash_table_unref(reader->seen);
	g_string_free(reader->professions, TRUE);
	g_string_free(reader->text, TRUE);
	g_ptr_array_unref(reader->codes);
	g_ptr_array_unref(reader->professions_seen);
	g_string_chunk_free(reader->values);
	g_free(reader);
	return good;
}
