/* Zips built byte by byte for the tests, so that every field can lie. */
#ifndef TESTS_PACKAGES_ZIP_BUILDER_H
#define TESTS_PACKAGES_ZIP_BUILDER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct zip_part {
	const char *name;
	size_t name_len; /* 0 = strlen(name) */
	const void *data;
	size_t len;
	bool deflate; /* pack `data`; else it is stored as it is */
	uint16_t flags, made_by;
	uint16_t method; /* 0 = as `deflate` says */
	uint32_t external;
	uint32_t say_size, say_packed; /* 0 = the truth */
	bool same_offset;              /* the directory points to the entry before */
	bool wrong_crc;
	bool zip64;    /* sizes and offset stand in the extra field, however small */
	bool streamed; /* checksum and sizes follow the data (flag bit 3), with zip64: in 64 bits */
};

struct zip_build;

struct zip_build *zip_build_create(void);
void zip_build_add(struct zip_build *build, struct zip_part part);
/* A part of text, packed. */
void zip_build_text(struct zip_build *build, const char *name, const char *text);
/* Ends the zip; frees the builder. Yours. */
GByteArray *zip_build_end(struct zip_build *build);
/* The same with a Zip64 end record, and nothing in the plain one. */
GByteArray *zip_build_end64(struct zip_build *build);

/* A manifest of SCORM 1.2 with one SCO, "index.html". */
extern const char plain_manifest[];
/* Manifest and page, so that only what is added is at fault. */
struct zip_build *zip_build_course(void);

/* Writes the bytes into a new file below `folder`; its path is yours. */
char *zip_write(const char *folder, const GByteArray *bytes);

#endif
