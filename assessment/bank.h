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
 *         "stem": "Chi alimenta ...?",     plain text: markup is shown as it is written, never interpreted
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
 */
#ifndef ASSESSMENT_BANK_H
#define ASSESSMENT_BANK_H

#include <glib.h>
#include "assessment/faults.h"
#include "assessment/limits.h"

enum item_type {
	ITEM_SINGLE,
	ITEM_MULTIPLE,
	ITEM_TRUE_FALSE,
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
	const char *text;
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

/* "single", "multiple", "true_false". */
const char *item_type_name(enum item_type type);
bool item_type_parse(const char *name, enum item_type *ret);

#endif
