/*
 * The item bank of a test: read from JSON (UTF-8), checked whole, then constant.
 *
 * The format, `"format": "fad-bank-1"`:
 *
 *   {
 *     "format": "fad-bank-1",
 *     "name": "Competenze digitali sul FSE 2.0",
 *     "version": "2026-01",
 *     "language": "it",
 *     "areas": [
 *       {"id": "alimentazione", "name_it": "Alimentazione del FSE", "name_en": "Feeding the FSE"}
 *     ],
 *     "items": [
 *       {
 *         "id": "ALI-01",                  letters, digits, '.', '_' and '-'; unique in the bank
 *         "area": "alimentazione",         id of an area
 *         "difficulty": 1,                 1 (easiest) to 5
 *         "type": "single",                "single" one right option, "multiple" one or more, "true_false"
 *         "stem": "Chi alimenta ...?",     plain text: markup is shown as it is written, never interpreted; or a rich
 *                                          text (rich.h), like prompts and options' texts; inline_choice has plain ones
 *                                          only, hot_text such as stand within a line: words and images
 *         "options": [                     2 to 10, ids unique in the item, texts different from each other
 *           {"id": "a", "text": "..."},
 *           {"id": "b", "text": "..."}
 *         ],
 *         "key": ["b"],                    ids of the right options: the secret part
 *         "shuffle": true,                 optional, true: may the options be shown in another order?
 *         "explanation": "..."             optional: for designers, never shown during a test
 *       }
 *     ]
 *   }
 *
 * A "true_false" item may leave "options" out: they are then {"true", "Vero"} and {"false", "Falso"} (or True
 * and False when the language is "en"), never shuffled, and the key is ["true"] or ["false"]. Members that
 * are not named here are reported as a hint and ignored.
 *
 * The other types. Where the stem has a place in the text it is written [[id]].
 *
 *   "match"          "prompts": [{"id": "p1", "text": "..."}], options, key of pairs ["p1 b", "p2 a"]: one option for
 *                    each prompt, an option may serve twice
 *   "order"          options, key: all their ids in the right order
 *   "inline_choice"  "gaps": [{"id": "g1", "options": [...]}], [[g1]] in the stem, key ["g1 b"]
 *   "gap_match"      "gaps": [{"id": "g1"}], options common to all gaps, [[g1]] in the stem, key ["g1 b"]
 *   "text_entry"     "gaps": [{"id": "g1", "answers": [{"text": "PIN", "score": 1} or {"number": 5,
 *                    "tolerance": 0.5, "score": 1}], "case": false}], [[g1]] in the stem or none of them; no key
 *   "hot_text"       options that stand in the stem as [[id]]; key: those to be marked
 *   "extended_text"  a free text: never scored, and therefore a draft
 *
 * And for every type, optional: "partial": true (the share of what is right counts, otherwise all or nothing),
 * "state" and "parameters" (placement/pool.h), "competence" and "level" (tags of the author's), "media":
 * [{"sha256": "...", "type": "image/png", "alt": "..."}] shown after the stem, stored apart. An image or sound without
 * alternative makes the item a draft, or is an error.
 */
#ifndef ASSESSMENT_BANK_H
#define ASSESSMENT_BANK_H

#include <glib.h>
#include "assessment/faults.h"
#include "assessment/limits.h"
#include "assessment/placement/pool.h"
#include "assessment/rich.h"

enum item_type {
	ITEM_SINGLE,
	ITEM_MULTIPLE,
	ITEM_TRUE_FALSE,
	ITEM_MATCH,
	ITEM_ORDER,
	ITEM_INLINE_CHOICE,
	ITEM_TEXT_ENTRY,
	ITEM_GAP_MATCH,
	ITEM_HOT_TEXT,
	ITEM_EXTENDED_TEXT,
	ITEM_TYPE_MAX,
};

/* Strings belong to the bank. */
struct bank_area {
	const char *id;
	const char *name_it;
	const char *name_en;
};

struct bank_option {
	const char *id;
	const char *text; /* plain or rich (rich.h), as all texts that are shown */
};

/* One thing that is taken for an answer where one writes. */
struct bank_answer {
	const char *text; /* a number as it was written, when it is one */
	bool is_number;
	double number, tolerance;
	double score; /* up to 1 */
};

/* A prompt of "match", or a gap in the stem. */
struct bank_slot {
	const char *id;
	const char *text;    /* of a prompt */
	guint option_count;  /* its own options: inline_choice only */
	const struct bank_option *options;
	guint32 key; /* bit i: option i is right, of its own options or the item's */
	guint answer_count;
	const struct bank_answer *answers;
	bool case_matters;
};

/* An image or a sound. */
struct bank_media {
	const char *sha256;
	const char *type; /* "image/png" ... */
	const char *alt;  /* what it says to who does not see or hear it */
};

struct bank_item {
	const char *id;
	guint area; /* index into the bank's areas */
	guint difficulty;
	enum item_type type;
	bool shuffle;
	guint option_count;
	guint32 key; /* bit i: option i is right */
	const struct bank_option *options;
	const char *stem;        /* not empty */
	const char *explanation; /* may be empty */
	enum pool_state state;
	bool partial;
	guint slot_count;
	const struct bank_slot *slots;
	const guint8 *sequence; /* order: the options' places in the right order */
	guint media_count;
	const struct bank_media *media;
	const char *competence; /* may be empty, like level */
	const char *level;
};

struct bank {
	const char *name;
	const char *version;
	const char *language;
	guint area_count;
	guint item_count;
	const struct bank_area *areas;
	const struct bank_item *items;
	/* private */
	GStringChunk *texts; /* owns every string */
	GPtrArray *blocks;   /* owns the arrays */
};

/*
 * Reads and checks a bank. On success the bank is yours (bank_destroy). When there is any error nothing is
 * returned and `faults` has them all, each with item and field; warnings and hints may be there either way.
 */
struct bank *bank_read(const char *json, size_t len, struct faults *faults);

void bank_destroy(struct bank *bank);

const struct bank_item *bank_find(const struct bank *bank, const char *id);

/* Is it a type of image or sound that items may show? */
bool bank_media_type(const char *type);

/* Calls for every image and sound of the item: those after the stem and those in its texts. */
void bank_item_each_media(const struct bank_item *item, rich_media *call, void *data);

/* Is the answer a set of the item's options? */
bool item_type_is_choice(enum item_type type);
/* Is it one option for each slot? */
bool item_type_is_pairs(enum item_type type);

/* "single", "multiple", "true_false" ... */
const char *item_type_name(enum item_type type);
bool item_type_parse(const char *name, enum item_type *ret);

#endif
