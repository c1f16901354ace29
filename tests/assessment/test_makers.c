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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canvas),
		cmocka_unit_test(ims_qti12),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
