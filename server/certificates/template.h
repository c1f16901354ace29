/*
 * What a certificate says, as data: for each kind the blocks of text in order, with the names of facts in braces.
 * An installation replaces the built-in template (server/data/certificates.json) by a certificates.json of its own in
 * the data folder.
 *
 *   {"format": "fad-certificates-1", "version": "2026-1",
 *    "kinds": {
 *      "ecm": [
 *        {"style": "title", "text": "Attestato ECM"},
 *        {"style": "body", "text": "{person_name}, nato a {birth_place}", "if": ["birth_place"]}]}}
 *
 * A block whose "if" names a fact that is empty is left out. Styles: title, subtitle, body, name, credits, small,
 * signature. Which facts there are: FACTS in template.c.
 */
#ifndef SERVER_CERTIFICATES_TEMPLATE_H
#define SERVER_CERTIFICATES_TEMPLATE_H

#include <glib.h>
#include <jansson.h>

#include "player/engine/base.h"

enum certificate_kind {
	CERTIFICATE_ECM,           /* attestato ECM: with credits */
	CERTIFICATE_PARTICIPATION, /* attestato di partecipazione: for who earns none */
	CERTIFICATE_KINDS,
};

enum block_style {
	BLOCK_TITLE,
	BLOCK_SUBTITLE,
	BLOCK_BODY,
	BLOCK_NAME,
	BLOCK_CREDITS,
	BLOCK_SMALL,
	BLOCK_SIGNATURE,
	BLOCK_STYLES,
};

struct certificate_template;

/* Reads and checks the whole of it. NULL: `ret` says what, where (block and kind) and how to mend it. */
struct certificate_template *certificate_template_read(const char *json, size_t len, struct problem *ret);
/* The file's, or the built-in one when `path` does not exist. */
struct certificate_template *certificate_template_load(const char *path, struct problem *ret);
void certificate_template_destroy(struct certificate_template *template);
const char *certificate_template_version(const struct certificate_template *template);
/* The JSON that it was read from. */
const char *certificate_template_source(const struct certificate_template *template);

/* One block as it is printed. */
struct certificate_block {
	enum block_style style;
	char *text;
};

/* The blocks of a certificate with the facts (an object of texts) in their places; struct certificate_block each,
 * they finish with the array. */
GArray *certificate_blocks(
	const struct certificate_template *template, enum certificate_kind kind, const json_t *facts);

/* Does a certificate of this kind print the fact? */
bool certificate_prints(const struct certificate_template *template, enum certificate_kind kind, const char *fact);

/* A fact by its name; "" when there is none. */
const char *certificate_fact(const json_t *facts, const char *name);

/* "ecm", "participation" */
const char *certificate_kind_name(enum certificate_kind kind);

/* 0 to 50.0 credits in Italian words: 40 is "quattro", 52 "cinque virgola due". */
void certificate_credits_words(unsigned tenths, char ret[64]);

#endif
