/*
 * What the check of a package found. Every kind of finding is one row of findings.def: its stable code, its
 * severity, the clause it rests on, and its sentences in both languages. Code elsewhere names the kind and
 * the place and gives at most two particulars, which stand for {1} and {2} in the sentences.
 */
#ifndef PACKAGES_FINDINGS_H
#define PACKAGES_FINDINGS_H

#include "player/engine/base.h"

enum finding_kind {
#define FINDING(code, severity, clause, it, en, mend_it, mend_en) FINDING_##code,
#include "packages/check/findings.def"
#undef FINDING
	FINDING_KINDS,
};

/* One row of findings.def, for whoever walks the table (documentation, tests). */
struct finding_text {
	const char *code;
	enum severity severity;
	const char *clause;
	const char *it, *en, *mend_it, *mend_en;
};

struct place {
	const char *file; /* borrowed; NULL = the package itself */
	uint32_t line, column;
};

struct findings; /* a growing list; at most FINDINGS_MAX are kept, the others are counted */

const struct finding_text *finding_text(enum finding_kind kind);

struct findings *findings_create(void);
void findings_destroy(struct findings *findings);

/* `first` and `second` may be NULL where the sentences do not use them. */
void findings_add(struct findings *findings, enum finding_kind kind, struct place place, const char *first,
	const char *second);

/* Sorted by findings_sort(), else in the order found. Borrowed until the next change. */
const struct problem *findings_list(const struct findings *findings, uint32_t *ret_count);
/* How many there were of this severity, those that were only counted included. */
uint32_t findings_count(const struct findings *findings, enum severity severity);
uint32_t findings_count_kind(const struct findings *findings, enum finding_kind kind);
bool findings_have_error(const struct findings *findings);

/* Errors first, then by file, line and column. */
void findings_sort(struct findings *findings);

#endif
