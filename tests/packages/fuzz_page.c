/* Any bytes as an HTML page: the walk ends, stays inside, and takes time in proportion. */
#include <glib.h>
#include <stdlib.h>

#include "packages/check/html_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct html_scanner scanner;
	struct html_event event;
	size_t events = 0;
	html_scanner_init(&scanner, (struct span){(const char *)bytes, (uint32_t)len});
	while (html_next(&scanner, &event)) {
		const char *end = (const char *)bytes + len;
		if (++events > len + 1 || event.content.at < (const char *)bytes ||
			event.content.len > (size_t)(end - event.content.at)) {
			abort();
		}
		if (event.kind == HTML_TAG) {
			g_free(html_attribute(&event, "src"));
			g_free(html_attribute(&event, "alt"));
		}
	}
	return 0;
}
