/* What the check sees inside the files: each case is one package with one page. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "packages/check/html_scan.h"
#include "packages/import/import.h"
#include "packages/check/inspect.h"
#include "tests/packages/scratch.h"
#include "tests/packages/zip_builder.h"

#define GOOD_HEAD                                                                                            \
	"<!DOCTYPE html><html "                                                                              \
	"lang=\"it\"><head><title>T</title><script>parent.API.LMSInitialize('')</script></head>"

struct file {
	const char *name, *text;
};

/* Checks the course with this page and further files; `codes` = "CODE:line CODE:line", in order, hints too. */
static void expect(const char *page, const struct file *more, size_t count, const char *codes)
{
	struct zip_build *build = zip_build_create();
	zip_build_text(build, "imsmanifest.xml", plain_manifest);
	zip_build_text(build, "index.html", page);
	for (size_t i = 0; i < count; i++) {
		zip_build_text(build, more[i].name, more[i].text);
	}
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *folder = scratch_create();
	g_autofree char *zip = zip_write(folder, bytes);
	struct package *package = NULL;
	assert_int_equal(package_check(zip, &package), IMPORT_OK);
	g_autoptr(GString) found = g_string_new(NULL);
	for (uint32_t i = 0; i < package->finding_count; i++) {
		const struct problem *problem = &package->findings[i];
		if (strcmp(problem->code, "DURATION_ESTIMATED") != 0 &&
			strcmp(problem->code, "FILE_UNDECLARED") != 0) {
			g_string_append_printf(
				found, "%s%s:%u", found->len ? " " : "", problem->code, problem->line);
		}
	}
	assert_string_equal(found->str, codes);
	package_destroy(package);
	g_byte_array_free(bytes, TRUE);
	scratch_remove(folder);
}

static void expect_page(const char *page, const char *codes)
{
	expect(page, NULL, 0, codes);
}

static void test_clean_page(void **state)
{
	expect_page(GOOD_HEAD
		"<body><p>Testo</p><img src=\"data:image/gif;base64,R0\" alt=\"\">"
		"<a href=\"https://www.example.org/\">fuori</a><a href=\"#x\">qui</a></body></html>",
		"");
}

static void test_api(void **state)
{
	static const char silent[] = "<html lang=it><title>T</title><p>Testo</html>";
	expect_page(silent, "SCO_NO_API:0");
	expect_page("<html lang=it><title>T</title><script>var a = window.parent.API_1484_11;</script>",
		"SCO_OTHER_API:0");
	/* Found through a script, a frame, a name inside a script. */
	expect("<html lang=it><title>T</title><script src=js/a.js></script>",
		&(struct file){"js/a.js", "function f() { LMSInitialize(''); }"}, 1, "");
	struct file chain[] = {
		{"f.html", "<html lang=it><title>F</title><script src='l/b.js'></script></html>"},
		{"l/b.js", "load('c.min.js?v=2')"}, {"x/c.min.js", "w.API.LMSInitialize"}};
	expect("<html lang=it><title>T</title><frameset><frame src=f.html></frameset>", chain, 3, "");
}

static void test_other_hosts(void **state)
{
	expect_page(GOOD_HEAD "\n<script src=\"https://cdn.example/x.js\"></script>\n<img alt='' "
			      "src='http://old.example/a.png'>"
			      "\n<link rel=stylesheet href=//c.example/s.css>",
		"LINK_OTHER_HOST:2 LINK_INSECURE:3 LINK_OTHER_HOST:4");
	expect(GOOD_HEAD "<link rel='stylesheet' href='s.css'>",
		&(struct file){"s.css",
			"a{}\nb{background:url( 'https://f.example/i.png' )}\nc{background:url(no.png)}\nd{background:url(no.png),url(nor.png)}"},
		1, "LINK_OTHER_HOST:2 STYLE_BROKEN:3");
}

static void test_broken_links(void **state)
{
	expect(GOOD_HEAD "\n\n<script src=\"nope.js?v=1\"></script><a href=\"B%20b.html\">b</a><a "
			 "href=\"C.HTML#z\">c</a>",
		(struct file[]){{"B b.html", ""}, {"c.html", ""}}, 2, "LINK_BROKEN:3 LINK_CASE:3");
}

static void test_accessibility(void **state)
{
	expect_page("<html><script>parent.API.LMSInitialize('')</script>\n<img src=\"data:,\">\n<img "
		    "src='data:,' alt>"
		    "<img src='data:,'>",
		"IMAGE_NO_ALTERNATIVE:2 LANGUAGE_MISSING:0 PAGE_NO_LANGUAGE:0 PAGE_NO_TITLE:0");
	/* A page that nobody reads needs neither; one that a script fills does. */
	expect(GOOD_HEAD,
		(struct file[]){{"blank.html", "<html><body> <br></body></html>"},
			{"carrier.html", "<html><body><form><input type=HIDDEN name=a></form></body></html>"},
			{"filled.html", "<html><body><div id=app></div></body></html>"}},
		3, "PAGE_NO_LANGUAGE:0 PAGE_NO_TITLE:0");
	expect(GOOD_HEAD
		"\n<video src=v.mp4></video>\n<video src=v.mp4><track kind=captions src=v.vtt></video>",
		(struct file[]){{"v.mp4", "x"}, {"v.vtt", "WEBVTT"}}, 2, "VIDEO_NO_CAPTIONS:2");
	expect(GOOD_HEAD, &(struct file){"v.webm", "x"}, 1, "CAPTIONS_NONE:0");
}

static void test_formats(void **state)
{
	struct file files[] = {{"a.avi", "x"}, {"b.swf", "x"}, {"c.mov", "x"}, {"s.vtt", "WEBVTT"}};
	expect(GOOD_HEAD, files, 4, "MEDIA_UNPLAYABLE:0 MEDIA_FLASH:0 MEDIA_QUICKTIME:0");
	expect(GOOD_HEAD "<script>\nnavigator.serviceWorker.register('sw.js')</script>", NULL, 0,
		"SERVICE_WORKER:2");
}

/* Anything may stand where HTML should: the walk ends, and sees what is there. */
static void test_scanner(void **state)
{
	static const char *const pages[] = {"<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "<!",
		"<script>", "</", "<a/b=c//>", "< a>", "<a href=x", "<style", "<script></script",
		"<a =\"x\" =y>", "<\xFF>", "<a\n\n=b>"};
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
		struct html_scanner scanner;
		struct html_event event;
		char *exact = g_memdup2(pages[i], strlen(pages[i]));
		html_scanner_init(&scanner, (struct span){exact, (uint32_t)strlen(pages[i])});
		uint32_t events = 0;
		while (html_next(&scanner, &event)) {
			g_free(html_attribute(&event, "href"));
			assert_true(++events < 20);
		}
		g_free(exact);
	}
	struct html_scanner scanner;
	struct html_event event;
	html_scanner_init(&scanner, SPAN("<!-- <a> -->\n<IMG Alt='a > b' disabled src = x&amp;y.png/>"));
	assert_true(html_next(&scanner, &event)); /* the line break */
	assert_true(html_next(&scanner, &event));
	assert_string_equal(event.name, "img");
	assert_int_equal(event.line, 2);
	g_autofree char *alt = html_attribute(&event, "alt"), *src = html_attribute(&event, "src");
	g_autofree char *disabled = html_attribute(&event, "disabled"),
			*none = html_attribute(&event, "title");
	assert_string_equal(alt, "a > b");
	assert_string_equal(src, "x&y.png/");
	assert_string_equal(disabled, "");
	assert_null(none);
	assert_false(html_next(&scanner, &event));
}

static void put_box(GByteArray *to, const char *type, const guint8 *content, guint len)
{
	guint32 size = GUINT32_TO_BE(len + 8);
	g_byte_array_append(to, (const guint8 *)&size, 4);
	g_byte_array_append(to, (const guint8 *)type, 4);
	g_byte_array_append(to, content, len);
}

/* A film of 90 seconds whose index stands behind its pictures; and the ECM rule itself. */
static void test_estimate(void **state)
{
	assert_int_equal(estimate_seconds(6000, 0, 0), 540);
	assert_int_equal(estimate_seconds(0, 3, 10), 370);
	GByteArray *film = g_byte_array_new(), *movie = g_byte_array_new();
	guint8 pictures[100000] = {1}, head[100] = {0};
	head[14] = 1000 >> 8;
	head[15] = 1000 & 0xFF;
	head[17] = 90000 >> 16;
	head[18] = (90000 >> 8) & 0xFF;
	head[19] = 90000 & 0xFF;
	put_box(film, "ftyp", pictures, 24);
	put_box(film, "mdat", pictures, sizeof(pictures));
	put_box(movie, "mvhd", head, sizeof(head));
	put_box(film, "moov", movie->data, movie->len);
	struct zip_build *build = zip_build_course();
	zip_build_add(build, (struct zip_part){.name = "film.mp4", .data = film->data, .len = film->len});
	GByteArray *bytes = zip_build_end(build);
	g_autofree char *folder = scratch_create();
	g_autofree char *zip = zip_write(folder, bytes);
	struct package *package = NULL;
	assert_int_equal(package_check(zip, &package), IMPORT_OK);
	assert_int_equal(package->estimated_seconds, 90); /* and five characters of text */
	package_destroy(package);
	g_byte_array_free(bytes, TRUE);
	g_byte_array_free(film, TRUE);
	g_byte_array_free(movie, TRUE);
	scratch_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean_page),
		cmocka_unit_test(test_api),
		cmocka_unit_test(test_other_hosts),
		cmocka_unit_test(test_broken_links),
		cmocka_unit_test(test_accessibility),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_scanner),
		cmocka_unit_test(test_estimate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
