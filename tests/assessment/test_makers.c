/* Items as other makers really write them: the right type, the right key, the right text, or a refusal by name. */
#include "tests/assessment/reading.h"

static const struct bank_item *item_of(const struct reading *reading, const char *id)
{
	const struct bank_item *item = reading->bank ? bank_find(reading->bank, id) : NULL;
	if (!item) {
		fail_msg("%s is not imported", id);
	}
	return item;
}

#define QTI_CHOICE(attributes, before, more)                                                                 \
	"<assessmentItem identifier=\"Q\" title=\"T\"" attributes "><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">" \
	"<correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>" before "</p><choiceInteraction "  \
	"responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b"  \
	"</simpleChoice></choiceInteraction></itemBody>" more "</assessmentItem>"
#define MAP_RESPONSE "<responseProcessing template=\"http://x/map_response\"/>"
#define SCORED(value) "<setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">" value "</baseValue></setOutcomeValue>"
#define CHOSEN(id) "<match><variable identifier=\"RESPONSE\"/><baseValue baseType=\"identifier\">" id "</baseValue></match>"

/* Canvas: lists and blanks at [places] of the text, matching with a list for each prompt, numbers as texts. */
static void canvas(void **state)
{
	struct reading reading;
	read_file("canvas.xml", &reading);
	const struct bank_item *item = item_of(&reading, "tendine");
	assert_int_equal(item->type, ITEM_INLINE_CHOICE);
	assert_string_equal(item->stem, "Il referto lo firma [[g1]], il consenso lo dà [[g2]].");
	assert_string_equal(item->slots[1].options[1].text, "l'assistito");
	assert_int_equal(item->slots[0].key, 1);
	assert_int_equal(item->slots[1].key, 2);
	item = item_of(&reading, "spazi");
	assert_int_equal(item->type, ITEM_TEXT_ENTRY);
	assert_string_equal(item->stem, "Serve il [[g1]] e poi il [[g2]].");
	assert_int_equal(item->slots[0].answer_count, 2);
	assert_false(item->slots[0].case_matters);
	assert_fault(&reading, "IMPORT_RULES", "algoritmo", 5);
	item = item_of(&reading, "abbina");
	assert_int_equal(item->option_count, 3);
	assert_string_equal(item->options[2].text, "Assistito");
	assert_int_equal(item->slots[0].key, 1);
	assert_int_equal(item->slots[1].key, 4);
	item = item_of(&reading, "una");
	assert_int_equal(item->type, ITEM_MATCH);
	assert_string_equal(item->slots[0].text, "Ricetta");
	assert_fault(&reading, "IMPORT_TYPE", "categorie", 8);
	item = item_of(&reading, "numeri");
	assert_true(item->slots[0].answers[0].number == 77 && item->slots[0].answers[0].tolerance == 7);
	assert_true(item->slots[0].answers[1].number == 12.5);
	item = item_of(&reading, "dopo-il-brano");
	assert_string_equal(item->stem, "Anna perde la tessera.\nChe cosa fa?");
	assert_int_equal(item->key, 1);
	assert_fault(&reading, "IMPORT_PARTIAL", "dopo-il-brano", 11);
	item = item_of(&reading, "somma");
	assert_int_equal(item->key, 5);
	assert_fault(&reading, "IMPORT_PARTIAL", "somma", 12);
	assert_int_equal(reading.count.refused, 2); /* the passage is part of its question */
	done(&reading);
}

/* The standard's own way: marks without a maximum, an order drawn by an extension, blanks between the texts. */
static void ims_qti12(void **state)
{
	struct reading reading;
	read_file("ims-qti12.xml", &reading);
	const struct bank_item *item = item_of(&reading, "ORDINE");
	assert_int_equal(item->type, ITEM_ORDER);
	assert_string_equal(item->stem, "In che ordine?");
	assert_int_equal(item->sequence[1], 2);
	item = item_of(&reading, "SPAZI");
	assert_string_equal(item->stem, "Completa: il [[g1]] firma il [[g2]]");
	assert_true(item->slots[0].case_matters && !item->partial);
	done(&reading);
}

#define PAIRS(interaction, correct)                                                                                         \
	"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"multiple\" baseType=\"directedPair\">" correct "</responseDeclaration><itemBody>" \
	"<" interaction " responseIdentifier=\"R\"><prompt>Abbina</prompt><simpleMatchSet><simpleAssociableChoice identifier=\"a\">Ape</simpleAssociableChoice>" \
	"</simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier=\"b\">ali</simpleAssociableChoice>"    \
	"<simpleAssociableChoice identifier=\"c\">corna</simpleAssociableChoice></simpleMatchSet>"                                  \
	"</" interaction "></itemBody></assessmentItem>"

#define LIST(response)                                                                                       \
	"<inlineChoiceInteraction responseIdentifier=\"" response "\"><inlineChoice identifier=\"a\">rosso</inlineChoice><inlineChoice identifier=\"b\">" \
	"blu</inlineChoice><inlineChoice identifier=\"c\">nero</inlineChoice></inlineChoiceInteraction>"

/* OPAL: no outcome SCORE, but one for each response; and text that stands right in the body. */
static void opal_scores(void **state)
{
	struct reading reading;
	read_file("opal.xml", &reading);
	const struct bank_item *item = item_of(&reading, "OPAL");
	assert_string_equal(item->stem, "L'identità la prova la [[g1]], il dato lo conserva il [[g2]].");
	assert_true(item->partial && item->slots[1].answers[0].number == 7);
	assert_int_equal(reading.faults.list->len, 0);
	done(&reading);
}

/* Inspera: constants as template variables, a list of choices in the text, one comment after every answer. */
static void inspera(void **state)
{
	struct reading reading;
	read_file("inspera.xml", &reading);
	const struct bank_item *item = item_of(&reading, "TENDINE");
	assert_int_equal(item->type, ITEM_INLINE_CHOICE);
	assert_string_equal(item->stem, "La firma la mette [[g1]], il consenso lo dà [[g2]].");
	assert_string_equal(item->slots[0].options[1].text, "il medico");
	assert_int_equal(item->slots[0].key, 2);
	assert_int_equal(item->slots[1].key, 1);
	assert_string_equal(item->explanation, "Lo dice la legge.");
	assert_fault(&reading, "IMPORT_MARKS", "TENDINE", 2);
	done(&reading);
}

/* ATutor: a group for each prompt; and pairs as what the standard has for pairs of one list. */
static void atutor(void **state)
{
	struct reading reading;
	read_file("atutor.xml", &reading);
	const struct bank_item *item = item_of(&reading, "COPPIE");
	assert_int_equal(item->type, ITEM_MATCH);
	assert_string_equal(item->slots[0].text, "Il referto");
	assert_int_equal(item->slots[0].key, 2);
	assert_int_equal(item->slots[1].key, 1);
	assert_fault(&reading, "IMPORT_TYPE", "GRUPPO", 13);
	done(&reading);
	static const char pairs[] = PAIRS("associateInteraction", "<correctResponse><value>a b</value></correctResponse>");
	read_text(pairs, strlen(pairs), &reading);
	assert_int_equal(item_of(&reading, "Q")->type, ITEM_MATCH);
	done(&reading);
}

/* Brightspace: it counts what is right and what is wrong, names the fields of blanks, and gives each option its place. */
static void brightspace(void **state)
{
	struct reading reading;
	read_file("brightspace.xml", &reading);
	assert_int_equal(item_of(&reading, "OBJ_SELEZIONE")->key, 5);
	assert_int_equal(item_of(&reading, "OBJ_SELEZIONE-2")->key, 5);
	assert_string_equal(item_of(&reading, "OBJ_SELEZIONE")->explanation, "Lo dice la legge.");
	const struct bank_item *item = item_of(&reading, "OBJ_SPAZI");
	assert_string_equal(item->stem, "Il [[g1]] firma il [[g2]] .");
	assert_int_equal(item->slots[1].answer_count, 2);
	assert_true(item->partial);
	item = item_of(&reading, "OBJ_COPPIE");
	assert_int_equal(item->slots[0].key, 1);
	assert_int_equal(item->slots[1].key, 2);
	item = item_of(&reading, "OBJ_ORDINE");
	assert_int_equal(item->type, ITEM_ORDER);
	assert_int_equal(item->sequence[0], 1);
	assert_int_equal(item->sequence[2], 0);
	assert_fault(&reading, "IMPORT_RULES", "OBJ_MODELLO", 6);
	assert_fault(&reading, "IMPORT_TYPE", "OBJ_DUE", 7);
	item = item_of(&reading, "OBJ_TEMA");
	assert_true(item->type == ITEM_EXTENDED_TEXT && item->state == POOL_DRAFT);
	assert_string_equal(item->stem, "Racconta");
	assert_string_equal(item->explanation, "key");
	assert_fault(&reading, "IMPORT_TYPE", "OBJ_CONTO", 11);
	assert_int_equal(reading.count.refused, 3);
	done(&reading);
}

/* TestVision: rules in another file of the package; those that it never puts there are known by name. */
static void testvision(void **state)
{
	static const char rules[] = "<responseProcessing><responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/><correct "
				    "identifier=\"RESPONSE\"/></match>" SCORED("1") "</responseIf></responseCondition></responseProcessing>";
	g_autofree char *path = g_build_filename(g_getenv("FAD_SOURCE"), "tests", "assessment", "items", "testvision.xml", NULL);
	g_autofree char *item = NULL;
	gsize len;
	assert_true(g_file_get_contents(path, &item, &len, NULL));
	const struct import_file files[] = {{"vragen/Q1.xml", item, len}, {"templates/REGOLE_NOSTRE.xml", rules, strlen(rules)}};
	struct faults faults;
	struct import_count count;
	faults_init(&faults, 10);
	g_autoptr(GHashTable) media = import_media_new();
	g_autofree char *json = import_read_files(files, G_N_ELEMENTS(files), media, &faults, &count);
	assert_int_equal(count.imported, 1);
	assert_int_equal(count.refused, 0);
	assert_int_equal(faults.list->len, 0);
	faults_finish(&faults);

	struct reading reading;
	read_text(item, len, &reading); /* without the package */
	assert_fault(&reading, "IMPORT_RULES", "REGOLE", 14);
	done(&reading);
	g_auto(GStrv) parts = g_strsplit(item, "REGOLE_NOSTRE", 2);
	g_autofree char *known = g_strjoinv("RPTEMPLATE_GF", parts);
	read_text(known, strlen(known), &reading);
	assert_int_equal(item_of(&reading, "REGOLE")->key, 2);
	assert_string_equal(item_of(&reading, "REGOLE")->explanation, "AnnoNuovo");
	done(&reading);
}

/* Why each choice is right or wrong may stand in the body itself: not to be seen by who answers. */
static void rationales(void **state)
{
	static const char item[] = QTI_CHOICE("", "Chi?</p><teacherInstructions>Leggi forte.</teacherInstructions><choiceRationales><rationale "
					      "identifier=\"A\">Giusta.</rationale></choiceRationales><p>Di' chi.", "");
	struct reading reading;
	read_text(item, strlen(item), &reading);
	assert_string_equal(item_of(&reading, "Q")->stem, "Chi?\nDi' chi.");
	assert_string_equal(item_of(&reading, "Q")->explanation, "Leggi forte.\nGiusta.");
	done(&reading);
}

/* An essay keeps the answer that is given as an example. */
static void model_answers(void **state)
{
	static const char essay[] = "<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"string\">"
				    "<correctResponse><value>a &gt; b</value></correctResponse></responseDeclaration><itemBody><p>Scrivi.</p>"
				    "<extendedTextInteraction responseIdentifier=\"R\"/></itemBody></assessmentItem>";
	struct reading reading;
	read_text(essay, strlen(essay), &reading);
	assert_int_equal(item_of(&reading, "Q")->type, ITEM_EXTENDED_TEXT);
	assert_string_equal(item_of(&reading, "Q")->explanation, "a > b");
	done(&reading);
}

/* Rubrics are for who they say; what is told after an answer is kept for designers; style sheets are none of the text. */
static void qti_rubrics_and_feedback(void **state)
{
	struct reading reading;
	read_file("qti-rubrica.xml", &reading);
	const struct bank_item *item = item_of(&reading, "RUBRICA");
	assert_int_equal(item->type, ITEM_HOT_TEXT);
	assert_reads(item->stem, "Tocca la parola sbagliata.\nIl medico [[a]] il [[b]] e il [[c]].");
	assert_int_equal(item->key, 2);
	assert_string_equal(item->explanation, "Vale un punto.\nIl consenso lo dà l'assistito.");
	done(&reading);
}

/* Formulas as words, raised digits and all, also where only words may stand. */
static void qti_formulas(void **state)
{
	struct reading reading;
	read_file("qti-formule.xml", &reading);
	const struct bank_item *item = item_of(&reading, "FORMULE");
	assert_true(rich_is(item->stem));
	assert_reads(item->stem, "Indice di massa: I = m/(h²)\nScegli [[g1]].");
	assert_reads(item->options[0].text, "70/(1,7 + 1)");
	assert_reads(item->options[1].text, "10^(-3) g");
	done(&reading);
	static const char said[] = QTI_CHOICE("", "<math alttext=\"una matrice\"><mtable/></math>", "");
	read_text(said, strlen(said), &reading);
	assert_reads(item_of(&reading, "Q")->stem, "una matrice");
	done(&reading);
	static const char unsaid[] = QTI_CHOICE("", "<math><mtable/></math>", "");
	read_text(unsaid, strlen(unsaid), &reading);
	assert_fault(&reading, "IMPORT_MEDIA", "Q", 1);
	done(&reading);
}

static void qti_markup_in_cdata(void **state)
{
	struct reading reading;
	read_file("qti-cdata.xml", &reading);
	const struct bank_item *item = item_of(&reading, "CDATA");
	assert_string_equal(item->options[0].text, "Una tassa.");
	assert_string_equal(item->options[2].text, "5 < 7 & 8 > 3");
	assert_int_equal(item->key, 2);
	assert_int_equal(reading.faults.list->len, 0);
	done(&reading);
}

/* Partial marks that would count in another way with us are told, and so are those that fall away. */
static void qti_marks(void **state)
{
	struct reading reading;
	read_file("qti-mappa.xml", &reading);
	assert_true(item_of(&reading, "MAPPA")->partial);
	assert_fault(&reading, "IMPORT_MARKS", "MAPPA", 2);
	done(&reading);
	static const char half[] = QTI_CHOICE("", "",
		"<responseProcessing><responseCondition><responseIf>" CHOSEN("A") SCORED("1") "</responseIf><responseElseIf>" CHOSEN("B")
			SCORED("0.5") "</responseElseIf></responseCondition></responseProcessing>");
	read_text(half, strlen(half), &reading);
	assert_int_equal(item_of(&reading, "Q")->key, 1);
	assert_fault(&reading, "IMPORT_PARTIAL", "Q", 1);
	done(&reading);
	static const char lists[] = /* the template says RESPONSE; who has only others means them all */
		"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R1\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>"
		"<value>a</value></correctResponse></responseDeclaration><responseDeclaration identifier=\"R2\" cardinality=\"single\" "
		"baseType=\"identifier\"><correctResponse><value>b</value></correctResponse></responseDeclaration><itemBody><p>Due: " LIST("R1")
			" e " LIST("R2") "</p></itemBody><responseProcessing template=\"http://x/match_correct\"/></assessmentItem>";
	read_text(lists, strlen(lists), &reading);
	assert_int_equal(item_of(&reading, "Q")->slots[0].key, 1);
	assert_int_equal(item_of(&reading, "Q")->slots[1].key, 2);
	assert_false(item_of(&reading, "Q")->partial);
	done(&reading);
	static const char freely[] = /* wrong ones cost nothing: all of them would be as good */
		"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"multiple\" baseType=\"identifier\">"
		"<correctResponse><value>A</value><value>C</value></correctResponse><mapping defaultValue=\"0\"><mapEntry mapKey=\"A\" "
		"mappedValue=\"1\"/><mapEntry mapKey=\"C\" mappedValue=\"1\"/></mapping></responseDeclaration><itemBody><choiceInteraction "
		"responseIdentifier=\"RESPONSE\" maxChoices=\"0\"><prompt>Quali?</prompt><simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice "
		"identifier=\"B\">b</simpleChoice><simpleChoice identifier=\"C\">c</simpleChoice></choiceInteraction></itemBody>" MAP_RESPONSE
		"</assessmentItem>";
	read_text(freely, strlen(freely), &reading);
	assert_int_equal(item_of(&reading, "Q")->key, 5);
	assert_fault(&reading, "IMPORT_MARKS", "Q", 1);
	done(&reading);
	read_file("qti-tabelle.xml", &reading);
	const struct bank_item *item = item_of(&reading, "TABELLE");
	assert_string_equal(item->stem, "Nota [ [1]]: il [[g1]] cura il [[g2]].");
	assert_false(item->partial);
	assert_int_equal(item->slots[1].key, 1);
	done(&reading);
}

#define NUMBER(mapping, rules)                                                                               \
	"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"integer\">" \
	"<correctResponse><value>42</value></correctResponse>" mapping "</responseDeclaration><itemBody><p>Quanti? "  \
	"<textEntryInteraction responseIdentifier=\"RESPONSE\"/></p></itemBody>" rules "</assessmentItem>"

static void qti_written(void **state)
{
	struct reading reading;
	static const char near[] = NUMBER("<mapping><mapEntry mapKey=\"42\" mappedValue=\"2\"/><mapEntry mapKey=\"41\" mappedValue=\"1\"/></mapping>",
		MAP_RESPONSE);
	read_text(near, strlen(near), &reading);
	const struct bank_slot *slot = &item_of(&reading, "Q")->slots[0];
	assert_int_equal(slot->answer_count, 2);
	assert_true(slot->answers[1].is_number && slot->answers[1].number == 41 && slot->answers[1].score == 0.5);
	done(&reading);
	static const char blank[] = NUMBER("", "<responseProcessing><responseCondition><responseIf><equal toleranceMode=\"absolute\" tolerance=\"\">"
						   "<variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></equal>" SCORED("1")
							   "</responseIf></responseCondition></responseProcessing>");
	read_text(blank, strlen(blank), &reading);
	assert_true(item_of(&reading, "Q")->slots[0].answers[0].number == 42 && item_of(&reading, "Q")->slots[0].answers[0].tolerance == 0);
	done(&reading);
	static const char part[] = "<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"string\">"
				   "<correctResponse><value>re cattivo</value></correctResponse></responseDeclaration><itemBody><p>Chi? "
				   "<textEntryInteraction responseIdentifier=\"R\"/></p></itemBody><responseProcessing><responseCondition><responseIf>"
				   "<substring caseSensitive=\"false\"><baseValue baseType=\"string\">re</baseValue><variable identifier=\"R\"/>"
				   "</substring><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1</baseValue></setOutcomeValue>"
				   "</responseIf></responseCondition></responseProcessing></assessmentItem>";
	read_text(part, strlen(part), &reading);
	assert_fault(&reading, "IMPORT_RULES", "Q", 1);
	done(&reading);
	static const char accent[] = "<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" "
				     "baseType=\"string\"><mapping><mapEntry mapKey=\"Perché\" mappedValue=\"1\" caseSensitive=\"false\"/>"
				     "</mapping></responseDeclaration><itemBody><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/> no?</p>"
				     "</itemBody>" MAP_RESPONSE "</assessmentItem>";
	read_text(accent, strlen(accent), &reading);
	assert_false(item_of(&reading, "Q")->slots[0].case_matters);
	done(&reading);
}

#define TWO_WORDS(rules)                                                                                     \
	"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R1\" cardinality=\"single\" baseType=\"string\"><correctResponse>" \
	"<value>rosso</value></correctResponse></responseDeclaration><responseDeclaration identifier=\"R2\" cardinality=\"single\" "    \
	"baseType=\"string\"><correctResponse><value>blu</value></correctResponse></responseDeclaration><itemBody><p>Due colori: "         \
	"<textEntryInteraction responseIdentifier=\"R1\"/> e <textEntryInteraction responseIdentifier=\"R2\"/></p></itemBody>"           \
	"<responseProcessing><responseCondition><responseIf>" rules SCORED("1") "</responseIf></responseCondition></responseProcessing>"  \
	"</assessmentItem>"
#define TWO_LISTS(rules)                                                                                     \
	"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R1\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>" \
	"<value>a</value></correctResponse></responseDeclaration><responseDeclaration identifier=\"R2\" cardinality=\"single\" "        \
	"baseType=\"identifier\"><correctResponse><value>b</value></correctResponse></responseDeclaration><itemBody><p>Due colori: "       \
	LIST("R1") " e " LIST("R2") "</p></itemBody><responseProcessing><responseCondition><responseIf>" rules SCORED("1")               \
	"</responseIf></responseCondition></responseProcessing></assessmentItem>"
#define IS(response, right) "<match><variable identifier=\"" response "\"/><correct identifier=\"" right "\"/></match>"
#define EITHER_WAY "<or><and>" IS("R1", "R1") IS("R2", "R2") "</and><and>" IS("R1", "R2") IS("R2", "R1") "</and></or>"
#define ONE_OF_TWO "<or>" IS("R1", "R1") IS("R2", "R2") "</or>"

/* What no item of ours can be is refused by its name, at its line. */
static void qti_refusals(void **state)
{
	static const struct {
		const char *text, *code, *says;
	} rows[] = {
		{QTI_CHOICE(" adaptive=\"true\"", "", ""), "IMPORT_TYPE", "adaptive"},
		{QTI_CHOICE("", "<printedVariable identifier=\"T\"/>", "<templateProcessing><setTemplateValue/></templateProcessing>"), "IMPORT_TYPE",
			"templateProcessing"},
		{QTI_CHOICE("", "", "<responseProcessing templateLocation=\"mio_modello.xml\"/>"), "IMPORT_RULES", "mio_modello.xml"},
		{QTI_CHOICE("", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"brani/uno.xml\"/>", ""), "IMPORT_PASSAGE",
			"brani/uno.xml"},
		{QTI_CHOICE("", "<object data=\"brani/uno.html\" type=\"text/html\"/>", ""), "IMPORT_PASSAGE", "brani/uno.html"},
		{QTI_CHOICE("", "<endAttemptInteraction responseIdentifier=\"H\"/>", ""), "IMPORT_COMPOSITE", "endAttemptInteraction + choiceInteraction"},
		{"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\"/><itemBody>"
		 "<choiceInteraction responseIdentifier=\"RESPONSE\"><prompt>Da 1 a 2?</prompt><simpleChoice identifier=\"A\">1</simpleChoice>"
		 "<simpleChoice identifier=\"B\">2</simpleChoice></choiceInteraction></itemBody></assessmentItem>",
			"IMPORT_KEY", "right answer"}, /* an opinion scale */
		{PAIRS("matchInteraction", ""), "IMPORT_KEY", "right answer"},
		{QTI_CHOICE("", "<printedVariable identifier=\"T\"/>", ""), "IMPORT_TYPE", "printedVariable"},
		{QTI_CHOICE("", "", "<templateDeclaration identifier=\"T\"/>"), "IMPORT_TYPE", "templateDeclaration"},
		{TWO_WORDS(EITHER_WAY), "IMPORT_RULES", "may change places"},
		{TWO_LISTS(EITHER_WAY), "IMPORT_RULES", "may change places"},
		{TWO_WORDS(ONE_OF_TWO), "IMPORT_RULES", "without one of the answers"},
		{TWO_LISTS(ONE_OF_TWO), "IMPORT_RULES", "without one of the answers"},
		{"<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"single\"><correctResponse><value>a</value>"
		 "</correctResponse></responseDeclaration><itemBody><p>Il <inlineChoiceInteraction responseIdentifier=\"R\"><inlineChoice identifier=\"a\">"
		 "<img src=\"a.png\" alt=\"A\"/></inlineChoice><inlineChoice identifier=\"b\">b</inlineChoice></inlineChoiceInteraction></p></itemBody>"
		 "</assessmentItem>",
			"IMPORT_MEDIA", "only text may stand here, by the QTI standard too"},
		{"<assessmentItem identifier=\"Q\"><itemBody><infoControl title=\"x\"/></itemBody></assessmentItem>", "IMPORT_TYPE", "no interaction"},
		{"<!-- x --><assessmentTest identifier=\"T\"><assessmentItemRef href=\"a.xml\"/></assessmentTest>", "IMPORT_REFERS", "test"},
		{"<imscp:manifest xmlns:imscp=\"x\"><resource href=\"assessmentItem1.xml\"/></imscp:manifest>", "IMPORT_REFERS", "manifest"},
		{"<!DOCTYPE html>\n<html lang=\"en\"><body>&lt;assessmentItem&gt;<br></body></html>", "IMPORT_WEB_PAGE", "web page"},
		{"{\"title\":\"Quiz\",\"mainLibrary\":\"H5P.QuestionSet\"}", "IMPORT_OTHER", "H5P"},
		{"<?xml version='1.0'?>\n<examview type='test'/>", "IMPORT_OTHER", "ExamView"},
		{"model;difficulty;discrimination;guessing;label;scale\nraschbirnbaum;0.5;1.2;0;Q1;Sim\n", "IMPORT_PARAMETERS", "parameters"},
		{"<assessmentItem identifier=\"Q\">\n<itemBody>\n<p>a</div>\n</itemBody></assessmentItem>", "IMPORT_XML", "p line 3"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading;
		read_text(rows[i].text, strlen(rows[i].text), &reading);
		assert_null(reading.bank);
		assert_fault(&reading, rows[i].code, "", 0);
		const char *said = g_array_index(reading.faults.list, struct problem, 0).en;
		if (!strstr(said, rows[i].says)) {
			fail_msg("%s: %s", rows[i].says, said);
		}
		done(&reading);
	}
}

/* A text that several items refer to comes with each, with the images that stand beside it. */
static void qti_passages_of_packages(void **state)
{
	static const char stimulus[] = "<qti-assessment-stimulus identifier=\"S\"><qti-stimulus-body><p>Anna dice: &#171;Ciao&#187;.</p><p><img src=\"foto.png\" "
				       "alt=\"Anna saluta\"/></p></qti-stimulus-body></qti-assessment-stimulus>";
	g_autofree char *path = g_build_filename(g_getenv("FAD_SOURCE"), "tests", "assessment", "items", "qti-brano.xml", NULL);
	g_autofree char *item = NULL;
	gsize len, png_len;
	assert_true(g_file_get_contents(path, &item, &len, NULL));
	g_autofree guchar *png = g_base64_decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", &png_len);
	const struct import_file files[] = {{"quesiti/uno.xml", item, len}, {"brani/brano.xml", stimulus, strlen(stimulus)},
		{"brani/foto.png", (const char *)png, png_len}, {"prova.xml", "<assessmentTest><assessmentItemRef href=\"quesiti/uno.xml\"/></assessmentTest>", 68}};
	struct faults faults;
	struct import_count count;
	faults_init(&faults, 10);
	g_autoptr(GHashTable) media = import_media_new();
	g_autofree char *json = import_read_files(files, G_N_ELEMENTS(files), media, &faults, &count);
	assert_int_equal(count.imported, 1);
	assert_int_equal(faults.list->len, 0);
	struct bank *bank = bank_read(json, strlen(json), &faults);
	assert_reads(bank->items[0].stem, "Anna dice: «Ciao».\nAnna saluta\nChi parla?");
	assert_int_equal(g_hash_table_size(media), 1);
	bank_destroy(bank);
	faults_finish(&faults);
}

/* What Windows calls "Unicode". */
static void wide_characters(void **state)
{
	gsize len;
	g_autofree char *gift = g_convert("\xEF\xBB\xBF::T::Perché? {=Sì ~No}", -1, "UTF-16LE", "UTF-8", NULL, &len, NULL);
	struct reading reading;
	read_text(gift, len, &reading);
	assert_string_equal(item_of(&reading, "T")->stem, "Perché?");
	done(&reading);
	static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><quiz><question type=\"truefalse\"><name><text>V</text></name><questiontext>"
				  "<text>È così?</text></questiontext><answer fraction=\"100\"><text>true</text></answer></question></quiz>";
	g_autofree char *marked = g_strconcat("\xEF\xBB\xBF", xml, NULL);
	g_autofree char *wide = g_convert(marked, -1, "UTF-16BE", "UTF-8", NULL, &len, NULL);
	read_text(wide, len, &reading);
	assert_string_equal(item_of(&reading, "V")->stem, "È così?");
	done(&reading);
}

/* Moodle's questions in a text are gaps of one item when they are of one kind. */
static void moodle_cloze(void **state)
{
	struct reading reading;
	read_file("cloze.xml", &reading);
	const struct bank_item *item = item_of(&reading, "Tendine");
	assert_int_equal(item->type, ITEM_INLINE_CHOICE);
	assert_string_equal(item->stem, "Il referto lo firma [[g1]].\nIl consenso lo dà [[g2]].");
	assert_string_equal(item->slots[1].options[2].text, "il {tutore}");
	assert_int_equal(item->slots[0].key, 1);
	assert_int_equal(item->slots[1].key, 2);
	assert_fault(&reading, "IMPORT_PARTIAL", "Tendine", 3);
	assert_fault(&reading, "IMPORT_MARKS", "Tendine", 3); /* one list weighs more than the other */
	item = item_of(&reading, "Scritte");
	assert_int_equal(item->type, ITEM_TEXT_ENTRY);
	assert_int_equal(item->slots[0].answer_count, 2);
	assert_true(item->slots[0].answers[1].score == 0.5 && !item->slots[0].case_matters);
	assert_true(item->slots[1].answers[1].number == 12 && item->slots[1].answers[1].tolerance == 3);
	assert_true(item->slots[2].case_matters);
	assert_fault(&reading, "IMPORT_COMPOSITE", "Miste", 5);
	assert_fault(&reading, "IMPORT_SYNTAX", "Nessuna", 6);
	assert_fault(&reading, "IMPORT_KEY", "Vuota", 7);
	assert_fault(&reading, "IMPORT_SYNTAX", "Sola", 8);
	assert_fault(&reading, "IMPORT_KEY", "Mai giusta", 9);
	assert_fault(&reading, "IMPORT_RULES", "Nessun numero", 10);
	assert_fault(&reading, "IMPORT_RULES", "Jolly", 11);
	assert_fault(&reading, "IMPORT_COMPOSITE", "Insieme", 12);
	item = item_of(&reading, "Tutte-o-niente");
	assert_true(item->type == ITEM_MULTIPLE && item->key == 3 && !item->partial);
	item = item_of(&reading, "Immagine-di-prima");
	assert_true(rich_is(item->stem) && item->state == POOL_DRAFT); /* it has no alternative */
	assert_string_equal(item->options[0].text, "Una chiave");
	assert_true(item_of(&reading, "Virgola")->slots[0].answers[0].number == 3.14);
	assert_int_equal(reading.count.refused, 8);
	done(&reading);
}

static void gift_variants(void **state)
{
	struct reading reading;
	read_file("varianti.gift", &reading);
	const struct bank_item *item = item_of(&reading, "Coppie");
	assert_string_equal(item->slots[0].text, "Il fascicolo");
	assert_string_equal(item->slots[1].text, "La tessera");
	assert_int_equal(item->option_count, 3);
	assert_string_equal(item_of(&reading, "In-mezzo")->stem, "Due più due fa [[g1]], si sa.");
	assert_string_equal(item_of(&reading, "Attaccato")->stem, "Il PIN ha[[g1]]cifre.");
	assert_fault(&reading, "IMPORT_RULES", "Jolly", 11);
	assert_int_equal(item_of(&reading, "Zero")->slots[0].answer_count, 2);
	assert_string_equal(item_of(&reading, "Spiegata")->explanation, "In ogni momento, {anche online}.\nSì.");
	assert_fault(&reading, "IMPORT_PARTIAL", "7", 21);
	done(&reading);
}

/* What is told of each answer is kept for designers, once. */
static void feedback_of_answers(void **state)
{
	static const struct {
		const char *text, *told;
	} rows[] = {
		{"::N::Chi firma? {=il medico#Giusto ~il fax#No: pensaci ~il bar#No: pensaci}\n", "Giusto\nNo: pensaci"},
		{"::N::Si revoca. {T#Si può\\: sempre#Infatti}\n", "Si può: sempre\nInfatti"},
		{"::N::Quando? {#=1822:0 #Esatto =%50%1822:2 #Quasi####In sintesi}\n", "In sintesi\nEsatto\nQuasi"},
		{"::N::Quando? {#1822:5}\n", ""},
		{"<quiz><question type=\"multichoice\"><name><text>N</text></name><questiontext><text>Chi?</text></questiontext><generalfeedback><text>"
		 "&lt;p&gt;In sintesi&lt;/p&gt;</text></generalfeedback><single>true</single><answer fraction=\"100\"><text>a</text><feedback><text>Giusto"
		 "</text></feedback></answer><answer fraction=\"0\"><text>b</text><feedback><text>No</text></feedback></answer><answer fraction=\"0\">"
		 "<text>c</text><feedback><text>No</text></feedback></answer></question></quiz>", "In sintesi\nGiusto\nNo"},
		{"<quiz><question type=\"essay\"><name><text>N</text></name><questiontext><text>Scrivi</text></questiontext><graderinfo><text>Due punti"
		 "</text></graderinfo></question></quiz>", "Due punti"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading;
		read_text(rows[i].text, strlen(rows[i].text), &reading);
		assert_string_equal(item_of(&reading, "N")->explanation, rows[i].told);
		done(&reading);
	}
}

/* Some leave no line between questions. */
static void gift_close_together(void **state)
{
	static const char text[] = "// prova\n::Uno::Vero? {T}\n::Due::Chi?{\n=io\n~tu\n}\n::Tre::Il {=medico} firma\n";
	struct reading reading;
	read_text(text, strlen(text), &reading);
	assert_int_equal(reading.count.refused, 0);
	assert_int_equal(item_of(&reading, "Uno")->type, ITEM_TRUE_FALSE);
	assert_int_equal(item_of(&reading, "Due")->key, 1);
	assert_string_equal(item_of(&reading, "Tre")->stem, "Il [[g1]] firma");
	done(&reading);
}

/* Numbers that are none, or half a range: no answer, rather than nought. */
static void gift_no_numbers(void **state)
{
	static const char *const texts[] = {"{#}", "{#=}", "{#..}", "{#3..}", "{#..3}", "{#5..3}", "{#=%50%=}", "{#a}"};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *text = g_strdup_printf("::N::Quanti? %s\n", texts[i]);
		struct reading reading;
		read_text(text, strlen(text), &reading);
		assert_null(reading.bank);
		assert_fault(&reading, "IMPORT_ITEM", "N", 1);
		done(&reading);
	}
}

static void aiken_explanations(void **state)
{
	static const char text[] = "Chi firma?\nA. Il medico\nB. Il fax\nANSWER: A\nExplanation: lo dice la legge\n\nUna sola?\nA. sola\nANSWER: A\n"
				   "EXPLANATION: di quello respinto\n\nE poi?\nA. sì\nB. no\nANSWER: B\n";
	struct reading reading;
	read_text(text, strlen(text), &reading);
	assert_int_equal(reading.count.imported, 2);
	assert_string_equal(reading.bank->items[0].explanation, "lo dice la legge");
	assert_string_equal(reading.bank->items[1].stem, "E poi?");
	assert_string_equal(reading.bank->items[1].explanation, "");
	done(&reading);
}

/* What has no place in our items is told. */
static void qti_left(void **state)
{
	static const char catalog[] = QTI_CHOICE("", "?", "<catalogInfo><catalog id=\"c\"><card support=\"spoken\"><htmlContent><p>x</p>"
		"</htmlContent></card></catalog></catalogInfo>");
	static const char ignored[] = "<assessmentItem identifier=\"Q\"><responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"string\">"
		"<correctResponse><value>PIN</value></correctResponse></responseDeclaration><itemBody><p>Il <textEntryInteraction responseIdentifier=\"R\" "
		"ignoredCharacters=\".-\"/></p></itemBody></assessmentItem>";
	struct reading reading;
	read_text(catalog, strlen(catalog), &reading);
	assert_fault(&reading, "IMPORT_LEFT", "Q", 1);
	assert_int_equal(reading.count.imported, 1);
	done(&reading);
	read_text(ignored, strlen(ignored), &reading);
	assert_fault(&reading, "IMPORT_LEFT", "Q", 1);
	assert_int_equal(reading.count.imported, 1);
	done(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canvas),
		cmocka_unit_test(ims_qti12),
		cmocka_unit_test(opal_scores),
		cmocka_unit_test(inspera),
		cmocka_unit_test(atutor),
		cmocka_unit_test(brightspace),
		cmocka_unit_test(testvision),
		cmocka_unit_test(model_answers),
		cmocka_unit_test(rationales),
		cmocka_unit_test(qti_rubrics_and_feedback),
		cmocka_unit_test(qti_formulas),
		cmocka_unit_test(qti_markup_in_cdata),
		cmocka_unit_test(qti_marks),
		cmocka_unit_test(qti_written),
		cmocka_unit_test(qti_left),
		cmocka_unit_test(qti_refusals),
		cmocka_unit_test(qti_passages_of_packages),
		cmocka_unit_test(wide_characters),
		cmocka_unit_test(moodle_cloze),
		cmocka_unit_test(gift_variants),
		cmocka_unit_test(feedback_of_answers),
		cmocka_unit_test(gift_no_numbers),
		cmocka_unit_test(gift_close_together),
		cmocka_unit_test(aiken_explanations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
