/*
 * A form: the very test that one person takes, frozen when it was drawn. It holds its own copy of everything
 * (stems, options in the order shown, keys, areas, cut scores), so a later change of the bank or of the
 * policy changes neither the test nor its marking, and the test can be shown again years later.
 *
 * A form holds the keys: it never leaves the server. What a browser may see is form_item_view().
 */
#ifndef ASSESSMENT_FORM_H
#define ASSESSMENT_FORM_H

#include <jansson.h>
#include "assessment/bank/bank.h"
#include "assessment/placement/policy.h"

struct form_item {
	const char *id;
	guint area;
	guint difficulty;
	enum item_type type;
	guint option_count;
	guint32 key;                       /* bit i: the option shown at place i is right */
	const struct bank_option *options; /* in the order shown, with the ids of the bank */
	const char *stem;
	bool partial;
	guint slot_count;
	const struct bank_slot *slots; /* with the options in the order shown; `key` by the places shown */
	const guint8 *sequence;        /* order: the places shown, in the right order */
	guint media_count;
	const struct bank_media *media;
};

struct form {
	const char *bank_name;
	const char *bank_version;
	guint64 seed; /* what it was drawn from */
	guint area_count;
	guint item_count;
	guint level_count;
	const struct bank_area *areas;
	const struct form_item *items; /* in the order shown */
	const struct level *levels;
	/* private */
	GStringChunk *texts;
	GPtrArray *blocks;
};

/* An empty form, to be filled by form_draw() or form_read(). */
struct form *form_create(void);
void form_destroy(struct form *form);

/* Memory and strings that live as long as the form. */
void *form_block(struct form *form, size_t count, size_t size);
const char *form_text(struct form *form, const char *text);

/* The frozen form as JSON and back. form_read gives NULL when the text is no form (a damaged data base). */
char *form_write(const struct form *form);
struct form *form_read(const char *json);

/*
 * What the browser may see of the item at `position` (0-based): no key, no difficulty, and options named "1",
 * "2" ... by the place shown, so that the author's ids give nothing away. `answer`: a response (response.h).
 * A new reference.
 */
json_t *form_item_view(const struct form *form, guint position, const char *answer, gint64 revision);

/* An answer as it came, checked: a response (response.h), yours (g_free). NULL with a fault. */
char *form_answer(const struct form *form, guint position, json_t *list, struct problem *ret_problem);

#endif
