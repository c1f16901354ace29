/*
 * The store of run-time data: what SCOs set, as texts, found by a key. It lives in one block of memory; a
 * value that grows leaves its old place, and places left behind are gathered up when the room is needed.
 * A call that does not fit changes nothing.
 *
 * Values keep the order in which they came to be, so that a snapshot is the same wherever it is made.
 */
#ifndef PLAYER_ENGINE_VALUES_H
#define PLAYER_ENGINE_VALUES_H

#include "player/engine/base.h"

struct byte_reader;
struct byte_writer;

/* Who owns a value: an activity's index, or one of the owners below. */
#define OWNER_BUCKETS 0x800000u /* + index of the shared data bucket */
#define OWNER_ATTEMPT 0xffffffu /* the attempt on the course as a whole */

/* owner (24 bits), element (8), first index (16), second index (16) */
typedef uint64_t value_key;

static inline value_key value_key_of(uint32_t owner, uint32_t element, uint32_t n, uint32_t m)
{
	return (uint64_t)owner << 40 | (uint64_t)(element & 0xff) << 32 | (uint64_t)(n & 0xffff) << 16 |
	       (m & 0xffff);
}

static inline uint32_t value_key_owner(value_key key)
{
	return (uint32_t)(key >> 40);
}

struct value {
	value_key key;
	uint32_t place;  /* of its bytes in the heap */
	uint32_t length; /* in bytes */
};

struct values {
	struct value *entries; /* in order of creation */
	uint32_t count, room;
	uint32_t *table;     /* hash table of entry index + 1; 0 = free */
	uint32_t table_size; /* a power of two, at least twice the count */
	uint32_t table_room;
	unsigned char *heap; /* blocks: entry index, capacity, bytes */
	uint32_t heap_used, heap_room;
	uint64_t live;            /* bytes of heap that a compacted heap would take */
	uint32_t reserved_values; /* what content leaves to the engine's own values */
	uint64_t reserved_bytes;
};

/* Divides the block (aligned to 16) and starts empty. */
void values_init(struct values *values, void *block, size_t size);
void values_clear(struct values *values);
/* Keeps so much, at most half of the store, from values_set_content(): a SCO cannot fill the store so far
 * that the next session would not begin. */
void values_reserve(struct values *values, uint32_t count, uint64_t bytes);

/* Borrowed until the next change of the store. False, `ret` untouched, when never set. */
bool values_get(const struct values *values, value_key key, struct span *ret);
bool values_has(const struct values *values, value_key key);
/* False, with nothing changed, when it does not fit the memory or a limit of limits.h. `text` lies
 * outside the store. */
bool values_set(struct values *values, value_key key, struct span text);
/* The same for what content sets, within what is not reserved, and with room left for `extra` small
 * numbers. */
bool values_set_content(struct values *values, value_key key, struct span text, uint32_t extra);
/* Would `count` new values of `bytes` bytes together fit? */
bool values_fit(const struct values *values, uint32_t count, uint64_t bytes);

/* Small numbers (counts of collections, marks): 0 when never set. */
uint32_t values_number(const struct values *values, value_key key);
bool values_set_number(struct values *values, value_key key, uint32_t number);

void values_remove(struct values *values, value_key key);
void values_remove_owner(struct values *values, uint32_t owner);

enum values_verdict {
	VALUES_LOADABLE,
	VALUES_DAMAGED,
	VALUES_TOO_LARGE, /* for this store's memory or a limit */
};

void values_save(const struct values *values, struct byte_writer *writer);
/* Can what stands here be loaded? Changes nothing but the reader. */
enum values_verdict values_check(const struct values *values, struct byte_reader *reader);
/* Replaces all values by what values_check() has found loadable. */
void values_load(struct values *values, struct byte_reader *reader);

#endif
