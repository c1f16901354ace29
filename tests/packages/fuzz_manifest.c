/* Any bytes as imsmanifest.xml: read or refused with an error, and whatever is read the engine opens. */
#include <glib.h>
#include <stdlib.h>

#include "packages/manifest/manifest.h"
#include "player/engine/course/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_course(const struct course *course)
{
	size_t size = image_write(course, NULL, 0);
	if (size == 0) {
		return; /* beyond the engine's limits: the import says so */
	}
	char *image = g_malloc(size);
	struct span span = {image, (uint32_t)size};
	struct course again;
	image_write(course, image, size);
	struct arena arena = {.size = image_arena_size(span)};
	arena.block = g_malloc(arena.size);
	if (!image_open(span, &arena, &again) || again.activity_count != course->activity_count) {
		abort();
	}
	g_free(arena.block);
	g_free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (len > UINT32_MAX) {
		return 0;
	}
	struct findings *findings = findings_create();
	struct manifest *manifest =
		manifest_read((struct span){(const char *)bytes, (uint32_t)len}, "imsmanifest.xml", findings);
	if (!manifest && !findings_have_error(findings)) {
		abort();
	}
	for (uint32_t i = 0; manifest && i < manifest->course_count; i++) {
		check_course(&manifest->courses[i]);
	}
	manifest_destroy(manifest);
	findings_destroy(findings);
	return 0;
}
