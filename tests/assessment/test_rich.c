/* Texts with markup, images and sounds in items: what comes in, what is kept out, what goes out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/import/import.h"

/* The smallest PNG there is, and how it is written in base64. */
#define PNG64 "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

struct reading {
	struct bank *bank;
	struct import_count count;
	struct faults faults;
	GHashTable *media;
};

static struct reading read_files(const struct import_file *files, guint count)
{
	struct reading ret = {.media = import_media_new()};
	faults_init(&ret.faults, 20);
	g_autofree char *json = count ? import_read_files(files, count, ret.media, &ret.faults, &ret.count)
				      : import_read(files->bytes, files->len, ret.media, &ret.faults, &ret.count);
	ret.bank = json ? bank_read(json, strlen(json), &ret.faults) : NULL;
	assert_int_equal(json != NULL, ret.bank != NULL);
	return ret;
}

/* One choice of Moodle with this question text and what else its element holds. */
static struct reading moodle(const char *html, const char *files)
{
	g_autofree char *escaped = g_markup_escape_text(html, -1);
	g_autofree char *xml = g_strdup_printf(
		"<quiz><question type=\"multichoice\"><name><text>Q</text></name><questiontext format=\"html\"><text>%s</text>%s"
		"</questiontext><answer fraction=\"100\"><text>&lt;p&gt;H&lt;sub&gt;2&lt;/sub&gt;O&lt;/p&gt;</text></answer>"
		"<answer fraction=\"0\"><text>B</text></answer></question></quiz>",
		escaped, files);
	const struct import_file file = {"quiz.xml", xml, strlen(xml)};
	return read_files(&file, 0);
}

static void finish(struct reading *reading)
{
	bank_destroy(reading->bank);
	faults_finish(&reading->faults);
	g_hash_table_unref(reading->media);
}

static bool has_fault(const struct reading *reading, const char *code)
{
	for (guint i = 0; i < reading->faults.list->len; i++) {
		if (strcmp(g_array_index(reading->faults.list, struct problem, i).code, code) == 0) {
			return true;
		}
	}
	return false;
}

/* HTML and the tree it becomes. */
static void html_becomes_a_tree(void **state)
{
	static const struct {
		const char *html, *json;
	} rows[] = {
		{"<p>Solo <span style=\"color:red\">parole</span></p>", "\"Solo parole\""},
		{"a &lt; b", "\"a < b\""},
		{"<p>Uno <b>due</b></p>", "[\"Uno \",{\"of\":[\"due\"],\"tag\":\"strong\"}]"},
		{"10<sup>-3</sup>", "[\"10\",{\"of\":[\"-3\"],\"tag\":\"sup\"}]"},
		{"<ul> <li>a</li> <li>b</li> x </ul>",
			"[{\"of\":[{\"of\":[\"a\"],\"tag\":\"li\"},{\"of\":[\"b\"],\"tag\":\"li\"}],\"tag\":\"ul\"}]"},
		{"<table><tbody><tr><th>A</th><td>1</td></tr></tbody></table>",
			"[{\"of\":[{\"of\":[{\"of\":[\"A\"],\"tag\":\"th\"},{\"of\":[\"1\"],\"tag\":\"td\"}],\"tag\":\"tr\"}],\"tag\":\"table\"}]"},
		{"<table><caption>T</caption><tr><td>1</td></tr></table>",
			"[{\"of\":[{\"of\":[{\"of\":[\"T\"],\"tag\":\"th\"}],\"tag\":\"tr\"},{\"of\":[{\"of\":[\"1\"],\"tag\":\"td\"}],"
			"\"tag\":\"tr\"}],\"tag\":\"table\"}]"},
		{"<li><i>fuori posto</i></li>", NULL}, /* no list around it: plain */
		{"<a href=\"javascript:alert(1)\"><em>qui</em></a>", "[{\"of\":[\"qui\"],\"tag\":\"em\"}]"},
		{"<pre>a\n  b</pre>", "[{\"of\":[\"a\\n  b\"],\"tag\":\"pre\"}]"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading = moodle(rows[i].html, "");
		assert_non_null(reading.bank);
		json_auto_t *stem = rich_json(reading.bank->items[0].stem);
		g_autofree char *dumped = json_dumps(stem, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
		if (rows[i].json) {
			assert_string_equal(dumped, rows[i].json);
		} else {
			assert_true(json_is_string(stem));
		}
		assert_true(rich_is(reading.bank->items[0].options[0].text));
		finish(&reading);
	}
}

static void script_falls_away_and_is_told(void **state)
{
	static const char *const rows[] = {"<b>Chi?</b><script>alert(1)</script>", "<b onclick=\"alert(1)\">Chi?</b>",
		"<style>b{}</style><b>Chi?</b>", "<script>alert(1)</script>Chi?"};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading = moodle(rows[i], "");
		assert_non_null(reading.bank);
		g_autofree char *plain = rich_plain(reading.bank->items[0].stem);
		assert_string_equal(plain, "Chi?");
		assert_null(strstr(reading.bank->items[0].stem, "alert"));
		assert_true(has_fault(&reading, "IMPORT_SCRIPT"));
		finish(&reading);
	}
}

static void images_come_in(void **state)
{
	static const char *const rows[][2] = {
		{"<p>Guarda <img src=\"@@PLUGINFILE@@/una%20figura.png\" alt=\"Una figura\"></p>",
			"<file name=\"una figura.png\" path=\"/\" encoding=\"base64\">" PNG64 "</file>"},
		{"<p>Guarda <img src=\"data:image/png;base64," PNG64 "\" alt=\"Una figura\"></p>", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading = moodle(rows[i][0], rows[i][1]);
		assert_int_equal(reading.count.imported, 1);
		assert_int_equal(g_hash_table_size(reading.media), 1);
		g_autofree char *plain = rich_plain(reading.bank->items[0].stem);
		assert_string_equal(plain, "Guarda Una figura");
		assert_int_equal(reading.bank->items[0].state, POOL_PILOT);
		finish(&reading);
	}
	struct reading reading = moodle("<img src=\"data:image/png;base64," PNG64 "\">", "");
	assert_int_equal(reading.count.imported, 1);
	assert_int_equal(reading.bank->items[0].state, POOL_DRAFT); /* nobody sees it before it has an alternative */
	assert_true(has_fault(&reading, "IMPORT_ALT"));
	finish(&reading);
}

static void images_that_stay_out(void **state)
{
	static const char *const rows[] = {
		"<img src=\"https://altrove.example/a.png\" alt=\"a\">", /* the reader fetches nothing */
		"<img src=\"@@PLUGINFILE@@/manca.png\" alt=\"a\">",
		"<img src=\"data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=\" alt=\"a\">",
		"<img src=\"../../etc/passwd\" alt=\"a\">",
		"<svg onload=\"alert(1)\"></svg>", "<iframe src=\"https://altrove.example\"></iframe>", "<video src=\"a.mp4\"></video>",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading reading = moodle(rows[i], "");
		assert_null(reading.bank);
		assert_true(has_fault(&reading, "IMPORT_MEDIA"));
		assert_int_equal(reading.count.refused, 1);
		finish(&reading);
	}
	static const char gift[] = "::G::[html]Che cosa?{=<img src\\=\"a.png\"> -> uno =b -> due}";
	const struct import_file file = {"g.gift", gift, strlen(gift)};
	struct reading reading = read_files(&file, 0);
	assert_null(reading.bank);
	assert_true(has_fault(&reading, "IMPORT_MEDIA"));
	finish(&reading);
	gsize len;
	g_autofree guchar *png = g_base64_decode(PNG64, &len), *big = g_malloc0(ITEM_IMAGE_BYTES_MAX + 1);
	memcpy(big, png, len);
	g_autoptr(GHashTable) media = import_media_new();
	char sum[65];
	assert_null(import_media_add(media, png, len, sum));
	assert_non_null(import_media_add(media, big, ITEM_IMAGE_BYTES_MAX + 1, sum));
	assert_int_equal(g_hash_table_size(media), 1);
}

/* An item of QTI with an image of its package; then out as QTI and in again. */
static void goes_through_qti(void **state)
{
	static const char xml[] =
		"<assessmentItem identifier=\"Q1\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\"><correctResponse>"
		"<value>A</value></correctResponse></responseDeclaration><itemBody><p>Che <strong>cosa</strong> mostra?</p>"
		"<p><img src=\"../img/f%201.png\" alt=\"Due &amp; due\"/></p><choiceInteraction responseIdentifier=\"RESPONSE\">"
		"<simpleChoice identifier=\"A\">x<sup>2</sup></simpleChoice><simpleChoice identifier=\"B\">y</simpleChoice>"
		"</choiceInteraction></itemBody></assessmentItem>";
	gsize len;
	g_autofree guchar *png = g_base64_decode(PNG64, &len);
	const struct import_file files[] = {{"items/q1.xml", xml, strlen(xml)}, {"img/f 1.png", (const char *)png, len}};
	struct reading first = read_files(files, 2);
	assert_non_null(first.bank);
	assert_int_equal(g_hash_table_size(first.media), 1);
	g_autofree char *out = bank_item_qti(first.bank, &first.bank->items[0]);
	assert_non_null(strstr(out, "alt=\"Due &amp; due\""));
	GList *sums = g_hash_table_get_keys(first.media);
	char name[BANK_MEDIA_NAME];
	bank_media_name(sums->data, "image/png", name);
	g_list_free(sums);
	const struct import_file again[] = {{"Q1.xml", out, strlen(out)}, {name, (const char *)png, len}};
	struct reading second = read_files(again, 2);
	assert_non_null(second.bank);
	assert_string_equal(first.bank->items[0].stem, second.bank->items[0].stem);
	assert_string_equal(first.bank->items[0].options[0].text, second.bank->items[0].options[0].text);
	assert_int_equal(g_hash_table_size(second.media), 1);
	g_autofree char *csv = bank_csv(first.bank);
	assert_string_equal(csv, IMPORT_CSV_HEAD "\n"); /* a row cannot hold it */
	finish(&first);
	finish(&second);
}

static struct reading read_own(const char *name)
{
	g_autofree char *path = g_build_filename(g_getenv("FAD_SOURCE"), "tests", "assessment", "items", name, NULL);
	g_autofree char *xml = NULL;
	gsize len;
	assert_true(g_file_get_contents(path, &xml, &len, NULL));
	const struct import_file file = {name, xml, len};
	return read_files(&file, 1);
}

/* The first item out as QTI 3 with its images and sounds beside it, and in again. */
static struct reading through_qti(const struct reading *first)
{
	g_autofree char *out = bank_item_qti(first->bank, &first->bank->items[0]);
	g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(struct import_file));
	const struct import_file item = {"item.xml", out, strlen(out)};
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter each;
	gpointer sum, value;
	g_array_append_val(files, item);
	g_hash_table_iter_init(&each, first->media);
	while (g_hash_table_iter_next(&each, &sum, &value)) {
		const struct import_media *media = value;
		char *name = g_malloc(BANK_MEDIA_NAME);
		gsize len;
		bank_media_name(sum, media->type, name);
		g_ptr_array_add(names, name);
		const struct import_file file = {name, g_bytes_get_data(media->bytes, &len), g_bytes_get_size(media->bytes)};
		g_array_append_val(files, file);
	}
	return read_files((const struct import_file *)(void *)files->data, files->len);
}

/* Images and sounds in what is matched, put into gaps or marked in the text: in, out as QTI 3, and in again. */
static void options_with_images(void **state)
{
	static const struct {
		const char *file;
		enum item_type type;
		const char *said[3]; /* what is read of the options */
		guint media;
	} rows[] = {
		{"qti-immagini-abbina.xml", ITEM_MATCH, {"Chiuso cancello chiuso", "Una porta che si apre"}, 2},
		{"qti-immagini-spazi.xml", ITEM_GAP_MATCH, {"Lucchetto", "la chiave", "Campana"}, 1},
		{"qti-immagini-calde.xml", ITEM_HOT_TEXT, {"Lucchetto", "la chiave", "il fax"}, 1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct reading first = read_own(rows[i].file);
		assert_non_null(first.bank);
		const struct bank_item *item = &first.bank->items[0];
		assert_int_equal(item->type, rows[i].type);
		assert_int_equal(item->state, POOL_PILOT);
		assert_int_equal(g_hash_table_size(first.media), rows[i].media);
		struct reading second = through_qti(&first);
		assert_non_null(second.bank);
		const struct bank_item *again = &second.bank->items[0];
		assert_int_equal(item->key, again->key);
		assert_int_equal(item->option_count, again->option_count);
		for (guint k = 0; k < item->option_count; k++) {
			g_autofree char *said = rich_plain(item->options[k].text);
			assert_string_equal(said, rows[i].said[k]);
			assert_string_equal(item->options[k].text, again->options[k].text);
		}
		for (guint s = 0; s < item->slot_count; s++) {
			assert_int_equal(item->slots[s].key, again->slots[s].key);
			assert_string_equal(item->slots[s].text, again->slots[s].text);
		}
		assert_int_equal(g_hash_table_size(second.media), rows[i].media);
		finish(&first);
		finish(&second);
	}
}

#define IMAGE                                                                                                \
	"{\"tag\":\"img\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"type\":\"image/png\",\"alt\":\"x\"}"
#define ONE_ITEM(rest)                                                                                       \
	"{\"format\":\"fad-bank-1\",\"name\":\"n\",\"version\":\"1\",\"areas\":[{\"id\":\"a\",\"name_it\":\"A\"}],\"items\":[{\"id\":\"i\"," \
	"\"area\":\"a\",\"difficulty\":1," rest "}]}"

/* Where an option stands in a line, or in a list within the text, not all of it may come in. */
static void options_that_must_be_lines(void **state)
{
	static const struct {
		const char *json, *code; /* NULL: a good bank */
	} rows[] = {
		{ONE_ITEM("\"type\":\"hot_text\",\"stem\":\"[[a]] [[b]]\",\"options\":[{\"id\":\"a\",\"text\":[" IMAGE "]},{\"id\":\"b\",\"text\":\"B\"}],\"key\":[\"a\"]"),
			NULL},
		{ONE_ITEM("\"type\":\"hot_text\",\"stem\":\"[[a]] [[b]]\",\"options\":[{\"id\":\"a\",\"text\":[{\"tag\":\"p\",\"of\":[\"A\"]}]},{\"id\":\"b\","
			  "\"text\":\"B\"}],\"key\":[\"a\"]"),
			"BANK_RICH_LINE"},
		{ONE_ITEM("\"type\":\"inline_choice\",\"stem\":\"[[g]]\",\"gaps\":[{\"id\":\"g\",\"options\":[{\"id\":\"a\",\"text\":[" IMAGE "]},{\"id\":\"b\","
			  "\"text\":\"B\"}]}],\"key\":[\"g a\"]"),
			"BANK_RICH_LISTED"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct faults faults;
		faults_init(&faults, 5);
		struct bank *bank = bank_read(rows[i].json, strlen(rows[i].json), &faults);
		assert_int_equal(bank != NULL, rows[i].code == NULL);
		if (rows[i].code) {
			assert_string_equal(g_array_index(faults.list, struct problem, 0).code, rows[i].code);
		}
		bank_destroy(bank);
		faults_finish(&faults);
	}
}

/* Trees that a bank must not have. */
static void unsound_trees(void **state)
{
	static const char *const rows[] = {"{}", "[3]", "[{\"tag\":\"script\",\"of\":[\"x\"]}]", "[{\"tag\":\"p\"}]",
		"[{\"tag\":\"ul\",\"of\":[\"x\"]}]", "[{\"tag\":\"td\",\"of\":[\"x\"]}]", "[{\"tag\":\"p\",\"of\":[{\"tag\":\"li\",\"of\":[]}]}]",
		"[{\"tag\":\"img\",\"sha256\":\"00\",\"type\":\"image/png\",\"alt\":\"\"}]",
		"[{\"tag\":\"img\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"type\":\"image/svg+xml\","
		"\"alt\":\"\"}]",
		"[{\"tag\":\"img\",\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"type\":\"audio/mpeg\","
		"\"alt\":\"\"}]"};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *why = NULL;
		json_auto_t *json = json_loads(rows[i], 0, NULL);
		assert_null(rich_read(json, &why));
		assert_non_null(why);
	}
	g_autoptr(GString) deep = g_string_new("\"x\"");
	for (int i = 0; i < 20; i++) {
		g_string_prepend(deep, "[{\"tag\":\"em\",\"of\":");
		g_string_append(deep, "}]");
		if (i == 0) {
			g_string_assign(deep, "[{\"tag\":\"em\",\"of\":[\"x\"]}]");
		}
	}
	json_auto_t *json = json_loads(deep->str, 0, NULL);
	assert_non_null(json);
	assert_null(rich_read(json, NULL));
	json_auto_t *mark = json_string("\1[]");
	g_autofree char *plain = rich_read(mark, NULL);
	assert_false(rich_is(plain)); /* nobody makes a tree of a string */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_becomes_a_tree),
		cmocka_unit_test(script_falls_away_and_is_told),
		cmocka_unit_test(images_come_in),
		cmocka_unit_test(images_that_stay_out),
		cmocka_unit_test(goes_through_qti),
		cmocka_unit_test(options_with_images),
		cmocka_unit_test(options_that_must_be_lines),
		cmocka_unit_test(unsound_trees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
