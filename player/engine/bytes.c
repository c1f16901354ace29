#include "player/engine/bytes.h"
#include "player/engine/text.h"

struct byte_reader byte_reader_of(struct span bytes)
{
	return (struct byte_reader){(const unsigned char *)bytes.at, bytes.len, false};
}

void put_byte(struct byte_writer *writer, unsigned char byte)
{
	if (writer->used < writer->room) {
		writer->at[writer->used] = byte;
	}
	writer->used++;
}

void put_raw(struct byte_writer *writer, const void *bytes, size_t size)
{
	if (size > 0 && writer->used <= writer->room && size <= writer->room - writer->used) {
		memcpy(writer->at + writer->used, bytes, size);
	}
	writer->used += size;
}

uint32_t number_write(unsigned char *at, uint64_t number)
{
	uint32_t size = 0;
	while (number >= 0x80) {
		at[size++] = (unsigned char)(number | 0x80);
		number >>= 7;
	}
	at[size++] = (unsigned char)number;
	return size;
}

void put_number(struct byte_writer *writer, uint64_t number)
{
	if (writer->used <= writer->room && writer->room - writer->used >= NUMBER_SIZE) {
		writer->used += number_write(writer->at + writer->used, number);
	} else {
		unsigned char bytes[NUMBER_SIZE];
		put_raw(writer, bytes, number_write(bytes, number));
	}
}

uint32_t number_size(uint64_t number)
{
	uint32_t size = 1;
	for (; number >= 0x80; number >>= 7) {
		size++;
	}
	return size;
}

void put_signed(struct byte_writer *writer, int64_t number)
{
	uint64_t bits = (uint64_t)number << 1;
	put_number(writer, number < 0 ? ~bits : bits);
}

void put_fixed64(struct byte_writer *writer, uint64_t number)
{
	for (int i = 0; i < 8; i++) {
		put_byte(writer, (unsigned char)(number >> (8 * i)));
	}
}

void put_double(struct byte_writer *writer, double number)
{
	uint64_t bits;
	memcpy(&bits, &number, sizeof(bits));
	put_fixed64(writer, bits);
}

void put_string(struct byte_writer *writer, struct span text)
{
	put_number(writer, text.len);
	put_raw(writer, text.at, text.len);
}

unsigned char get_byte(struct byte_reader *reader)
{
	if (reader->failed || reader->left == 0) {
		reader->failed = true;
		return 0;
	}
	reader->left--;
	return *reader->at++;
}

uint64_t get_number(struct byte_reader *reader)
{
	uint64_t number = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		unsigned char byte = get_byte(reader);
		if (shift == 63 && byte > 1) {
			break;
		}
		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			if (byte == 0 && shift > 0) {
				break; /* not the shortest form */
			}
			return reader->failed ? 0 : number;
		}
	}
	reader->failed = true;
	return 0;
}

uint64_t get_number_up_to(struct byte_reader *reader, uint64_t most)
{
	uint64_t number = get_number(reader);
	if (number > most) {
		reader->failed = true;
		return 0;
	}
	return number;
}

int64_t get_signed(struct byte_reader *reader)
{
	uint64_t bits = get_number(reader);
	return (int64_t)((bits >> 1) ^ (~(bits & 1) + 1));
}

uint64_t get_fixed64(struct byte_reader *reader)
{
	uint64_t number = 0;
	for (int i = 0; i < 8; i++) {
		number |= (uint64_t)get_byte(reader) << (8 * i);
	}
	return number;
}

double get_double(struct byte_reader *reader)
{
	uint64_t bits = get_fixed64(reader);
	if ((bits >> 52 & 0x7ff) == 0x7ff) {
		reader->failed = true;
		return 0;
	}
	double number;
	memcpy(&number, &bits, sizeof(number));
	return number;
}

bool get_bool(struct byte_reader *reader)
{
	return get_number_up_to(reader, 1) == 1;
}

struct span get_raw(struct byte_reader *reader, size_t size)
{
	if (reader->failed || size > reader->left || size > UINT32_MAX) {
		reader->failed = true;
		return (struct span){"", 0};
	}
	struct span bytes = {(const char *)reader->at, (uint32_t)size};
	reader->at += size;
	reader->left -= size;
	return bytes;
}

struct span get_string(struct byte_reader *reader)
{
	return get_raw(reader, (size_t)get_number_up_to(reader, UINT32_MAX));
}

/* Eight bytes a step, mixed by a multiplication; the tail is filled up with zeros and the length. */
uint64_t bytes_hash(struct span bytes)
{
	uint64_t hash = 0x9e3779b97f4a7c15u ^ bytes.len;
	for (uint32_t i = 0; i < bytes.len; i += 8) {
		uint64_t word = 0;
		uint32_t count = bytes.len - i < 8 ? bytes.len - i : 8;
		for (uint32_t k = 0; k < count; k++) {
			word |= (uint64_t)(unsigned char)bytes.at[i + k] << (8 * k);
		}
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	return hash;
}
