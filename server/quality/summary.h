/*
 * What the released sheets of an event say together. Nothing is told of fewer than the smallest group.
 */
#ifndef SERVER_QUALITY_SUMMARY_H
#define SERVER_QUALITY_SUMMARY_H

#include <jansson.h>

#include "server/store/store.h"

/*
 * {required, smallest_group, counts: {handed_in, waiting, sheets, dropped}, shown, forms: [{form, title_it,
 * title_en, sheets, questions: [{id, kind, text_it, text_en, answered, options: [{id, text_it, text_en, count,
 * share}], comments: [text]}]}], extra}. When `shown` is false the questions have no counts and no comments.
 * A new reference.
 */
json_t *quality_summary(struct db *db, int64_t event);

/* The same as a CSV for spreadsheets: form;question;answer;count;share. The text is yours (g_free). */
char *quality_summary_csv(json_t *summary);

#endif
