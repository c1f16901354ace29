/*
 * Endian-free reading and writing of the three binary formats: course image, journal, snapshot.
 * Both ends latch: after the first failure every further call does nothing, and one check at the end
 * is enough.
 *
 * Unsigned numbers are LEB128 varints of at most 10 bytes, in their shortest form; signed ones are
 * zigzag coded first. A double is its 8 IEEE 754 bytes, least significant first. A string is its
 * length in bytes as a varint, then the bytes.
 */
#ifndef PLAYER_ENGINE_BYTES_H
#define PLAYER_ENGINE_BYTES_H

#include "player/engine/base.h"

struct byte_writer {
	unsigned char *at;
	size_t room;
	size_t used; /* may exceed room: then what was written is useless, but the size is right */
};

struct byte_reader {
	const unsigned char *at;
	size_t left;
	bool failed;
};

struct byte_reader byte_reader_of(struct span bytes);

void put_byte(struct byte_writer *writer, unsigned char byte);
void put_raw(struct byte_writer *writer, const void *bytes, size_t size);
void put_number(struct byte_writer *writer, uint64_t number);

#define NUMBER_SIZE 10u                /* the longest */
uint32_t number_size(uint64_t number); /* bytes that put_number() takes */
/* Puts the same bytes where there is room for the longest. */
uint32_t number_write(unsigned char *at, uint64_t number);

void put_signed(struct byte_writer *writer, int64_t number);
void put_double(struct byte_writer *writer, double number);
void put_fixed64(struct byte_writer *writer, uint64_t number); /* 8 bytes, least significant first */
void put_string(struct byte_writer *writer, struct span text);

unsigned char get_byte(struct byte_reader *reader);
uint64_t get_number(struct byte_reader *reader);
uint64_t get_number_up_to(struct byte_reader *reader, uint64_t most); /* fails above `most` */
int64_t get_signed(struct byte_reader *reader);
double get_double(struct byte_reader *reader); /* fails on NaN and infinity: no format needs them */
uint64_t get_fixed64(struct byte_reader *reader);
bool get_bool(struct byte_reader *reader);          /* fails on anything but 0 and 1 */
struct span get_string(struct byte_reader *reader); /* borrowed from the bytes that are read */
struct span get_raw(struct byte_reader *reader, size_t size);

/* A 64-bit check of bytes against damage and mix-up, not against forgery. */
uint64_t bytes_hash(struct span bytes);

#endif
