/*
 * How long a course takes, guessed by the ECM rule for the duration of contents: sound and video by their own
 * length, written text 6,000 characters in eight to ten minutes (nine here), an image without sound two minutes.
 */
#include <string.h>

#include "packages/check/inspect.h"
#include "packages/limits.h"

enum {
	TEXT_CHARACTERS = 6000,
	TEXT_SECONDS = 9 * 60,
	IMAGE_SECONDS = 2 * 60,
};

uint32_t estimate_seconds(uint64_t characters, uint32_t images, uint64_t media)
{
	uint64_t total =
		characters * TEXT_SECONDS / TEXT_CHARACTERS + (uint64_t)images * IMAGE_SECONDS + media;
	return (uint32_t)MIN(total, (uint64_t)INT32_MAX);
}

static uint64_t big(const unsigned char *at, size_t len)
{
	uint64_t value = 0;
	for (size_t i = 0; i < len; i++) {
		value = value << 8 | at[i];
	}
	return value;
}

static uint64_t little(const unsigned char *at, size_t len)
{
	uint64_t value = 0;
	while (len-- > 0) {
		value = value << 8 | at[len];
	}
	return value;
}

/* ISO 14496-12: boxes one after the other; moov holds mvhd, which holds time scale and duration. */
struct boxes {
	unsigned char head[48]; /* what was gathered of the box at hand */
	size_t have;
	uint64_t skip; /* bytes still to pass over */
	uint64_t passed;
	uint32_t seconds;
};

/* Looks at the gathered bytes; true when more of them are needed, or all is known. */
static void take_box(struct boxes *boxes)
{
	uint64_t size = big(boxes->head, 4);
	size_t head = 8;
	if (size == 1) {
		size = big(boxes->head + 8, 8);
		head = 16;
	}
	if (memcmp(boxes->head + 4, "mvhd", 4) == 0) {
		bool wide = boxes->head[8] == 1;
		uint64_t scale = big(boxes->head + (wide ? 28 : 20), 4);
		uint64_t length = big(boxes->head + (wide ? 32 : 24), wide ? 8 : 4);
		boxes->seconds = scale > 0 && length / scale < 86400 ? (uint32_t)(length / scale) : 0;
		return;
	}
	/* moov is entered: its children come right after its head. */
	boxes->skip = memcmp(boxes->head + 4, "moov", 4) == 0 ? 0 : size > head ? size - head : UINT64_MAX;
	memmove(boxes->head, boxes->head + head, boxes->have - head);
	boxes->have -= head;
	size_t drop = (size_t)MIN(boxes->skip, (uint64_t)boxes->have);
	memmove(boxes->head, boxes->head + drop, boxes->have - drop);
	boxes->have -= drop;
	boxes->skip -= drop;
}

static bool feed_boxes(void *data, const void *bytes, size_t len)
{
	struct boxes *boxes = data;
	const unsigned char *at = bytes;
	boxes->passed += len;
	while (len > 0 && boxes->seconds == 0) {
		size_t skip = (size_t)MIN(boxes->skip, (uint64_t)len);
		boxes->skip -= skip;
		at += skip;
		len -= skip;
		size_t take = MIN(len, sizeof(boxes->head) - boxes->have);
		memcpy(boxes->head + boxes->have, at, take);
		boxes->have += take;
		at += take;
		len -= take;
		while (boxes->have == sizeof(boxes->head) && boxes->seconds == 0) {
			size_t before = boxes->have;
			take_box(boxes);
			if (boxes->have == before) {
				return false;
			}
		}
	}
	return boxes->seconds == 0 && boxes->passed < CONTENT_READ_MEDIA_BYTES;
}

/* The first bytes are enough for WAV and, at its constant bit rate, for MP3. */
struct head {
	unsigned char bytes[4096];
	size_t have;
};

static bool feed_head(void *data, const void *bytes, size_t len)
{
	struct head *head = data;
	size_t take = MIN(len, sizeof(head->bytes) - head->have);
	memcpy(head->bytes + head->have, bytes, take);
	head->have += take;
	return head->have < sizeof(head->bytes);
}

static uint32_t wav_seconds(const struct head *head, uint64_t size)
{
	uint64_t rate =
		head->have > 32 && memcmp(head->bytes, "RIFF", 4) == 0 ? little(head->bytes + 28, 4) : 0;
	return rate > 0 ? (uint32_t)MIN(size / rate, (uint64_t)86400) : 0;
}

static uint32_t mp3_seconds(const struct head *head, uint64_t size)
{
	static const uint16_t kbit[] = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
	static const uint16_t kbit_low[] = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
	for (size_t i = 0; i + 4 <= head->have; i++) {
		const unsigned char *at = head->bytes + i;
		bool frame =
			at[0] == 0xFF && (at[1] & 0xE6) == 0xE2 && (at[2] >> 4) != 0 && (at[2] >> 4) != 15;
		if (frame) {
			bool full = (at[1] & 0x18) == 0x18;
			uint64_t rate = (full ? kbit : kbit_low)[at[2] >> 4] * UINT64_C(125);
			return (uint32_t)MIN(size / rate, (uint64_t)86400);
		}
	}
	return (uint32_t)MIN(size / CONTENT_AUDIO_BYTES_PER_SECOND, (uint64_t)86400);
}

uint32_t media_seconds(struct archive_reader *reader, const struct archive_entry *entry)
{
	const char *dot = strrchr(entry->name, '.');
	const char *ending = dot ? dot + 1 : "";
	struct head head = {0};
	if (g_ascii_strcasecmp(ending, "wav") == 0 || g_ascii_strcasecmp(ending, "mp3") == 0) {
		archive_read(reader, entry, feed_head, &head);
		return g_ascii_tolower(*ending) == 'w' ? wav_seconds(&head, entry->size)
						       : mp3_seconds(&head, entry->size);
	}
	struct boxes boxes = {0};
	static const char *const boxed[] = {"mp4", "m4v", "m4a", "mov"};
	for (size_t i = 0; i < G_N_ELEMENTS(boxed); i++) {
		if (g_ascii_strcasecmp(ending, boxed[i]) == 0) {
			archive_read(reader, entry, feed_boxes, &boxes);
		}
	}
	/* Without a stated length: by its weight. */
	return boxes.seconds ? boxes.seconds
			     : (uint32_t)MIN(entry->size / CONTENT_VIDEO_BYTES_PER_SECOND, UINT64_C(86400));
}
