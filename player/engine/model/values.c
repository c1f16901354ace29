#include "player/engine/model/values.h"
#include "player/engine/bytes.h"
#include "player/engine/limits.h"
#include "player/engine/text.h"

#define BLOCK_HEAD 8u
#define FIRST_TABLE 64u
#define NO_ENTRY UINT32_MAX

/* --- Blocks of the heap: entry index, capacity, then that many bytes --- */

static uint32_t rounded(uint32_t length)
{
	return (length + 3u) & ~3u;
}

static uint32_t block_cost(uint32_t length)
{
	return BLOCK_HEAD + rounded(length);
}

static uint32_t read_word(const unsigned char *at)
{
	uint32_t word;
	memcpy(&word, at, sizeof(word));
	return word;
}

static void write_head(struct values *values, uint32_t place, uint32_t entry, uint32_t capacity)
{
	memcpy(values->heap + place - BLOCK_HEAD, &entry, sizeof(entry));
	memcpy(values->heap + place - 4, &capacity, sizeof(capacity));
}

/* Slides the live blocks together, each cut to what its value needs. */
static void compact(struct values *values)
{
	uint32_t from = 0, to = 0;
	while (from < values->heap_used) {
		uint32_t entry = read_word(values->heap + from);
		uint32_t capacity = read_word(values->heap + from + 4);
		if (entry < values->count && values->entries[entry].place == from + BLOCK_HEAD) {
			struct value *value = &values->entries[entry];
			memmove(values->heap + to + BLOCK_HEAD, values->heap + from + BLOCK_HEAD,
				value->length);
			value->place = to + BLOCK_HEAD;
			write_head(values, value->place, entry, rounded(value->length));
			to += block_cost(value->length);
		}
		from += BLOCK_HEAD + capacity;
	}
	values->heap_used = to;
}

/* --- The hash table --- */

static uint32_t slot_of(const struct values *values, value_key key)
{
	uint64_t hash = (key ^ key >> 29) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(hash >> 40) & (values->table_size - 1);
}

/* The entry's slot, or the free one where it would go. */
static uint32_t find_slot(const struct values *values, value_key key)
{
	uint32_t slot = slot_of(values, key);
	while (values->table[slot] != 0 && values->entries[values->table[slot] - 1].key != key) {
		slot = (slot + 1) & (values->table_size - 1);
	}
	return slot;
}

static void rebuild_table(struct values *values, uint32_t size)
{
	values->table_size = size;
	memset(values->table, 0, (size_t)size * sizeof(values->table[0]));
	for (uint32_t i = 0; i < values->count; i++) {
		values->table[find_slot(values, values->entries[i].key)] = i + 1;
	}
}

/* --- */

void values_init(struct values *values, void *block, size_t size)
{
	*values = (struct values){0};
	unsigned char *at = block;
	/* An eighth for entries, another for their table, the rest for the bytes, each no more than the
	 * limits need. */
	uint32_t entry_room = 16;
	while (entry_room < LIMIT_VALUES && (size_t)entry_room * 2 * 24 <= size / 4) {
		entry_room *= 2;
	}
	size_t fixed = entry_room * sizeof(struct value) + entry_room * 2 * sizeof(uint32_t);
	if (size < fixed || entry_room * 2 < FIRST_TABLE) {
		fixed = 0;
		entry_room = 0;
	}
	values->entries = (struct value *)block;
	values->room = entry_room;
	values->table = (uint32_t *)(void *)(at + entry_room * sizeof(struct value));
	values->table_room = entry_room * 2;
	values->heap = at + fixed;
	values->heap_room = size - fixed > UINT32_MAX ? UINT32_MAX : (uint32_t)(size - fixed);
	values_clear(values);
}

void values_clear(struct values *values)
{
	values->count = 0;
	values->heap_used = 0;
	values->live = 0;
	if (values->room > 0) {
		rebuild_table(values, values->table_room < FIRST_TABLE ? values->table_room : FIRST_TABLE);
	}
}

static uint32_t find(const struct values *values, value_key key)
{
	if (values->count == 0) {
		return NO_ENTRY;
	}
	return values->table[find_slot(values, key)] - 1;
}

bool values_get(const struct values *values, value_key key, struct span *ret)
{
	uint32_t entry = find(values, key);
	if (entry == NO_ENTRY) {
		return false;
	}
	const struct value *value = &values->entries[entry];
	*ret = (struct span){(const char *)values->heap + value->place, value->length};
	return true;
}

bool values_has(const struct values *values, value_key key)
{
	return find(values, key) != NO_ENTRY;
}

static uint64_t most_bytes(const struct values *values)
{
	return values->heap_room < LIMIT_DATA_BYTES ? values->heap_room : LIMIT_DATA_BYTES;
}

static uint32_t most_values(const struct values *values)
{
	return values->room < LIMIT_VALUES ? values->room : LIMIT_VALUES;
}

bool values_fit(const struct values *values, uint32_t count, uint64_t bytes)
{
	uint64_t live = values->live + bytes + (uint64_t)count * (BLOCK_HEAD + 3);
	return count <= most_values(values) - values->count && live <= most_bytes(values);
}

void values_reserve(struct values *values, uint32_t count, uint64_t bytes)
{
	uint32_t half_values = most_values(values) / 2;
	uint64_t half_bytes = most_bytes(values) / 2;
	values->reserved_values = count < half_values ? count : half_values;
	values->reserved_bytes = bytes < half_bytes ? bytes : half_bytes;
}

/* A new place of `length` bytes for the entry; the caller has checked that it fits after compaction. */
static void give_place(struct values *values, uint32_t entry, uint32_t length)
{
	uint32_t wanted = block_cost(length + length / 8);
	if (wanted > values->heap_room - values->heap_used) {
		compact(values);
		if (wanted > values->heap_room - values->heap_used) {
			wanted = block_cost(length);
		}
	}
	uint32_t place = values->heap_used + BLOCK_HEAD;
	values->heap_used += wanted;
	values->entries[entry].place = place;
	write_head(values, place, entry, wanted - BLOCK_HEAD);
}

static bool add(struct values *values, value_key key, struct span text)
{
	if (values->count == values->room) {
		return false;
	}
	if ((values->count + 1) * 2 > values->table_size) {
		rebuild_table(values, values->table_size * 2);
	}
	uint32_t entry = values->count;
	values->entries[entry] = (struct value){.key = key};
	give_place(values, entry, text.len);
	values->entries[entry].length = text.len;
	if (text.len > 0) { /* an empty text may have no address */
		memcpy(values->heap + values->entries[entry].place, text.at, text.len);
	}
	values->table[find_slot(values, key)] = entry + 1;
	values->count++;
	values->live += block_cost(text.len);
	return true;
}

static bool replace(struct values *values, uint32_t entry, struct span text)
{
	struct value *value = &values->entries[entry];
	values->live += block_cost(text.len);
	values->live -= block_cost(value->length);
	if (text.len > read_word(values->heap + value->place - 4)) {
		value->place = 0; /* its bytes may go */
		value->length = 0;
		give_place(values, entry, text.len);
	}
	value->length = text.len;
	if (text.len > 0) {
		memmove(values->heap + value->place, text.at, text.len);
	}
	return true;
}

bool values_set(struct values *values, value_key key, struct span text)
{
	uint32_t entry = find(values, key);
	uint64_t old = entry == NO_ENTRY ? 0 : block_cost(values->entries[entry].length);
	uint64_t live = values->live - old + block_cost(text.len);
	if (text.len > LIMIT_VALUE_BYTES || live > most_bytes(values) ||
		(entry == NO_ENTRY && values->count >= most_values(values))) {
		return false;
	}
	return entry == NO_ENTRY ? add(values, key, text) : replace(values, entry, text);
}

bool values_set_content(struct values *values, value_key key, struct span text, uint32_t extra)
{
	uint32_t entry = find(values, key);
	uint64_t old = entry == NO_ENTRY ? 0 : block_cost(values->entries[entry].length);
	uint64_t live = values->live - old + block_cost(text.len) + (uint64_t)extra * block_cost(4);
	uint32_t count = values->count + (entry == NO_ENTRY) + extra;
	if (live > most_bytes(values) - values->reserved_bytes ||
		count > most_values(values) - values->reserved_values) {
		return false;
	}
	return values_set(values, key, text);
}

uint32_t values_number(const struct values *values, value_key key)
{
	struct span bytes;
	if (!values_get(values, key, &bytes) || bytes.len != 4) {
		return 0;
	}
	const unsigned char *at = (const unsigned char *)bytes.at;
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

bool values_set_number(struct values *values, value_key key, uint32_t number)
{
	const unsigned char bytes[4] = {(unsigned char)number, (unsigned char)(number >> 8),
		(unsigned char)(number >> 16), (unsigned char)(number >> 24)};
	return values_set(values, key, (struct span){(const char *)bytes, sizeof(bytes)});
}

/* Closes the gaps of removed entries, which have no place, keeping the order of the others. */
static void close_gaps(struct values *values)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < values->count; i++) {
		struct value value = values->entries[i];
		if (value.place == 0) {
			continue;
		}
		values->entries[kept] = value;
		memcpy(values->heap + value.place - BLOCK_HEAD, &kept, sizeof(kept));
		kept++;
	}
	values->count = kept;
	rebuild_table(values, values->table_size);
}

static void drop(struct values *values, uint32_t entry)
{
	values->live -= block_cost(values->entries[entry].length);
	values->entries[entry].place = 0;
}

void values_remove(struct values *values, value_key key)
{
	uint32_t entry = find(values, key);
	if (entry != NO_ENTRY) {
		drop(values, entry);
		close_gaps(values);
	}
}

void values_remove_owner(struct values *values, uint32_t owner)
{
	bool any = false;
	for (uint32_t i = 0; i < values->count; i++) {
		if (value_key_owner(values->entries[i].key) == owner) {
			drop(values, i);
			any = true;
		}
	}
	if (any) {
		close_gaps(values);
	}
}

void values_save(const struct values *values, struct byte_writer *writer)
{
	put_number(writer, values->count);
	for (uint32_t i = 0; i < values->count; i++) {
		const struct value *value = &values->entries[i];
		put_number(writer, value->key);
		put_string(writer, (struct span){(const char *)values->heap + value->place, value->length});
	}
}

enum values_verdict values_check(const struct values *values, struct byte_reader *reader)
{
	uint64_t count = get_number(reader), live = 0;
	for (uint64_t i = 0; i < count && !reader->failed; i++) {
		(void)get_number(reader);
		struct span text = get_string(reader);
		if (text.len > LIMIT_VALUE_BYTES) {
			return VALUES_TOO_LARGE;
		}
		live += block_cost(text.len);
	}
	if (reader->failed) {
		return VALUES_DAMAGED;
	}
	return count > most_values(values) || live > most_bytes(values) ? VALUES_TOO_LARGE : VALUES_LOADABLE;
}

void values_load(struct values *values, struct byte_reader *reader)
{
	values_clear(values);
	uint32_t count = (uint32_t)get_number(reader);
	for (uint32_t i = 0; i < count; i++) {
		value_key key = get_number(reader);
		(void)values_set(values, key, get_string(reader));
	}
}
