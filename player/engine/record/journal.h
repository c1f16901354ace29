/*
 * The journal: every call that changes the engine's state, in order. It is the format of transport, the
 * audit log, and with the course image the full truth about an attempt.
 *
 * Format, in the terms of bytes.h. A journal is records one after another; a record is
 *   size     number    of the bytes that follow
 *   sequence number    1 for the first record of an attempt, then one more each
 *   kind     number    enum record_kind
 *   now      number    milliseconds since 1970-01-01T00:00Z
 *   error    number    what the call gave: an API error code, or a navigation's exception; 0 is success
 *   arguments          by kind, below
 * A replay that comes to another `error` (or `delivered`) than the record says disagrees and stops.
 *
 *   RECORD_SESSION     journal version, learner id, learner name, language, mode, credit, mastery_override, seed,
 *                      status rule (since version 2; version 1: STATUS_RULE_ALL)
 *   RECORD_NAVIGATE    request, target + 1 (0 = none), delivered + 1 (0 = none)
 *   RECORD_PENDING     delivered + 1
 *   RECORD_UNLOADED    nothing
 *   RECORD_PRESENCE    active milliseconds
 *   RECORD_CALL        function (enum api_function), first argument, second argument
 *   RECORD_GLOBALS     global objectives and shared data brought from other courses, as snapshot.h has them
 *
 * Of the API's functions those that may change state are recorded, refused or not: Initialize, Terminate,
 * SetValue, Commit.
 */
#ifndef PLAYER_ENGINE_JOURNAL_H
#define PLAYER_ENGINE_JOURNAL_H

#include "player/engine/base.h"
#include "player/engine/engine.h"

#define JOURNAL_VERSION 2

enum record_kind {
	RECORD_SESSION = 1,
	RECORD_NAVIGATE,
	RECORD_PENDING,
	RECORD_UNLOADED,
	RECORD_PRESENCE,
	RECORD_CALL,
	RECORD_GLOBALS,
};

/* A record read back; which members hold something depends on the kind. Texts are borrowed. */
struct journal_record {
	uint64_t sequence;
	enum record_kind kind;
	int64_t now;
	uint32_t error;
	struct session_params session;   /* RECORD_SESSION */
	enum navigation_request request; /* RECORD_NAVIGATE */
	uint32_t target;                 /* RECORD_NAVIGATE; NO_INDEX when none */
	uint32_t delivered;              /* RECORD_NAVIGATE, RECORD_PENDING; NO_INDEX when none */
	uint32_t active_ms;              /* RECORD_PRESENCE */
	enum api_function function;      /* RECORD_CALL */
	struct span first, second;       /* RECORD_CALL; RECORD_GLOBALS: first */
};

/* Reads the record at the start of `*records` and moves `*records` behind it. False, with both untouched, at
 * the end (records->len == 0) and at a damaged record. */
bool journal_read(struct span *records, struct journal_record *ret);

struct byte_writer;
void journal_write(struct byte_writer *writer, const struct journal_record *record);

#endif
