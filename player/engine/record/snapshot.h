/*
 * The snapshot: the whole state of an attempt at one sequence number of its journal, so that a replay
 * need not begin at the first record.
 *
 * Format, in the terms of bytes.h:
 *   "FADS", version (1 byte), hash of the course image (8 bytes, bytes_hash), hash of all that follows (8 bytes), then
 *   sections, each a number, its size in bytes, and its content; all four must be there, in this order:
 *     1 attempt   2 SCOs (per activity)   3 tracking model   4 values: count, then key (number) and text of each
 * The same state gives the same bytes, natively and in WebAssembly. A newer engine reads older versions:
 * members that a section has gained stand at its end, and are absent from an older one. Gained so far:
 *   version 2  attempt: status rule; version 1: STATUS_RULE_ALL
 *
 * Globals (engine_globals(), engine_adopt_globals()) are what a course leaves to the learner's other courses:
 *   "FADG", version (1 byte), count of objectives, each: name, values (tracking/tracking.h, objective_values_save());
 *   count of shared data buckets, each: name, text.
 */
#ifndef PLAYER_ENGINE_SNAPSHOT_H
#define PLAYER_ENGINE_SNAPSHOT_H

#define SNAPSHOT_VERSION 2
#define GLOBALS_VERSION 1

#endif
