/* What the readers of a bank share: where they are, and the checked reading of one field. */
#ifndef ASSESSMENT_BANK_READER_H
#define ASSESSMENT_BANK_READER_H

#include <jansson.h>
#include "assessment/bank/bank.h"
#include "assessment/bank/faults.h"

struct bank_reader {
	struct bank *bank;
	struct faults *faults;
	GHashTable *areas;   /* borrowed id -> index + 1 */
	GHashTable *ids;     /* borrowed ids of the items met so far */
	guint *area_items;   /* how many items each area has */
	const char *element; /* where we are, without the field */
	bool draft;          /* the item at hand: some things may still be missing */
};

/* Tells a fault of `field` (NULL: of the whole element) at the reader's place. */
void bank_fault_at(struct bank_reader *reader, enum bank_fault which, const char *field, const char *one,
	const char *two);
void bank_fault_limit(
	struct bank_reader *reader, enum bank_fault which, const char *field, const char *one, guint limit);

/* Zeroed memory that lives as long as the bank. */
void *bank_block(struct bank_reader *reader, size_t count, size_t size);

/* A string member, trimmed; not empty unless optional. NULL after a fault. Owned by the bank. */
const char *bank_text(
	struct bank_reader *reader, json_t *object, const char *field, guint max, bool optional);

/* The same for a text that may be rich. */
const char *bank_rich(struct bank_reader *reader, json_t *object, const char *field, guint max);

/* The "id" member; NULL after a fault. */
const char *bank_id(struct bank_reader *reader, json_t *object);

/* A list member with 1..max elements, borrowed; NULL after a fault. */
json_t *bank_list(struct bank_reader *reader, json_t *object, const char *field, guint max);

/* What an option may show. */
enum bank_showing {
	BANK_SHOWS_ALL,
	BANK_SHOWS_LINE,  /* it stands within a line of text: words and images */
	BANK_SHOWS_WORDS, /* it is chosen from a list that shows plain text only */
};

/* A list of options; the faults of each are told. Owned by the bank. */
const struct bank_option *bank_options(struct bank_reader *reader, json_t *list, enum bank_showing showing, guint *ret_count);

/* types.c: what hangs on the type, when that is no plain choice; and what every type may have besides. */
void bank_read_typed(struct bank_reader *reader, json_t *object, struct bank_item *item);
void bank_check_hot_text(struct bank_reader *reader, const struct bank_item *item);
void bank_read_more(struct bank_reader *reader, json_t *object, struct bank_item *item);

/* Text that another program would take for markup: worth a word, harmless here. */
void bank_hint_markup(struct bank_reader *reader, const char *field, const char *text);

/* A hint for each member whose name is not among `known`. */
void bank_hint_unknown(struct bank_reader *reader, json_t *object, const char *const *known, size_t count);

#endif
