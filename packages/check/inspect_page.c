/* HTML pages: what they load, and what is likely to shut somebody out (WCAG 1.1.1, 1.2.2, 2.4.2, 3.1.1). */
#include <string.h>

#include "packages/check/html_scan.h"
#include "packages/check/inspect.h"

struct page {
	struct inspection *inspection;
	uint32_t file;
	bool has_title, in_title, has_language, has_html;
	bool shows; /* something to a reader, now or when a script fills it */
	uint32_t images_without_text, first_image_line;
	bool in_video, captioned;
	uint32_t video_line;
};

/* Which attribute of which element holds an address. */
static const struct {
	const char *tag, *attribute;
	enum link_kind kind;
} addresses[] = {
	{"script", "src", LINK_LOADS},
	{"img", "src", LINK_LOADS},
	{"iframe", "src", LINK_LOADS},
	{"frame", "src", LINK_LOADS},
	{"link", "href", LINK_LOADS},
	{"video", "src", LINK_LOADS},
	{"audio", "src", LINK_LOADS},
	{"source", "src", LINK_LOADS},
	{"track", "src", LINK_LOADS},
	{"embed", "src", LINK_LOADS},
	{"object", "data", LINK_LOADS},
	{"a", "href", LINK_GOES},
	{"area", "href", LINK_GOES},
	{"video", "poster", LINK_LOADS},
	{"form", "action", LINK_GOES},
};

/* <link> loads only some of its relations. */
static bool link_loads(const struct html_event *tag)
{
	g_autofree char *relation = html_attribute(tag, "rel");
	return relation &&
	       (strstr(relation, "stylesheet") || strstr(relation, "icon") || strstr(relation, "preload"));
}

static void follow(struct page *page, const struct html_event *tag)
{
	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		if (strcmp(tag->name, addresses[i].tag) != 0) {
			continue;
		}
		g_autofree char *address = html_attribute(tag, addresses[i].attribute);
		if (!address || (strcmp(tag->name, "link") == 0 && !link_loads(tag))) {
			continue;
		}
		uint32_t to =
			inspect_link(page->inspection, page->file, address, tag->line, addresses[i].kind);
		if (to != UINT32_MAX && strcmp(tag->name, "img") == 0) {
			page->inspection->files[to].shown = true;
		}
	}
}

static void check_image(struct page *page, const struct html_event *tag)
{
	static const char *const texts[] = {"alt", "aria-label", "aria-labelledby", "aria-hidden", "role"};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *text = html_attribute(tag, texts[i]);
		if (text) {
			return;
		}
	}
	if (page->images_without_text++ == 0) {
		page->first_image_line = tag->line;
	}
}

static void end_video(struct page *page)
{
	if (page->in_video && !page->captioned) {
		struct place place = {page->inspection->entries[page->file].name, page->video_line, 0};
		findings_add(page->inspection->findings, FINDING_VIDEO_NO_CAPTIONS, place, NULL, NULL);
	}
	page->in_video = false;
}

/* Tools have pages that only carry a form or wait to be replaced: nobody reads them. */
static bool tag_shows(const struct html_event *tag)
{
	static const char *const structure[] = {
		"html", "head", "meta", "title", "base", "link", "style", "script", "noscript", "body", "form", "br", NULL};
	g_autofree char *type = strcmp(tag->name, "input") == 0 ? html_attribute(tag, "type") : NULL;
	return !g_strv_contains(structure, tag->name) && (!type || g_ascii_strcasecmp(type, "hidden") != 0);
}

static void see_tag(struct page *page, const struct html_event *tag)
{
	follow(page, tag);
	page->shows = page->shows || tag_shows(tag);
	if (strcmp(tag->name, "html") == 0) {
		g_autofree char *language = html_attribute(tag, "lang");
		page->has_html = true;
		page->has_language = language && *language;
	} else if (strcmp(tag->name, "title") == 0) {
		page->in_title = true;
	} else if (strcmp(tag->name, "img") == 0) {
		check_image(page, tag);
	} else if (strcmp(tag->name, "video") == 0) {
		end_video(page);
		page->in_video = true;
		page->captioned = false;
		page->video_line = tag->line;
	} else if (strcmp(tag->name, "track") == 0) {
		g_autofree char *kind = html_attribute(tag, "kind");
		page->captioned |= !kind || strcmp(kind, "captions") == 0 || strcmp(kind, "subtitles") == 0;
	}
}

uint64_t inspect_characters(struct span text)
{
	uint64_t count = 0;
	bool blank = true;
	for (uint32_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool is_blank = g_ascii_isspace(c);
		count += (c & 0xC0) != 0x80 && !(is_blank && blank);
		blank = is_blank;
	}
	return count;
}

static void report(struct page *page)
{
	struct inspection *inspection = page->inspection;
	const char *where = inspection->entries[page->file].name;
	if (page->images_without_text > 0) {
		char count[16];
		g_snprintf(count, sizeof(count), "%u", page->images_without_text);
		findings_add(inspection->findings, FINDING_IMAGE_NO_ALTERNATIVE,
			(struct place){where, page->first_image_line, 0}, count, NULL);
	}
	if (page->has_html && page->shows && !page->has_title) {
		findings_add(
			inspection->findings, FINDING_PAGE_NO_TITLE, (struct place){where, 0, 0}, NULL, NULL);
	}
	if (page->has_html && page->shows && !page->has_language) {
		findings_add(inspection->findings, FINDING_PAGE_NO_LANGUAGE, (struct place){where, 0, 0},
			NULL, NULL);
	}
	inspection->page_language |= page->has_language;
}

void inspect_page(struct inspection *inspection, uint32_t file, struct span text)
{
	struct page page = {.inspection = inspection, .file = file};
	struct html_scanner scanner;
	struct html_event event;
	html_scanner_init(&scanner, text);
	while (html_next(&scanner, &event)) {
		switch (event.kind) {
		case HTML_TAG:
			see_tag(&page, &event);
			break;
		case HTML_END:
			page.in_title = page.in_title && strcmp(event.name, "title") != 0;
			if (strcmp(event.name, "video") == 0) {
				end_video(&page);
			}
			break;
		case HTML_TEXT:
			if (page.in_title) {
				page.has_title |= inspect_characters(event.content) > 0;
			} else {
				uint64_t characters = inspect_characters(event.content);
				inspection->characters += characters;
				page.shows |= characters > 0;
			}
			break;
		case HTML_SCRIPT:
			inspect_script(inspection, file, event.content, event.line);
			break;
		case HTML_STYLE:
			inspect_style(inspection, file, event.content, event.line);
			break;
		}
	}
	end_video(&page);
	/* Event handlers call the API too: onload="initAPI()" */
	struct inspected *here = &inspection->files[file];
	here->finds_any |= memmem(text.at, text.len, "LMSInitialize", 13) != NULL;
	report(&page);
}
