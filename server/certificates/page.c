#include "server/certificates/page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "server/certificates/finish.h"
#include "server/certificates/limits.h"
#include "server/certificates/qr.h"
#include "server/certificates/template.h"
#include "server/problem.h"

/* Points, 72 to an inch. */
#define PAGE_WIDTH 595.276
#define PAGE_HEIGHT 841.89
#define MARGIN 62.0
#define LOGO_HEIGHT 56.0
#define LOGO_WIDTH 220.0
#define QR_SIDE 84.0
#define QR_PIXELS 8 /* of a module's side: viewers that smooth pictures leave its edges sharp */
#define FOOT_HEIGHT 96.0 /* kept free for QR code and small print */
#define SMALLEST_SCALE 0.6

struct look {
	const char *font;
	double size;
	double above; /* space, points */
	PangoAlignment alignment;
	const char *tag; /* structure element of the PDF */
	bool blue;
};

static const struct look looks[BLOCK_STYLES] = {
	[BLOCK_TITLE] = {"Liberation Sans Bold", 25, 8, PANGO_ALIGN_CENTER, "H1", true},
	[BLOCK_SUBTITLE] = {"Liberation Sans Bold", 12.5, 10, PANGO_ALIGN_CENTER, "H2", false},
	[BLOCK_BODY] = {"Liberation Sans", 11.5, 10, PANGO_ALIGN_CENTER, "P", false},
	[BLOCK_NAME] = {"Liberation Sans Bold", 20, 12, PANGO_ALIGN_CENTER, "P", true},
	[BLOCK_CREDITS] = {"Liberation Sans Bold", 15, 12, PANGO_ALIGN_CENTER, "P", false},
	[BLOCK_SMALL] = {"Liberation Sans", 8.5, 6, PANGO_ALIGN_LEFT, "P", false},
	[BLOCK_SIGNATURE] = {"Liberation Sans", 11.5, 26, PANGO_ALIGN_RIGHT, "P", false},
};

struct press {
	PangoFontMap *fonts;
	cairo_surface_t *logo; /* NULL: none */
};

static const struct problem_text bad_logo = {
	.code = "CERTIFICATE_LOGO",
	.it = "Il logo non è un'immagine PNG utilizzabile.",
	.en = "The logo is not a usable PNG picture.",
	.mend_it = "Carica un PNG di al massimo 1 MiB e 4000 pixel per lato.",
	.mend_en = "Load a PNG of at most 1 MiB and 4000 pixels a side.",
};

static const struct problem_text too_long = {
	.code = "CERTIFICATE_TOO_LONG",
	.it = "Il testo dell'attestato non entra in una pagina.",
	.en = "The text of the certificate does not fit on one page.",
	.mend_it = "Accorcia il titolo dell'evento o il modello degli attestati.",
	.mend_en = "Shorten the event's title or the template of the certificates.",
};

struct bytes {
	const unsigned char *at;
	size_t left;
};

static cairo_status_t read_bytes(void *closure, unsigned char *to, unsigned length)
{
	struct bytes *from = closure;
	if (length > from->left) {
		return CAIRO_STATUS_READ_ERROR;
	}
	memcpy(to, from->at, length);
	from->at += length;
	from->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t write_bytes(void *closure, const unsigned char *from, unsigned length)
{
	g_byte_array_append(closure, from, length);
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The sides stand in the PNG's first chunk: looked at before anything is unpacked. */
static bool plausible_png(const unsigned char *at, size_t len)
{
	return len >= 24 && len <= CERTIFICATE_LOGO_BYTES && memcmp(at, "\x89PNG\r\n\x1a\n", 8) == 0 &&
	       big_endian(at + 16) <= CERTIFICATE_LOGO_PIXELS &&
	       big_endian(at + 20) <= CERTIFICATE_LOGO_PIXELS;
}

struct press *press_create(const void *logo, size_t logo_len, struct problem *ret)
{
	struct press *press = g_new0(struct press, 1);
	if (logo) {
		struct bytes bytes = {logo, logo_len};
		if (plausible_png(logo, logo_len)) {
			press->logo = cairo_image_surface_create_from_png_stream(read_bytes, &bytes);
		}
		if (!press->logo || cairo_surface_status(press->logo) != CAIRO_STATUS_SUCCESS) {
			problem_set(ret, &bad_logo, NULL);
			press_destroy(press);
			return NULL;
		}
	}
	press->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	return press;
}

void press_destroy(struct press *press)
{
	if (!press) {
		return;
	}
	if (press->logo) {
		cairo_surface_destroy(press->logo);
	}
	if (press->fonts) {
		g_object_unref(press->fonts);
	}
	g_free(press);
}

static PangoLayout *lay_out(PangoContext *context, const struct certificate_block *block, double scale)
{
	const struct look *look = &looks[block->style];
	bool small = block->style == BLOCK_SMALL;
	double width = PAGE_WIDTH - 2 * MARGIN - (small ? QR_SIDE + 12 : 0);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string(look->font);
	pango_font_description_set_absolute_size(font, look->size * scale * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, look->alignment);
	pango_layout_set_line_spacing(layout, 1.2f);
	pango_layout_set_text(layout, block->text, -1);
	return layout;
}

static double height_of(PangoLayout *layout)
{
	int height = 0;
	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* One of each block. */
static GPtrArray *lay_out_all(PangoContext *context, const GArray *blocks, double scale)
{
	GPtrArray *layouts = g_ptr_array_new_with_free_func(g_object_unref);
	for (guint i = 0; i < blocks->len; i++) {
		g_ptr_array_add(layouts, lay_out(context, &g_array_index(blocks, struct certificate_block, i), scale));
	}
	return layouts;
}

static double body_height(const GArray *blocks, const GPtrArray *layouts, double scale)
{
	double sum = 0;
	for (guint i = 0; i < blocks->len; i++) {
		const struct certificate_block *block = &g_array_index(blocks, struct certificate_block, i);
		if (block->style != BLOCK_SMALL) {
			sum += looks[block->style].above * scale + height_of(layouts->pdata[i]);
		}
	}
	return sum;
}

/* `link`: attributes of one, NULL for none. */
static void show(cairo_t *cairo, PangoLayout *layout, const struct look *look, const char *link, double x, double y)
{
	if (look->blue) {
		cairo_set_source_rgb(cairo, 0, 0.24, 0.48);
	} else {
		cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
	}
	cairo_tag_begin(cairo, look->tag, NULL);
	if (link) {
		cairo_tag_begin(cairo, CAIRO_TAG_LINK, link);
	}
	cairo_move_to(cairo, x, y);
	pango_cairo_show_layout(cairo, layout);
	if (link) {
		cairo_tag_end(cairo, CAIRO_TAG_LINK);
	}
	cairo_tag_end(cairo, look->tag);
}

static void draw_logo(cairo_t *cairo, cairo_surface_t *logo)
{
	double width = cairo_image_surface_get_width(logo), height = cairo_image_surface_get_height(logo);
	double scale = MIN(LOGO_WIDTH / width, LOGO_HEIGHT / height);
	cairo_save(cairo);
	cairo_translate(cairo, (PAGE_WIDTH - width * scale) / 2, MARGIN);
	cairo_scale(cairo, scale, scale);
	cairo_tag_begin(cairo, "Figure", NULL);
	cairo_set_source_surface(cairo, logo, 0, 0);
	cairo_paint(cairo);
	cairo_tag_end(cairo, "Figure");
	cairo_restore(cairo);
}

/* A mask of one bit a pixel, dark where the code is. As rectangles the code took a third of a page's time. */
static cairo_surface_t *qr_mask(const struct qr *code)
{
	cairo_surface_t *mask =
		cairo_image_surface_create(CAIRO_FORMAT_A1, code->width * QR_PIXELS, code->width * QR_PIXELS);
	int stride = cairo_image_surface_get_stride(mask);
	unsigned char *bits = cairo_image_surface_get_data(mask);
	for (int y = 0; bits && y < code->width * QR_PIXELS; y++) {
		uint32_t *row = (uint32_t *)(void *)(bits + (ptrdiff_t)y * stride);
		const unsigned char *modules = code->dark + y / QR_PIXELS * code->width;
		for (int x = 0; x < code->width * QR_PIXELS; x++) {
			int bit = G_BYTE_ORDER == G_LITTLE_ENDIAN ? x % 32 : 31 - x % 32; /* as cairo has them in a word */
			row[x / 32] |= (uint32_t)(modules[x / QR_PIXELS] != 0) << bit;
		}
	}
	cairo_surface_mark_dirty(mask);
	return mask;
}

static void draw_qr(cairo_t *cairo, const char *text)
{
	struct qr code;
	if (!qr_make(text, &code)) {
		return;
	}
	cairo_surface_t *mask = qr_mask(&code);
	double scale = QR_SIDE / (code.width * QR_PIXELS);
	cairo_save(cairo);
	cairo_translate(cairo, PAGE_WIDTH - MARGIN - QR_SIDE, PAGE_HEIGHT - MARGIN - QR_SIDE);
	cairo_scale(cairo, scale, scale);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_tag_begin(cairo, "Figure", NULL);
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(mask);
	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_mask(cairo, pattern);
	cairo_tag_end(cairo, "Figure");
	cairo_restore(cairo);
	cairo_pattern_destroy(pattern);
	cairo_surface_destroy(mask);
	qr_finish(&code);
}

static void draw_frame(cairo_t *cairo)
{
	cairo_set_source_rgb(cairo, 0, 0.4, 0.8);
	cairo_set_line_width(cairo, 1.2);
	cairo_rectangle(cairo, MARGIN / 2, MARGIN / 2, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - MARGIN);
	cairo_stroke(cairo);
}

static void draw_blocks(
	cairo_t *cairo, const GPtrArray *layouts, const struct page *page, double scale, double top, const char *link)
{
	const GArray *blocks = page->blocks;
	double y = top, foot = PAGE_HEIGHT - MARGIN;
	for (guint i = 0; i < blocks->len; i++) {
		const struct certificate_block *block = &g_array_index(blocks, struct certificate_block, i);
		const struct look *look = &looks[block->style];
		PangoLayout *layout = layouts->pdata[i];
		double height = height_of(layout);
		if (block->style == BLOCK_SMALL) {
			foot -= height;
			show(cairo, layout, look, strstr(block->text, page->verify_url) ? link : NULL, MARGIN, foot);
		} else {
			y += look->above * scale;
			show(cairo, layout, look, NULL, MARGIN, y);
			y += height;
		}
	}
}

static cairo_surface_t *open_pdf(const struct page *page, GByteArray *ret)
{
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(write_bytes, ret, PAGE_WIDTH, PAGE_HEIGHT);
	g_autofree char *date = g_strconcat(page->day, "T00:00:00Z", NULL);
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, page->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, page->author);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
	return surface;
}

/* Attributes of a link; NULL when the address has a character that would end them. Yours. */
static char *link_to(const char *url)
{
	return strpbrk(url, "'\\") ? NULL : g_strdup_printf("uri='%s'", url);
}

/* Another cairo than the one this was written for may leave the file as it was: it can be read all the same. */
static void finish(const struct press *press, const struct page *page, GByteArray *pdf)
{
	static const char qr[] = "Codice QR con l'indirizzo a cui verificare l'attestato";
	g_autofree char *logo = g_strdup_printf("Logo: %s", page->author);
	const char *const with_logo[] = {logo, qr, NULL};
	const struct pdf_finish rest = {page->title, page->author, page->day, press->logo ? with_logo : with_logo + 1};
	(void)pdf_finish(pdf, &rest);
}

bool press_print(struct press *press, const struct page *page, GByteArray *ret, struct problem *ret_problem)
{
	PangoContext *context = pango_font_map_create_context(press->fonts);
	pango_context_set_language(context, pango_language_from_string("it"));
	pango_cairo_context_set_resolution(context, 72);
	double top = MARGIN + (press->logo ? LOGO_HEIGHT : 0),
	       room = PAGE_HEIGHT - MARGIN - FOOT_HEIGHT - top;
	double scale = 1, height = 0;
	g_autoptr(GPtrArray) layouts = lay_out_all(context, page->blocks, scale);
	while ((height = body_height(page->blocks, layouts, scale)) > room && scale > SMALLEST_SCALE) {
		scale -= 0.05;
		g_ptr_array_unref(layouts);
		layouts = lay_out_all(context, page->blocks, scale);
	}
	if (height > room) {
		g_object_unref(context);
		problem_set(ret_problem, &too_long, page->title);
		return false;
	}
	cairo_surface_t *surface = open_pdf(page, ret);
	cairo_t *cairo = cairo_create(surface);
	g_autofree char *link = link_to(page->verify_url);
	draw_frame(cairo);
	cairo_tag_begin(cairo, "Document", NULL);
	if (press->logo) {
		draw_logo(cairo, press->logo);
	}
	/* A short text stands in the middle rather than at the top. */
	draw_blocks(cairo, layouts, page, scale, top + (room - height) / 3, link);
	draw_qr(cairo, page->verify_url);
	cairo_tag_end(cairo, "Document");
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	g_object_unref(context);
	if (!good) {
		problem_set(ret_problem, &too_long, page->title);
		return false;
	}
	finish(press, page, ret);
	return true;
}
