/* Pictures, sound and video: what browsers play, how large, how long. */
#include <string.h>

#include "packages/check/inspect.h"
#include "packages/limits.h"
#include "packages/mime.h"

/* What no current browser shows by itself. */
static const char *const unplayable[] = {"video/x-msvideo", "video/x-ms-wmv", "video/x-flv", "video/mpeg",
	"video/3gpp", "video/mp2t", "audio/x-ms-wma", "audio/midi", "image/tiff", "image/heic",
	"application/x-silverlight-app"};

static void check_format(struct inspection *inspection, const char *name, const char *type)
{
	struct place place = {name, 0, 0};
	for (size_t i = 0; i < G_N_ELEMENTS(unplayable); i++) {
		if (strcmp(type, unplayable[i]) == 0) {
			findings_add(inspection->findings, FINDING_MEDIA_UNPLAYABLE, place, name, type);
		}
	}
	if (strcmp(type, "application/x-shockwave-flash") == 0) {
		findings_add(inspection->findings, FINDING_MEDIA_FLASH, place, name, NULL);
	} else if (strcmp(type, "video/quicktime") == 0) {
		findings_add(inspection->findings, FINDING_MEDIA_QUICKTIME, place, name, NULL);
	}
}

static void check_weight(struct inspection *inspection, const struct archive_entry *entry, const char *type)
{
	uint64_t limit = g_str_has_prefix(type, "video/")   ? CONTENT_HEAVY_VIDEO_BYTES
			 : g_str_has_prefix(type, "audio/") ? CONTENT_HEAVY_AUDIO_BYTES
			 : g_str_has_prefix(type, "image/") ? CONTENT_HEAVY_IMAGE_BYTES
							    : CONTENT_HEAVY_OTHER_BYTES;
	if (entry->size > limit) {
		g_autofree char *size = g_format_size(entry->size);
		struct place place = {entry->name, 0, 0};
		findings_add(inspection->findings, FINDING_FILE_HEAVY, place, entry->name, size);
	}
}

void inspect_media(struct inspection *inspection, uint32_t file, struct archive_reader *reader)
{
	const struct archive_entry *entry = &inspection->entries[file];
	const char *type = mime_type(entry->name);
	bool video = g_str_has_prefix(type, "video/");
	bool audio = g_str_has_prefix(type, "audio/");
	check_format(inspection, entry->name, type);
	check_weight(inspection, entry, type);
	inspection->videos += video;
	inspection->captions += strcmp(type, "text/vtt") == 0 || strcmp(type, "application/x-subrip") == 0;
	if (video || audio) {
		inspection->has_sound = true;
		inspection->media_seconds += media_seconds(reader, entry);
	}
}
