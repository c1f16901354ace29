#include "server/certificates/finish.h"

#include <stdio.h>
#include <string.h>

#include "server/certificates/colours.h"

#define OBJECTS_MAX 16 /* changed or new */

struct object {
	unsigned number;
	gsize at; /* in the file */
};

struct update {
	GByteArray *pdf;
	struct object objects[OBJECTS_MAX];
	unsigned count;
	unsigned size, root, info; /* of the trailer before */
	gsize xref;
};

static void add(struct update *update, const char *text)
{
	g_byte_array_append(update->pdf, (const guint8 *)text, (guint)strlen(text));
}

static void begin(struct update *update, unsigned number)
{
	g_autofree char *head = g_strdup_printf("%u 0 obj\n", number);
	update->objects[update->count++] = (struct object){number, update->pdf->len};
	add(update, head);
}

static void end(struct update *update)
{
	add(update, "\nendobj\n");
}

/* The last place of a text before `until`; NULL: none. */
static const char *last(const GByteArray *pdf, gsize until, const char *text)
{
	gsize len = strlen(text);
	const char *data = (const char *)pdf->data;
	for (gsize at = until < len ? 0 : until - len + 1; at-- > 0;) {
		if (memcmp(data + at, text, len) == 0) {
			return data + at;
		}
	}
	return NULL;
}

/* cairo's last section: where its table is, what its trailer names. The array ends with a NUL meanwhile. */
static bool read_trailer(struct update *update)
{
	const char *trailer = last(update->pdf, update->pdf->len, "\ntrailer\n");
	const char *start = last(update->pdf, update->pdf->len, "\nstartxref\n");
	const char *root = trailer ? strstr(trailer, "/Root ") : NULL, *info = trailer ? strstr(trailer, "/Info ") : NULL;
	return trailer && start && root && info && sscanf(trailer, "\ntrailer\n<< /Size %u", &update->size) == 1 &&
	       sscanf(root, "/Root %u 0 R", &update->root) == 1 && sscanf(info, "/Info %u 0 R", &update->info) == 1 &&
	       sscanf(start, "\nstartxref\n%zu", &update->xref) == 1 && update->xref < update->pdf->len;
}

/* What stands between << and >> of an object that holds one dictionary and nothing after it; yours. */
static char *dictionary(const struct update *update, unsigned number)
{
	g_autofree char *head = g_strdup_printf("\n%u 0 obj\n<<", number);
	const char *at = last(update->pdf, update->xref, head);
	const char *close = at ? strstr(at, "\n>>\nendobj\n") : NULL;
	return close ? g_strndup(at + strlen(head), (gsize)(close - at) - strlen(head)) : NULL;
}

/* The n-th figure's object; 0: there are not so many. */
static unsigned figure(const struct update *update, unsigned n)
{
	static const char mark[] = " 0 obj\n<< /Type /StructElem\n   /S /Figure\n";
	const char *data = (const char *)update->pdf->data, *at = data;
	for (unsigned i = 0; (at = memmem(at, update->xref - (gsize)(at - data), mark, sizeof(mark) - 1)) != NULL; i++) {
		const char *digits = at;
		while (g_ascii_isdigit(digits[-1])) {
			digits--;
		}
		if (i == n) {
			return (unsigned)g_ascii_strtoull(digits, NULL, 10);
		}
		at += sizeof(mark) - 1;
	}
	return 0;
}

/* A text as UTF-16 in hex: any character, nothing to escape. Yours. */
static char *text_string(const char *text)
{
	glong count = 0;
	g_autofree gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &count, NULL);
	GString *hex = g_string_new("<FEFF");
	for (glong i = 0; i < count; i++) {
		g_string_append_printf(hex, "%04X", units[i]);
	}
	g_string_append_c(hex, '>');
	return g_string_free(hex, FALSE);
}

static bool add_alternatives(struct update *update, const char *const *texts)
{
	unsigned numbers[4];
	g_autofree char *dictionaries[4] = {NULL};
	size_t count = 0;
	for (; texts[count]; count++) {
		numbers[count] = figure(update, (unsigned)count);
		dictionaries[count] = numbers[count] ? dictionary(update, numbers[count]) : NULL;
		if (!dictionaries[count]) {
			return false;
		}
	}
	for (size_t i = 0; i < count; i++) {
		g_autofree char *alternative = text_string(texts[i]);
		g_autofree char *body = g_strdup_printf("<<%s\n   /Alt %s\n>>", dictionaries[i], alternative);
		begin(update, numbers[i]);
		add(update, body);
		end(update);
	}
	return true;
}

static void add_stream(struct update *update, unsigned number, const char *entries, const void *bytes, gsize len)
{
	g_autofree char *head = g_strdup_printf("<< %s /Length %zu >>\nstream\n", entries, len);
	begin(update, number);
	add(update, head);
	g_byte_array_append(update->pdf, bytes, (guint)len);
	add(update, "\nendstream");
	end(update);
}

static void add_metadata(struct update *update, unsigned number, const struct pdf_finish *finish)
{
	g_autofree char *title = g_markup_escape_text(finish->title, -1), *author = g_markup_escape_text(finish->author, -1);
	g_autofree char *xmp = g_strdup_printf(
		"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
		"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
		"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>"
		"<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>"
		"<dc:language><rdf:Bag><rdf:li>it-IT</rdf:li></rdf:Bag></dc:language>"
		"<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate><xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>"
		"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
		title, author, finish->day, finish->day);
	add_stream(update, number, "/Type /Metadata /Subtype /XML", xmp, strlen(xmp));
}

/* The three new objects stand behind cairo's: metadata, colours, what the colours are for. */
static void add_catalog(struct update *update, const char *before, const struct pdf_finish *finish)
{
	g_autoptr(GByteArray) colours = srgb_profile();
	g_autofree char *catalog = g_strdup_printf(
		"<<%s\n   /Lang (it-IT)\n   /ViewerPreferences << /DisplayDocTitle true >>\n"
		"   /Metadata %u 0 R\n   /OutputIntents [ %u 0 R ]\n>>",
		before, update->size, update->size + 2);
	g_autofree char *intent = g_strdup_printf("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info "
						  "(sRGB) /DestOutputProfile %u 0 R >>", update->size + 1);
	begin(update, update->root);
	add(update, catalog);
	end(update);
	add_metadata(update, update->size, finish);
	add_stream(update, update->size + 1, "/N 3", colours->data, colours->len);
	begin(update, update->size + 2);
	add(update, intent);
	end(update);
}

static int by_number(const void *a, const void *b)
{
	const struct object *one = a, *other = b;
	return one->number < other->number ? -1 : 1;
}

static void add_table(struct update *update)
{
	gsize at = update->pdf->len;
	g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, update->pdf->data, update->pdf->len);
	qsort(update->objects, update->count, sizeof(update->objects[0]), by_number);
	add(update, "xref\n");
	for (unsigned i = 0; i < update->count; i++) {
		g_autofree char *row = g_strdup_printf("%u 1\n%010zu 00000 n \n", update->objects[i].number, update->objects[i].at);
		add(update, row);
	}
	g_autofree char *trailer = g_strdup_printf(
		"trailer\n<< /Size %u /Root %u 0 R /Info %u 0 R /Prev %zu /ID [ <%.32s> <%.32s> ] >>\nstartxref\n%zu\n%%%%EOF\n",
		update->size + 3, update->root, update->info, update->xref, sum, sum, at);
	add(update, trailer);
}

bool pdf_finish(GByteArray *pdf, const struct pdf_finish *finish)
{
	struct update update = {.pdf = pdf};
	guint before = pdf->len;
	g_byte_array_append(pdf, (const guint8 *)"", 1); /* texts are looked for in it */
	bool good = read_trailer(&update);
	g_autofree char *catalog = good ? dictionary(&update, update.root) : NULL;
	g_byte_array_set_size(pdf, before);
	if (!catalog || !add_alternatives(&update, finish->alternatives)) {
		g_byte_array_set_size(pdf, before);
		return false;
	}
	add_catalog(&update, catalog, finish);
	add_table(&update);
	return true;
}
