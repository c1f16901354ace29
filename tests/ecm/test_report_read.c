/*
 * Reading a report back: one change at a time of a report that is in order, each named by its row of ECM 1.1 to 1.7;
 * hostile files; comparing; versions of the format as data.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "server/ecm/report_read.h"
#include "tests/ecm/samples.h"
#include "tests/ecm/schema.h"

#define ROW_1                                                                                                \
	"<partecipante cod_fisc=\"RSSMRA80A01H501U\" nome=\"MARIO\" cognome=\"ROSSI\" ruolo=\"P\" lib_dip=\"D\" part_reclutato=\"0\" " \
	"cred_acq=\"4.0\" data_acq=\"2026-02-03\"><professione cod_prof=\"14\"><disciplina>85</disciplina></professione></partecipante>"
#define ROW_2                                                                                                \
	"<partecipante cod_fisc=\"BNCNNA70A41H501P\" nome=\"ANNA\" cognome=\"D'AMICO\" ruolo=\"P\" lib_dip=\"C\" part_reclutato=\"1\" " \
	"sponsor=\"ACME S.p.A.\" cred_acq=\"4.0\" data_acq=\"2026-06-30\"><professione cod_prof=\"1\"><disciplina>58</disciplina>"      \
	"<disciplina>59</disciplina></professione><professione cod_prof=\"5\"><disciplina>78</disciplina></professione></partecipante>"
#define ROW_3                                                                                                \
	"<partecipante cod_fisc=\"VRDLCU60A41H501G\" nome=\"LUCIA\" cognome=\"VERDI\" ruolo=\"D\" lib_dip=\"L\" part_reclutato=\"0\" " \
	"cred_acq=\"3.0\" data_acq=\"2026-06-30\"><professione cod_prof=\"14\"><disciplina>85</disciplina></professione></partecipante>"
static const char sound[] =
	"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<dataroot><evento cod_evento=\"99999\" cod_edi=\"1\" cod_org=\"999\" "
	"cod_accr=\"090\" data_ini=\"2026-01-12\" data_fine=\"2026-06-30\" crediti=\"4.0\" ore=\"4\" tipo_form=\"1\" tipo_eve=\"P\" "
	"cod_obi=\"17\" num_part=\"2\" cod_tipologia_form=\"10\">" ROW_1 ROW_2 ROW_3 "</evento></dataroot>\n";

static const struct report_schema *schema(void)
{
	static struct report_schema *loaded;
	struct problem problem;
	if (!loaded) {
		loaded = report_schema_load(NULL, REPORT_SCHEMA_CURRENT, &problem);
		assert_non_null(loaded);
	}
	return loaded;
}

static bool read_text(const char *xml, struct report_file *ret, struct faults *faults)
{
	struct report_reader *reader = report_reader_create(schema(), faults);
	size_t len = strlen(xml);
	for (size_t at = 0; at < len; at += 7) { /* in small pieces: chunks may end anywhere */
		if (!report_reader_feed(reader, xml + at, MIN(len - at, 7))) {
			break;
		}
	}
	return report_reader_end(reader, true, ret);
}

static void faults_are(struct faults *faults, const char *code, const char *row)
{
	if (!code ? faults->list->len != 0 : !faults->list->len) {
		fail_msg("%s: %s", row, code ? "no fault" : g_array_index(faults->list, struct problem, 0).code);
	}
	bool found = !code;
	for (guint i = 0; i < faults->list->len; i++) {
		const struct problem *problem = &g_array_index(faults->list, struct problem, i);
		found = found || strcmp(problem->code, code) == 0;
		assert_true(*problem->it && *problem->en);
	}
	if (!found) {
		fail_msg("%s: %s and not %s", row, g_array_index(faults->list, struct problem, 0).code, code);
	}
}

static const struct {
	const char *row; /* of the format, as above */
	const char *from, *to;
	const char *code; /* NULL: accepted */
	bool by_schema;   /* the schema itself refuses it too [ECM 1.6] */
} changes[] = {
	{"the sample", "", "", NULL, false},
	/* 1.1 */
	{"1.1 exactly one evento", "</evento>", "</evento><evento cod_evento=\"1\" cod_edi=\"1\" cod_org=\"1\" cod_accr=\"090\" data_ini=\"2026-01-12\" data_fine=\"2026-06-30\" crediti=\"4.0\" ore=\"4\" tipo_form=\"1\" tipo_eve=\"P\" cod_obi=\"17\" num_part=\"0\" cod_tipologia_form=\"10\"/>", "REPORT_SECOND_EVENT", true},
	{"1.1 partecipante 1..n", ROW_1 ROW_2 ROW_3, "", "REPORT_CHILD_MISSING", true},
	{"1.1 partecipante 1..n: one", ROW_2 ROW_3, "", "REPORT_NUM_PART", false},
	{"1.1 cod_fisc unique", ROW_2, ROW_1, "REPORT_PERSON_TWICE", true},
	{"1.1 professione 1..n", "<professione cod_prof=\"14\"><disciplina>85</disciplina></professione>", "", "REPORT_CHILD_MISSING", true},
	{"1.1 cod_prof unique in the partecipante", "cod_prof=\"5\"><disciplina>78", "cod_prof=\"1\"><disciplina>60", "REPORT_CODE_TWICE", true},
	{"1.1 disciplina 1..n", "<disciplina>85</disciplina>", "", "REPORT_CHILD_MISSING", true},
	{"1.1 disciplina unique in the professione", "<disciplina>59</disciplina>", "<disciplina>58</disciplina>", "REPORT_CODE_TWICE", true},
	{"1.1 the elements' names", "dataroot>", "root>", "REPORT_ELEMENT", true},
	{"1.1 all data in attributes except disciplina", "<evento", "ciao<evento", "REPORT_TEXT", true},
	{"1.1 no other elements", "</evento>", "<nota>x</nota></evento>", "REPORT_ELEMENT", true},
	/* 1.2 */
	{"1.2 cod_evento required", "cod_evento=\"99999\"", "", "REPORT_ATTRIBUTE_MISSING", true},
	{"1.2 cod_evento 1..20", "cod_evento=\"99999\"", "cod_evento=\"123456789012345678901\"", "REPORT_VALUE", true},
	{"1.2 cod_evento, Veneto", "cod_evento=\"99999\"", "cod_evento=\"100-35230\"", NULL, false},
	{"1.2 cod_edi positive, up to 3 digits", "cod_edi=\"1\"", "cod_edi=\"1000\"", "REPORT_VALUE", true},
	{"1.2 cod_edi positive", "cod_edi=\"1\"", "cod_edi=\"0\"", "REPORT_VALUE", true},
	{"1.2 cod_org required", "cod_org=\"999\"", "", "REPORT_ATTRIBUTE_MISSING", true},
	{"1.2 cod_accr \\d{3}", "cod_accr=\"090\"", "cod_accr=\"90\"", "REPORT_VALUE", true},
	{"1.2 cod_accr 000", "cod_accr=\"090\"", "cod_accr=\"000\"", NULL, false},
	{"1.2 data_ini xsd:date", "data_ini=\"2026-01-12\"", "data_ini=\"2026-13-12\"", "REPORT_VALUE", true},
	{"1.2 data_fine required", "data_fine=\"2026-06-30\"", "", "REPORT_ATTRIBUTE_MISSING", true},
	{"1.2 crediti up to 50.0", " crediti=\"4.0\"", " crediti=\"50.1\"", "REPORT_VALUE", true},
	{"1.2 crediti above 0", " crediti=\"4.0\"", " crediti=\"0.0\"", "REPORT_VALUE", true},
	{"1.2 ore positive, up to 3 digits", "ore=\"4\"", "ore=\"1000\"", "REPORT_VALUE", true},
	{"1.2 tipo_form 1..4", "tipo_form=\"1\"", "tipo_form=\"5\"", "REPORT_VALUE", true},
	{"1.2 modulo_fad 0 / 1", "tipo_eve", "modulo_fad=\"2\" tipo_eve", "REPORT_VALUE", true},
	{"1.2 modulo_fsc optional", "tipo_eve", "modulo_fsc=\"1\" tipo_eve", NULL, false},
	{"1.2 tipo_eve E / P", "tipo_eve=\"P\"", "tipo_eve=\"X\"", "REPORT_VALUE", true},
	{"1.2 cod_obi positive", "cod_obi=\"17\"", "cod_obi=\"0\"", "REPORT_VALUE", true},
	{"1.2 num_part not negative", "num_part=\"2\"", "num_part=\"-2\"", "REPORT_VALUE", true},
	{"1.2 num_part up to 6 digits", "num_part=\"2\"", "num_part=\"1000000\"", "REPORT_VALUE", true},
	{"1.2 no other attributes", "tipo_eve", "version=\"1.16\" tipo_eve", "REPORT_ATTRIBUTE_UNKNOWN", true},
	/* 1.3 */
	{"1.3 cod_fisc: letters of any case", "RSSMRA80A01H501U", "rssmra80a01h501u", NULL, false},
	{"1.3 cod_fisc: omocodia allowed", "RSSMRA80A01H501U", "RSSMRA80A01H50MM", NULL, false},
	{"1.3 nome [a-zA-Z ',\\-\\.]+", "nome=\"MARIO\"", "nome=\"MARIO 2\"", "REPORT_VALUE", true},
	{"1.3 nome up to 100", "nome=\"MARIO\"", "nome=\"MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM\"", "REPORT_VALUE", true},
	{"1.3 ruolo P T D R", "ruolo=\"P\"", "ruolo=\"X\"", "REPORT_VALUE", true},
	{"1.3 lib_dip L D C P", "lib_dip=\"D\"", "lib_dip=\"X\"", "REPORT_VALUE", true},
	{"1.3 part_reclutato 1 / 0", "part_reclutato=\"0\"", "part_reclutato=\"no\"", "REPORT_VALUE", true},
	{"1.3 sponsor's characters", "ACME S.p.A.", "ACME &amp; C.", "REPORT_VALUE", true},
	{"1.3 cred_acq: 04.0 ok", "cred_acq=\"4.0\"", "cred_acq=\"04.0\"", NULL, false},
	{"1.3 data_acq required", " data_acq=\"2026-02-03\"", "", "REPORT_ATTRIBUTE_MISSING", true},
	{"1.3 cod_prof up to 2 digits", "cod_prof=\"14\"", "cod_prof=\"114\"", "REPORT_VALUE", true},
	{"1.3 disciplina up to 3 digits", "<disciplina>85<", "<disciplina>1085<", "REPORT_VALUE", true},
	/* 1.4 */
	{"1.4 cod_tipologia_form 11", "cod_tipologia_form=\"10\"", "cod_tipologia_form=\"11\"", NULL, false},
	/* 1.6, refused by the schema */
	{"1.6 refused: accented names", "nome=\"MARIO\"", "nome=\"NICCOL&#210;\"", "REPORT_VALUE", true},
	{"1.6 refused: credits with 0 decimals", "cred_acq=\"4.0\"", "cred_acq=\"4\"", "REPORT_VALUE", true},
	{"1.6 refused: credits with 2 decimals", "cred_acq=\"4.0\"", "cred_acq=\"4.25\"", "REPORT_VALUE", true},
	{"1.6 refused: 0.0", "cred_acq=\"4.0\"", "cred_acq=\"0.0\"", "REPORT_VALUE", true},
	{"1.6 refused: ore=\"4.0\"", "ore=\"4\"", "ore=\"4.0\"", "REPORT_VALUE", true},
	{"1.6 refused: 11-digit CF", "RSSMRA80A01H501U", "12345678901", "REPORT_VALUE", true},
	{"1.6 refused: cod_prof 0", "cod_prof=\"14\"", "cod_prof=\"0\"", "REPORT_VALUE", true},
	{"1.6 refused: Italian dates", "data_acq=\"2026-02-03\"", "data_acq=\"03/02/2026\"", "REPORT_VALUE", true},
	{"1.6 refused: sponsor=\"\"", "lib_dip=\"D\"", "lib_dip=\"D\" sponsor=\"\"", "REPORT_VALUE", true},
	{"1.6 refused: cod_tipologia_form 12", "cod_tipologia_form=\"10\"", "cod_tipologia_form=\"12\"", "REPORT_VALUE", true},
	/* 1.6, let through by the schema: our own */
	{"1.6 not caught: wrong CF check letter", "RSSMRA80A01H501U", "RSSMRA80A01H501V", "CF_CHECK_LETTER", false},
	{"1.6 not caught: CF duplicates that differ by case", "BNCNNA70A41H501P", "rssmra80a01h501u", "REPORT_PERSON_TWICE", false},
	{"1.6 not caught: part_reclutato=1 without sponsor", "sponsor=\"ACME S.p.A.\"", "", "REPORT_SPONSOR_MISSING", false},
	{"1.6 not caught: a sponsor of nobody recruited", "part_reclutato=\"1\"", "part_reclutato=\"0\"", "REPORT_SPONSOR_WITHOUT", false},
	{"1.6 not caught: data_acq before data_ini", "data_acq=\"2026-02-03\"", "data_acq=\"2026-01-11\"", "REPORT_DATE_OUTSIDE", false},
	{"1.6 not caught: data_acq after data_fine", "data_acq=\"2026-02-03\"", "data_acq=\"2026-07-01\"", "REPORT_DATE_OUTSIDE", false},
	{"1.6 not caught: num_part is not the rows", "num_part=\"2\"", "num_part=\"3\"", "REPORT_NUM_PART", false},
	{"1.6 not caught: cred_acq is not crediti", "cred_acq=\"4.0\"", "cred_acq=\"4.5\"", "REPORT_CREDITS_DIFFER", false},
	{"1.6 staff has credits of its own", "cred_acq=\"3.0\"", "cred_acq=\"12.0\"", NULL, false},
	{"1.6 not caught: missing cod_edi", " cod_edi=\"1\"", "", "REPORT_EDITION_MISSING", false},
	{"1.6 not caught: unknown profession", "cod_prof=\"14\"", "cod_prof=\"31\"", "REPORT_PROFESSION", false},
	{"1.6 not caught: unknown discipline", "<disciplina>85<", "<disciplina>999<", "REPORT_DISCIPLINE", false},
	{"1.6 not caught: discipline of another profession", "<disciplina>85<", "<disciplina>58<", "REPORT_DISCIPLINE", false},
};

static char *replaced(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(text, *from ? from : "\x01", strcmp(from, "dataroot>") == 0 ? -1 : 2);
	assert_true(!*from || parts[1]);
	return g_strjoinv(to, parts);
}

static void every_row(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		struct report_file file = {0};
		struct faults faults;
		faults_init(&faults, 20);
		g_autofree char *xml = replaced(sound, changes[i].from, changes[i].to);
		assert_true(read_text(xml, &file, &faults));
		faults_are(&faults, changes[i].code, changes[i].row);
		if (schema_valid(xml, strlen(xml)) != !changes[i].by_schema) {
			fail_msg("%s: the schema %s it", changes[i].row, changes[i].by_schema ? "takes" : "refuses");
		}
		report_file_finish(&file);
		faults_finish(&faults);
	}
}

static void faults_tell_person_and_line(void **state)
{
	struct report_file file;
	struct faults faults;
	faults_init(&faults, 20);
	g_autofree char *xml = replaced(sound, "cred_acq=\"4.0\"", "\ncred_acq=\"4.5\"");
	assert_true(read_text(xml, &file, &faults));
	const struct problem *problem = &g_array_index(faults.list, struct problem, 0);
	assert_string_equal(problem->where, "ROSSI MARIO (RSSMRA80A01H501U), cred_acq");
	assert_int_equal(problem->line, 3);
	report_file_finish(&file);
	faults_finish(&faults);
}

static const struct {
	const char *row; /* ECM 1.7 */
	const char *from, *to, *code;
} accredited[] = {
	{"as accredited", "", "", NULL},
	{"cod_evento", "cod_evento=\"99999\"", "cod_evento=\"99998\"", "REPORT_EVENT_DIFFERS"},
	{"cod_edi", "cod_edi=\"1\"", "cod_edi=\"2\"", "REPORT_EVENT_DIFFERS"},
	{"cod_org", "cod_org=\"999\"", "cod_org=\"998\"", "REPORT_EVENT_DIFFERS"},
	{"cod_accr", "cod_accr=\"090\"", "cod_accr=\"050\"", "REPORT_EVENT_DIFFERS"},
	{"data_ini", "data_ini=\"2026-01-12\"", "data_ini=\"2026-01-13\"", "REPORT_EVENT_DIFFERS"},
	{"data_fine", "data_fine=\"2026-06-30\"", "data_fine=\"2026-07-30\"", "REPORT_EVENT_DIFFERS"},
	{"crediti", " crediti=\"4.0\"", " crediti=\"6.0\"", "REPORT_EVENT_DIFFERS"},
	{"crediti written otherwise", " crediti=\"4.0\"", " crediti=\"04.0\"", NULL},
	{"ore", "ore=\"4\"", "ore=\"5\"", "REPORT_EVENT_DIFFERS"},
	{"tipo_form", "tipo_form=\"1\"", "tipo_form=\"2\"", "REPORT_EVENT_DIFFERS"},
	{"tipo_eve", "tipo_eve=\"P\"", "tipo_eve=\"E\"", "REPORT_EVENT_DIFFERS"},
	{"cod_obi", "cod_obi=\"17\"", "cod_obi=\"35\"", "REPORT_EVENT_DIFFERS"},
	{"cod_tipologia_form", "cod_tipologia_form=\"10\"", "cod_tipologia_form=\"11\"", "REPORT_EVENT_DIFFERS"},
	{"num_part within the accredited", "num_part=\"2\"", "num_part=\"60000\"", NULL},
	{"num_part above the accredited", "num_part=\"2\"", "num_part=\"60001\"", "REPORT_TOO_MANY"},
};

static void event_as_accredited(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(accredited); i++) {
		struct ecm_event event = sample_event();
		struct report_file file;
		struct faults ignored, faults;
		faults_init(&ignored, 20);
		faults_init(&faults, 20);
		g_autofree char *xml = replaced(sound, accredited[i].from, accredited[i].to);
		assert_true(read_text(xml, &file, &ignored));
		report_check_event(&file, &event, &faults);
		faults_are(&faults, accredited[i].code, accredited[i].row);
		report_file_finish(&file);
		faults_finish(&faults);
		faults_finish(&ignored);
	}
}

/* ECM 1.7: types 1 and 5 stand for each other in a RES course, and nowhere else; professions of role P only. */
static void exceptions_of_the_accrediting_system(void **state)
{
	static const struct {
		int form;
		guint accredited;
		const char *said, *code;
	} types[] = {{3, 1, "5", NULL}, {3, 5, "1", NULL}, {3, 1, "2", "REPORT_EVENT_DIFFERS"}, {4, 1, "5", "REPORT_EVENT_DIFFERS"}};
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		struct ecm_event event = sample_event();
		struct report_file file;
		struct faults ignored, faults;
		faults_init(&ignored, 20);
		faults_init(&faults, 20);
		event.tipo_form = (enum ecm_form)types[i].form;
		event.cod_tipologia_form = types[i].accredited;
		g_autofree char *form = g_strdup_printf("tipo_form=\"%d\"", types[i].form);
		g_autofree char *kind = g_strdup_printf("cod_tipologia_form=\"%s\"", types[i].said);
		g_autofree char *half = replaced(sound, "tipo_form=\"1\"", form);
		g_autofree char *xml = replaced(half, "cod_tipologia_form=\"10\"", kind);
		assert_true(read_text(xml, &file, &ignored));
		report_check_event(&file, &event, &faults);
		faults_are(&faults, types[i].code, kind);
		report_file_finish(&file);
		faults_finish(&faults);
		faults_finish(&ignored);
	}
	struct ecm_event event = sample_event();
	struct report_file file;
	struct faults faults;
	faults_init(&faults, 20);
	assert_true(ecm_accredited_parse(&event, "1.58 5"));
	assert_true(read_text(sound, &file, &faults));
	report_check_event(&file, &event, &faults);
	assert_int_equal(faults.list->len, 2); /* 14.85 of a participant, 1.59; the teacher's 14.85 is no matter */
	assert_string_equal(g_array_index(faults.list, struct problem, 0).code, "REPORT_NOT_ACCREDITED");
	assert_non_null(strstr(g_array_index(faults.list, struct problem, 0).it, "1.59"));
	assert_non_null(strstr(g_array_index(faults.list, struct problem, 1).where, "RSSMRA80A01H501U"));
	report_file_finish(&file);
	faults_finish(&faults);
}

static void names_of_files(void **state)
{
	static const char *const names[][2] = { /* ECM 1.7 */
		{"report-20260203-1015.XML", "REPORT_UNSIGNED"},
		{"report-20260203-1015.xml", "REPORT_UNSIGNED"},
		{"report.XML.ZIP", "REPORT_UNSIGNED"},
		{"report.XML.P7M", NULL},
		{"report.XML.ZIP.P7M", NULL},
		{"mio report.XML.P7M", "REPORT_NAME_SPACES"},
		{"report.zip", "REPORT_NAME_EXTENSION"},
		{"report.csv", "REPORT_NAME_EXTENSION"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct faults faults;
		faults_init(&faults, 20);
		report_check_name(names[i][0], &faults);
		faults_are(&faults, names[i][1], names[i][0]);
		faults_finish(&faults);
	}
}

static void hostile_files(void **state)
{
	g_autoptr(GString) deep = g_string_new(NULL);
	g_autoptr(GString) wide = g_string_new("<dataroot");
	g_autoptr(GString) fat = g_string_new("<dataroot a=\"");
	for (int i = 0; i < 5000; i++) {
		g_string_append(deep, "<dataroot>");
		g_string_append_printf(wide, " a%d=\"1\"", i);
		g_string_append(fat, "aaaaaaaaaa");
	}
	g_string_append(wide, "/>");
	g_string_append(fat, "\"/>");
	const char *const files[][2] = {
		{"", "REPORT_NOT_XML"},
		{"non è XML", "REPORT_NOT_XML"},
		{"<dataroot>", "REPORT_NOT_XML"},
		{"<dataroot><evento></dataroot>", "REPORT_NOT_XML"},
		{"<?xml version=\"1.0\"?><!DOCTYPE dataroot [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><dataroot>&b;</dataroot>", "REPORT_DOCTYPE"},
		{"<!DOCTYPE dataroot SYSTEM \"file:///etc/passwd\"><dataroot/>", "REPORT_DOCTYPE"},
		{"<dataroot>&passwd;</dataroot>", "REPORT_NOT_XML"},
		{deep->str, "REPORT_XML_LIMIT"},
		{wide->str, "REPORT_XML_LIMIT"},
		{fat->str, "REPORT_XML_LIMIT"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		struct report_file file = {0};
		struct faults faults;
		faults_init(&faults, 20);
		assert_false(read_text(files[i][0], &file, &faults));
		assert_null(file.lines);
		faults_are(&faults, files[i][1], "hostile");
		faults_finish(&faults);
	}
}

struct seen {
	GString *text;
};

static void see(enum report_difference what, const struct report_line *first, const struct report_line *second, unsigned fields, void *data)
{
	struct seen *seen = data;
	g_string_append_printf(seen->text, "%d %s", what, report_line_value(first ? first : second, FIELD_COD_FISC));
	for (guint i = 0; i < REPORT_PERSON_FIELDS; i++) {
		if (fields >> i & 1) {
			g_string_append_printf(seen->text, " %s:%s>%s", report_field_name((enum report_field)(i + REPORT_EVENT_FIELDS)),
				first->value[i], second->value[i]);
		}
	}
	g_string_append_c(seen->text, '\n');
}

static void what_differs(void **state)
{
	struct report_file first, second;
	struct faults faults;
	struct seen seen = {g_string_new(NULL)};
	faults_init(&faults, 20);
	g_autofree char *gone = replaced(sound, ROW_3, "");
	g_autofree char *case_apart = replaced(gone, "RSSMRA80A01H501U", "rssmra80a01h501u");
	g_autofree char *credits = replaced(case_apart, "cred_acq=\"4.0\"", "cred_acq=\"04.0\"");
	g_autofree char *order = replaced(credits, "<disciplina>58</disciplina><disciplina>59</disciplina>",
		"<disciplina>59</disciplina><disciplina>58</disciplina>");
	g_autofree char *changed = replaced(order, "nome=\"ANNA\"", "nome=\"ANNA MARIA\"");
	assert_true(read_text(sound, &first, &faults));
	assert_true(read_text(changed, &second, &faults));
	assert_int_equal(report_compare(&first, &second, see, &seen), 0);
	assert_string_equal(seen.text->str, "2 BNCNNA70A41H501P nome:ANNA>ANNA MARIA\n"
					    "2 RSSMRA80A01H501U cod_fisc:RSSMRA80A01H501U>rssmra80a01h501u\n"
					    "0 VRDLCU60A41H501G\n");
	g_string_truncate(seen.text, 0);
	assert_int_equal(report_compare(&first, &first, see, &seen), 3);
	assert_int_equal(seen.text->len, 0);
	g_string_free(seen.text, TRUE);
	report_file_finish(&first);
	report_file_finish(&second);
	faults_finish(&faults);
}

/* ECM 1.10: another version is a file. */
static void versions_are_data(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("fad-schema-XXXXXX", NULL);
	g_autofree char *schemas = g_build_filename(folder, "report-schemas", NULL);
	g_autofree char *path = g_build_filename(schemas, "1.18.json", NULL);
	g_autofree char *source = g_build_filename(g_getenv("FAD_SOURCE"), "server", "data", "report_1.16.json", NULL);
	g_autofree char *text = NULL;
	struct problem problem;
	g_mkdir_with_parents(schemas, 0700);
	assert_true(g_file_get_contents(source, &text, NULL, NULL));
	g_autofree char *newer = replaced(text, "\"version\": \"1.16\"", "\"version\": \"1.18\"");
	g_autofree char *renamed = replaced(newer, "{\"name\": \"nome\", \"type\": \"name\"}", "{\"name\": \"nome_proprio\", \"from\": \"nome\", \"type\": \"name\"}");
	g_autofree char *constant = replaced(renamed, "{\"name\": \"cod_evento\"", "{\"name\": \"versione\", \"value\": \"1.18\", \"type\": \"code20\"}, {\"name\": \"cod_evento\"");
	assert_true(g_file_set_contents(path, constant, -1, NULL));
	struct report_schema *loaded = report_schema_load(folder, "1.18", &problem);
	assert_non_null(loaded);
	assert_string_equal(loaded->levels[LEVEL_EVENT].attributes[0].name, "versione");
	assert_string_equal(loaded->levels[LEVEL_PERSON].attributes[1].name, "nome_proprio");
	assert_int_equal(loaded->levels[LEVEL_PERSON].attributes[1].field, FIELD_NOME);
	report_schema_destroy(loaded);
	static const char *const bad[][2] = {
		{"\"type\": \"name\"", "\"type\": \"nobody\""},
		{"\"name\": \"lib_dip\"", "\"name\": \"unheard_of\""},
		{"[PTDR]", "[PTDR"},
		{"\"kind\": \"date\"", "\"kind\": \"day\""},
		{"\"version\": \"1.18\"", "\"version\": \"1.19\""},
		{"\"text\": \"positive3\", ", ""},
		{"\"levels\"", "levels"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *wrong = replaced(constant, bad[i][0], bad[i][1]);
		assert_true(g_file_set_contents(path, wrong, -1, NULL));
		assert_null(report_schema_load(folder, "1.18", &problem));
		assert_string_equal(problem.code, "REPORT_SCHEMA_INVALID");
	}
	assert_null(report_schema_load(folder, "../../etc/passwd", &problem));
	assert_string_equal(problem.code, "REPORT_SCHEMA_UNKNOWN");
	remove(path);
	remove(schemas);
	remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(faults_tell_person_and_line),
		cmocka_unit_test(event_as_accredited),
		cmocka_unit_test(exceptions_of_the_accrediting_system),
		cmocka_unit_test(names_of_files),
		cmocka_unit_test(hostile_files),
		cmocka_unit_test(what_differs),
		cmocka_unit_test(versions_are_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
