/* Foreign item files: what is imported, and what is refused with its line and code. Files: tests/assessment/items. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "tests/assessment/reading.h"

static void gift(void **state)
{
	struct reading reading;
	read_file("trappole.gift", &reading);
	assert_int_equal(reading.count.imported, 10);
	assert_int_equal(reading.count.refused, 3);
	const struct bank_item *items = reading.bank->items;
	assert_string_equal(reading.bank->areas[0].name_it, "Consenso");
	assert_int_equal(items[0].key, 2);
	assert_string_equal(items[0].options[1].text, "L'assistito");
	assert_int_equal(items[1].key, 1);
	assert_string_equal(items[2].stem, "Il comando \"::\" non è un titolo");
	assert_int_equal(items[2].key, 2);
	assert_string_equal(items[3].stem, "Quale segno apre un insieme {a, b}?");
	assert_string_equal(items[3].options[0].text, "{ la graffa");
	assert_string_equal(items[3].options[2].text, "= l'uguale");
	assert_int_equal(items[4].type, ITEM_MULTIPLE);
	assert_int_equal(items[4].key, 3);
	assert_string_equal(items[4].stem, "Che cosa serve?"); /* no script */
	assert_reads(items[4].options[0].text, "La firma digitale");
	assert_string_equal(items[5].stem, "Il documento va inviato entro _____ giorni.");
	assert_fault(&reading, "IMPORT_WEIGHTS", "Pesi sbagliati", 24);
	assert_int_equal(items[6].type, ITEM_MATCH);
	assert_int_equal(items[7].type, ITEM_TEXT_ENTRY);
	assert_false(items[7].slots[0].answers[0].is_number);
	assert_true(items[8].slots[0].answers[0].is_number);
	assert_int_equal(items[9].type, ITEM_EXTENDED_TEXT);
	assert_fault(&reading, "IMPORT_SYNTAX", "Aperta", 34);
	assert_fault(&reading, "IMPORT_COMPOSITE", "Doppia", 36);
	assert_fault(&reading, "IMPORT_SCRIPT", "Più risposte", 0);
	done(&reading);
}

static void aiken(void **state)
{
	struct reading reading;
	read_file("due-buoni.aiken", &reading);
	assert_int_equal(reading.count.imported, 2);
	assert_int_equal(reading.count.refused, 3);
	assert_int_equal(reading.bank->items[0].option_count, 3);
	assert_int_equal(reading.bank->items[0].key, 2);
	assert_string_equal(reading.bank->items[1].options[1].text, "Il medico, con motivazione");
	assert_fault(&reading, "IMPORT_KEY", "", 12);
	assert_fault(&reading, "IMPORT_KEY", "", 17);
	assert_fault(&reading, "IMPORT_ITEM", "", 21);
	done(&reading);
}

static void moodle(void **state)
{
	struct reading reading;
	read_file("quiz.xml", &reading);
	assert_int_equal(reading.count.imported, 4);
	assert_int_equal(reading.count.refused, 3);
	const struct bank_item *items = reading.bank->items;
	assert_true(rich_is(items[0].stem));
	assert_reads(items[0].stem, "Con chi si condividono\nle credenziali?");
	assert_string_equal(items[0].options[0].text, "Con nessuno è la regola");
	assert_string_equal(items[0].explanation, "Mai.");
	assert_false(items[0].shuffle);
	assert_int_equal(items[1].type, ITEM_MULTIPLE);
	assert_int_equal(items[1].key, 7);
	assert_int_equal(items[2].type, ITEM_TRUE_FALSE);
	assert_int_equal(items[2].key, 1);
	assert_int_equal(items[3].type, ITEM_EXTENDED_TEXT);
	assert_int_equal(items[3].state, POOL_DRAFT);
	assert_fault(&reading, "IMPORT_COMPOSITE", "Cloze", 25);
	assert_fault(&reading, "IMPORT_MEDIA", "Figura", 27);
	assert_fault(&reading, "IMPORT_KEY", "Senza chiave", 32);
	done(&reading);
}

static void qti(void **state)
{
	struct reading reading;
	read_file("scelta-qti22.xml", &reading);
	assert_int_equal(reading.count.imported, 1);
	assert_string_equal(reading.bank->items[0].id, "Q22");
	assert_string_equal(
		reading.bank->items[0].stem, "Un assistito chiede di oscurare un referto.\nChi lo può fare?");
	assert_reads(reading.bank->items[0].options[1].text, "L'assistito stesso");
	assert_int_equal(reading.bank->items[0].key, 2);
	assert_true(reading.bank->items[0].shuffle);
	done(&reading);
	read_file("scelta-qti3.xml", &reading);
	assert_int_equal(reading.count.imported, 1);
	assert_int_equal(reading.bank->items[0].type, ITEM_MULTIPLE);
	assert_int_equal(reading.bank->items[0].key, 5);
	assert_false(reading.bank->items[0].shuffle);
	done(&reading);
}

/* What Moodle has besides choices. */
static void moodle_more(void **state)
{
	static const char text[] =
		"<quiz><question type=\"shortanswer\"><name><text>Breve</text></name><questiontext><text>PIN?</text></questiontext>"
		"<usecase>0</usecase><answer fraction=\"100\"><text>PIN</text></answer><answer fraction=\"50\"><text>codice</text>"
		"</answer></question>\n<question type=\"numerical\"><name><text>N</text></name><questiontext><text>Giorni?</text>"
		"</questiontext><answer fraction=\"100\"><text>5</text><tolerance>0.5</tolerance></answer></question>\n"
		"<question type=\"matching\"><name><text>A</text></name><questiontext><text>Abbina</text></questiontext>"
		"<subquestion><text>uno</text><answer><text>1</text></answer></subquestion><subquestion><text>due</text><answer>"
		"<text>2</text></answer></subquestion><subquestion><text></text><answer><text>3</text></answer></subquestion>"
		"</question>\n<question type=\"ordering\"><name><text>O</text></name><questiontext><text>Ordina</text></questiontext>"
		"<answer><text>prima</text></answer><answer><text>poi</text></answer></question>\n<question type=\"ddwtos\"><name>"
		"<text>G</text></name><questiontext><text>Il [[2]] e la [[1]]</text></questiontext><dragbox><text>luna</text>"
		"<group>1</group></dragbox><dragbox><text>sole</text><group>1</group></dragbox></question>\n"
		"<question type=\"shortanswer\"><name><text>Jolly</text></name><questiontext><text>?</text></questiontext>"
		"<answer fraction=\"100\"><text>a*</text></answer></question></quiz>";
	struct reading reading;
	read_text(text, strlen(text), &reading);
	assert_int_equal(reading.count.imported, 5);
	const struct bank_item *items = reading.bank->items;
	assert_int_equal(items[0].type, ITEM_TEXT_ENTRY);
	assert_true(items[0].slots[0].answers[1].score == 0.5 && items[0].partial);
	assert_true(items[1].slots[0].answers[0].number == 5 && items[1].slots[0].answers[0].tolerance == 0.5);
	assert_int_equal(items[2].slot_count, 2);
	assert_int_equal(items[2].option_count, 3);
	assert_int_equal(items[2].slots[1].key, 2);
	assert_int_equal(items[3].sequence[1], 1);
	assert_string_equal(items[4].stem, "Il [[g1]] e la [[g2]]");
	assert_int_equal(items[4].slots[0].key, 2);
	assert_fault(&reading, "IMPORT_RULES", "Jolly", 6);
	done(&reading);
}

/* A pool of Blackboard in QTI 1.2. */
static void blackboard(void **state)
{
	struct reading reading;
	read_file("blackboard.dat", &reading);
	assert_int_equal(reading.count.imported, 10);
	assert_int_equal(reading.count.refused, 2);
	const struct bank_item *items = reading.bank->items;
	assert_string_equal(reading.bank->areas[0].name_it, "Fascicolo");
	assert_int_equal(items[0].type, ITEM_TRUE_FALSE);
	assert_int_equal(items[0].key, 2);
	assert_int_equal(items[1].type, ITEM_SINGLE);
	assert_string_equal(items[1].stem, "Chi esprime il consenso?");
	assert_string_equal(items[1].options[1].text, "L'assistito");
	assert_int_equal(items[1].key, 2);
	assert_int_equal(items[2].type, ITEM_MULTIPLE);
	assert_int_equal(items[2].key, 5);
	assert_int_equal(items[3].type, ITEM_MATCH);
	assert_string_equal(items[3].slots[0].text, "Referto");
	assert_string_equal(items[3].options[2].text, "Farmacista");
	assert_int_equal(items[3].slots[0].key, 2);
	assert_int_equal(items[3].slots[1].key, 1);
	assert_int_equal(items[4].type, ITEM_ORDER);
	assert_int_equal(items[4].sequence[0], 1);
	assert_int_equal(items[4].sequence[1], 0);
	assert_int_equal(items[5].slots[0].answer_count, 2);
	assert_string_equal(items[6].stem, "Il [[g1]] firma il [[g2]].");
	assert_int_equal(items[6].slots[0].answer_count, 2);
	assert_false(items[6].slots[0].case_matters);
	assert_true(items[6].slots[1].case_matters);
	assert_true(items[7].slots[0].answers[0].number == 5 && items[7].slots[0].answers[0].tolerance == 0.5);
	assert_string_equal(items[8].options[0].text, "Sì");
	assert_int_equal(items[8].key, 1);
	assert_true(items[9].type == ITEM_EXTENDED_TEXT && items[9].state == POOL_DRAFT);
	assert_fault(&reading, "IMPORT_TYPE", "CA1", 0);
	assert_fault(&reading, "IMPORT_KEY", "SK1", 0);
	done(&reading);
}

/* The format before it. */
static void blackboard_pool(void **state)
{
	struct reading reading;
	read_file("blackboard-pool.dat", &reading);
	assert_int_equal(reading.count.imported, 6);
	assert_int_equal(reading.count.refused, 1);
	const struct bank_item *items = reading.bank->items;
	assert_int_equal(items[0].key, 2);
	assert_string_equal(items[1].options[1].text, "L’assistito");
	assert_int_equal(items[1].key, 2);
	assert_int_equal(items[2].key, 5);
	assert_int_equal(items[3].slots[1].key, 2);
	assert_string_equal(items[4].slots[0].answers[0].text, "PIN");
	assert_true(items[5].type == ITEM_EXTENDED_TEXT && items[5].state == POOL_DRAFT);
	assert_string_equal(items[0].explanation, "Bene\nRileggi il testo");
	assert_fault(&reading, "IMPORT_KEY", "q7", 0);
	done(&reading);
}

/* Others write the same format with words of their own. */
static void qti12_of_others(void **state)
{
	static const char text[] =
		"<questestinterop><assessment title=\"Prova\"><section><item ident=\"c1\" title=\"Scelta\"><itemmetadata><qtimetadata>"
		"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>multiple_choice_question</fieldentry>"
		"</qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext texttype=\"text/html\">&lt;p&gt;Chi?"
		"&lt;/p&gt;</mattext></material><response_lid ident=\"r\" rcardinality=\"Single\"><render_choice><response_label "
		"ident=\"1\"><material><mattext texttype=\"text/plain\">a &lt; b</mattext></material></response_label><response_label "
		"ident=\"2\"><material><mattext>altro</mattext></material></response_label></render_choice></response_lid>"
		"</presentation><resprocessing><outcomes><decvar maxvalue=\"100\" minvalue=\"0\" varname=\"SCORE\"/></outcomes>"
		"<respcondition continue=\"No\"><conditionvar><varequal respident=\"r\">1</varequal></conditionvar><setvar "
		"action=\"Set\" varname=\"SCORE\">100</setvar></respcondition></resprocessing></item>"
		"<item ident=\"c2\"><presentation><material><mattext>Abbina</mattext></material>"
		"<response_lid ident=\"x\"><material><mattext>uno</mattext></material><render_choice><response_label ident=\"7\"><material>"
		"<mattext>I</mattext></material></response_label><response_label ident=\"8\"><material><mattext>II</mattext></material>"
		"</response_label></render_choice></response_lid><response_lid ident=\"y\"><material><mattext>due</mattext></material>"
		"<render_choice><response_label ident=\"7\"><material><mattext>I</mattext></material></response_label><response_label "
		"ident=\"8\"><material><mattext>II</mattext></material></response_label></render_choice></response_lid></presentation>"
		"<resprocessing><outcomes><decvar maxvalue=\"100\" varname=\"SCORE\"/></outcomes><respcondition><conditionvar><varequal "
		"respident=\"x\">7</varequal></conditionvar><setvar action=\"Add\" varname=\"SCORE\">50.00</setvar></respcondition>"
		"<respcondition><conditionvar><varequal respident=\"y\">8</varequal></conditionvar><setvar action=\"Add\" "
		"varname=\"SCORE\">50.00</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>";
	struct reading reading;
	read_text(text, strlen(text), &reading);
	assert_int_equal(reading.count.imported, 2);
	const struct bank_item *items = reading.bank->items;
	assert_string_equal(items[0].stem, "Chi?");
	assert_string_equal(items[0].options[0].text, "a < b");
	assert_int_equal(items[0].key, 1);
	assert_string_equal(items[1].stem, "Abbina");
	assert_string_equal(items[1].slots[1].text, "due");
	assert_int_equal(items[1].slots[0].key, 1);
	assert_int_equal(items[1].slots[1].key, 2);
	done(&reading);
}

/* Aiken as others write it: no blank after the letter. */
static void aiken_without_blanks(void **state)
{
	static const char text[] = "E.coli o altro?\nB) non è un'opzione\nA)Sì\nB)No\nANSWER: B\n\nA) orfana\n\nANSWER: A\n\n"
				   "Una sola?\nA) sola\nANSWER: A\n";
	struct reading reading;
	read_text(text, strlen(text), &reading);
	done(&reading);
	static const char good[] = "E.coli o altro?\nA)Sì\nB.No\nANSWER: B\n";
	read_text(good, strlen(good), &reading);
	assert_int_equal(reading.count.imported, 1);
	assert_string_equal(reading.bank->items[0].stem, "E.coli o altro?");
	assert_string_equal(reading.bank->items[0].options[1].text, "No");
	assert_int_equal(reading.bank->items[0].key, 2);
	done(&reading);
}

#define OUTCOME(name, value)                                                                                 \
	"<outcomeDeclaration identifier=\"" name "\" cardinality=\"single\" baseType=\"float\"><defaultValue><value>" value \
	"</value></defaultValue></outcomeDeclaration>"

/* Rules that reach the score by way of other outcomes, as item editors write them. */
static void qti_rules_of_editors(void **state)
{
	static const char match[] =
		"<assessmentItem identifier=\"M\"><responseDeclaration identifier=\"R\" cardinality=\"multiple\" baseType=\"directedPair\">"
		"<correctResponse><value>a x</value><value>b y</value></correctResponse></responseDeclaration>" OUTCOME("SCORE", "0.0")
		OUTCOME("MAXSCORE", "2.0") "<itemBody><div>Abbina<br/>bene</div><matchInteraction responseIdentifier=\"R\" shuffle=\"true\" "
		"maxAssociations=\"0\"><simpleMatchSet><simpleAssociableChoice identifier=\"a\" matchMax=\"1\">A</simpleAssociableChoice>"
		"<simpleAssociableChoice identifier=\"b\" matchMax=\"1\">B</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>"
		"<simpleAssociableChoice identifier=\"x\" matchMax=\"1\">X</simpleAssociableChoice><simpleAssociableChoice identifier=\"y\" "
		"matchMax=\"1\">Y</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody><responseProcessing>"
		"<responseCondition><responseIf><isNull><variable identifier=\"R\"/></isNull><setOutcomeValue identifier=\"F\"><baseValue "
		"baseType=\"identifier\">empty</baseValue></setOutcomeValue></responseIf><responseElseIf><match><variable identifier=\"R\"/>"
		"<correct identifier=\"R\"/></match><setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/><variable "
		"identifier=\"MAXSCORE\"/></sum></setOutcomeValue></responseElseIf><responseElse><setOutcomeValue identifier=\"F\"><baseValue "
		"baseType=\"identifier\">no</baseValue></setOutcomeValue></responseElse></responseCondition><setOutcomeValue "
		"identifier=\"G\"><and><match><baseValue baseType=\"identifier\">no</baseValue><variable identifier=\"F\"/></match></and>"
		"</setOutcomeValue></responseProcessing></assessmentItem>";
	static const char number[] =
		"<assessmentItem identifier=\"N\"><responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"float\">"
		"<correctResponse><value>200</value></correctResponse></responseDeclaration>" OUTCOME("SCORE", "0") "<itemBody><p>Quanti?</p>"
		"<div><textEntryInteraction responseIdentifier=\"R\"/> metri</div></itemBody><responseProcessing><responseCondition><responseIf>"
		"<equal toleranceMode=\"relative\" tolerance=\"5.0\"><correct identifier=\"R\"/><variable identifier=\"R\"/></equal>"
		"<setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/><baseValue baseType=\"float\">1</baseValue></sum>"
		"</setOutcomeValue></responseIf></responseCondition></responseProcessing></assessmentItem>";
	struct reading reading;
	read_text(match, strlen(match), &reading);
	assert_int_equal(reading.count.imported, 1);
	assert_int_equal(reading.bank->items[0].type, ITEM_MATCH);
	assert_false(reading.bank->items[0].partial);
	assert_int_equal(reading.bank->items[0].slots[1].key, 2);
	assert_string_equal(reading.bank->items[0].stem, "Abbina\nbene");
	done(&reading);
	read_text(number, strlen(number), &reading);
	assert_int_equal(reading.count.imported, 1);
	assert_string_equal(reading.bank->items[0].stem, "Quanti?\n[[g1]] metri");
	assert_true(reading.bank->items[0].slots[0].answers[0].number - 200 < 1e-6);
	assert_true(reading.bank->items[0].slots[0].answers[0].tolerance - 10 < 1e-6);
	done(&reading);
}

/* A bank as large as it may be, and one item more: all that fit come in, and the rest is told. */
static void a_hundred_thousand_items(void **state)
{
	g_autoptr(GString) csv = g_string_new(IMPORT_CSV_HEAD "\n");
	for (guint i = 0; i <= BANK_ITEMS_MAX; i++) {
		g_string_append_printf(csv, "Q%u;a;A;1;true_false;S%u?;;true;;\n", i, i);
	}
	struct reading reading;
	read_text(csv->str, csv->len, &reading);
	assert_int_equal(reading.count.imported, BANK_ITEMS_MAX);
	assert_int_equal(reading.count.refused, 1);
	assert_fault(&reading, "IMPORT_ITEM", "Q100000", BANK_ITEMS_MAX + 2);
	done(&reading);
}

/* Two items of one name both come in, and the new name of the second is told. */
static void duplicate_identifiers(void **state)
{
	static const char csv[] = IMPORT_CSV_HEAD "\nX;a;A;1;true_false;Uno?;;true;;\nX;a;A;1;true_false;Due?;;true;;\n";
	struct reading reading;
	read_text(csv, strlen(csv), &reading);
	assert_int_equal(reading.count.imported, 2);
	assert_string_equal(reading.bank->items[1].id, "X-2");
	assert_fault(&reading, "IMPORT_RENAMED", "X", 3);
	done(&reading);
}

#define QTI(body, more)                                                                                      \
	"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"single\">"     \
	"<correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody>" body           \
	"</itemBody>" more "</assessmentItem>"
#define CHOICE                                                                                               \
	"<choiceInteraction><prompt>P</prompt><simpleChoice identifier=\"A\">a</simpleChoice>"               \
	"<simpleChoice identifier=\"B\">b</simpleChoice></choiceInteraction>"

static void bad_files(void **state)
{
	static const struct {
		const char *text, *code;
	} rows[] = {
		{"", "IMPORT_FORMAT"},
		{"ciao", "IMPORT_FORMAT"},
		{"<!DOCTYPE html><html><body>404</body></html>", "IMPORT_WEB_PAGE"},
		{"<quiz><question type=\"multichoice\">", "IMPORT_XML"},
		{"<quiz></quiz>ciao", "IMPORT_XML"}, /* junk after the root */
		{"<quiz><question type=\"multichoice\"><name><text>Q</text></name><questiontext><text>Primi?</text></questiontext><single>false"
		 "</single><answer fraction=\"33\"><text>2</text></answer><answer fraction=\"33.33333\"><text>3</text></answer>"
		 "<answer fraction=\"-50\"><text>4</text></answer></question></quiz>",
			"IMPORT_WEIGHTS"},
		{"<questestinterop><item ident=\"q\"><presentation><response_grp ident=\"r\"/></presentation></item></questestinterop>",
			"IMPORT_TYPE"},
		{"<POOL/>", "IMPORT_NOTHING"},
		{"<quiz></quiz>", "IMPORT_NOTHING"},
		{"<!DOCTYPE q [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><quiz><question "
		 "type=\"essay\"><name><text>&x;"
		 "</text></name></question></quiz>",
			"IMPORT_ENTITY"},
		{"<!DOCTYPE q [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		 "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><quiz>&c;</quiz>",
			"IMPORT_ENTITY"},
		{QTI(CHOICE CHOICE, ""), "IMPORT_COMPOSITE"},
		{QTI("<hotspotInteraction/>", ""), "IMPORT_TYPE"},
		{QTI(CHOICE, "<responseProcessing template=\"http://x/map_response.xml\"/>"), "IMPORT_KEY"},
		{QTI(CHOICE, "<responseProcessing template=\"http://x/map_response_point.xml\"/>"), "IMPORT_RULES"},
		{QTI(CHOICE,
			 "<responseProcessing><responseCondition><responseIf><not><match/></not></responseIf>"
			 "</responseCondition></responseProcessing>"),
			"IMPORT_RULES"},
		{QTI("<p>nulla</p>", ""), "IMPORT_TYPE"},
		{"<assessmentItem identifier=\"Q\"><itemBody>" CHOICE "</itemBody></assessmentItem>",
			"IMPORT_KEY"},
		{"id;area;area_name;difficulty\nX;a;A;1\n", "IMPORT_SYNTAX"},
		{IMPORT_CSV_HEAD "\nX;a;A;1;saggio;S?;x|y;a;;\n", "IMPORT_TYPE"},
		{IMPORT_CSV_HEAD "\nX;a;A;9;single;S?;x|y;a;;\n", "IMPORT_ITEM"},
		{IMPORT_CSV_HEAD "\nX;a;A;1;single;S?;x|y;q;;\n", "IMPORT_ITEM"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading;
		read_text(rows[i].text, strlen(rows[i].text), &reading);
		assert_null(reading.bank);
		assert_fault(&reading, rows[i].code, "", 0);
		done(&reading);
	}
}

/* What a reader is cut off from at any byte neither crashes it nor makes a bank that is not good. */
static void every_prefix(void **state)
{
	static const char *const names[] = {
		"trappole.gift", "due-buoni.aiken", "quiz.xml", "scelta-qti3.xml", "blackboard.dat", "blackboard-pool.dat", "canvas.xml",
		"cloze.xml", "varianti.gift", "qti-formule.xml"};
	for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
		g_autofree char *path = g_build_filename(
			g_getenv("FAD_SOURCE"), "tests", "assessment", "items", names[n], NULL);
		g_autofree char *text = NULL;
		gsize len;
		assert_true(g_file_get_contents(path, &text, &len, NULL));
		for (gsize cut = 0; cut < len; cut += 1 + len / 500) {
			struct reading reading;
			g_autofree char *exact = g_memdup2(text, cut);
			read_text(cut ? exact : "", cut, &reading);
			done(&reading);
		}
	}
}

/* The demonstration's bank as CSV and back: the same items, but for the options' ids. */
static void csv_round_trip(void **state)
{
	g_autofree char *path =
		g_build_filename(g_getenv("FAD_SOURCE"), "assessment", "sample", "fse-bank.json", NULL);
	g_autofree char *text = NULL;
	gsize len;
	assert_true(g_file_get_contents(path, &text, &len, NULL));
	struct faults faults;
	faults_init(&faults, 10);
	struct bank *bank = bank_read(text, len, &faults);
	assert_non_null(bank);
	g_autofree char *csv = bank_csv(bank);
	struct reading reading;
	read_text(csv, strlen(csv), &reading);
	assert_int_equal(reading.count.refused, 0);
	assert_int_equal(reading.count.imported, bank->item_count);
	for (guint i = 0; i < bank->item_count; i++) {
		const struct bank_item *one = &bank->items[i], *two = &reading.bank->items[i];
		assert_string_equal(one->id, two->id);
		assert_string_equal(bank->areas[one->area].id, reading.bank->areas[two->area].id);
		assert_string_equal(bank->areas[one->area].name_it, reading.bank->areas[two->area].name_it);
		assert_int_equal(one->difficulty, two->difficulty);
		assert_int_equal(one->type, two->type);
		assert_int_equal(one->shuffle, two->shuffle);
		assert_int_equal(one->key, two->key);
		assert_string_equal(one->stem, two->stem);
		assert_string_equal(one->explanation, two->explanation);
		assert_int_equal(one->option_count, two->option_count);
		for (guint k = 0; k < one->option_count; k++) {
			assert_string_equal(one->options[k].text, two->options[k].text);
		}
	}
	g_autofree char *again = bank_csv(reading.bank);
	assert_string_equal(csv, again);
	done(&reading);
	bank_destroy(bank);
	faults_finish(&faults);
}

static void csv_traps(void **state)
{
	const char *csv = IMPORT_CSV_HEAD
		"\r\n"
		"X;a;Area;1;single;\"'=1+1; \"\"quanto\"\"?\nDavvero\";uno\\|due|tre;b;no;\r\n"
		"X;a;Area;2;true_false;Sì?;;false;;Perché no\r\n";
	struct reading reading;
	read_text(csv, strlen(csv), &reading);
	assert_int_equal(reading.count.imported, 2);
	assert_string_equal(reading.bank->items[0].stem, "=1+1; \"quanto\"?\nDavvero");
	assert_string_equal(reading.bank->items[0].options[0].text, "uno|due");
	assert_int_equal(reading.bank->items[0].key, 2);
	assert_string_equal(reading.bank->items[1].id, "X-2"); /* ids are made unique */
	assert_int_equal(reading.bank->items[1].key, 2);
	g_autofree char *again = bank_csv(reading.bank);
	assert_non_null(strstr(again, "\"'=1+1; \"\"quanto\"\"?")); /* no formula for a spreadsheet */
	done(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gift),
		cmocka_unit_test(aiken),
		cmocka_unit_test(moodle),
		cmocka_unit_test(moodle_more),
		cmocka_unit_test(qti),
		cmocka_unit_test(blackboard),
		cmocka_unit_test(blackboard_pool),
		cmocka_unit_test(qti12_of_others),
		cmocka_unit_test(aiken_without_blanks),
		cmocka_unit_test(qti_rules_of_editors),
		cmocka_unit_test(a_hundred_thousand_items),
		cmocka_unit_test(duplicate_identifiers),
		cmocka_unit_test(bad_files),
		cmocka_unit_test(every_prefix),
		cmocka_unit_test(csv_round_trip),
		cmocka_unit_test(csv_traps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
