/*
 * The store: the one place with SQL, on SQLite. One writer thread gathers what waits into one
 * transaction (group commit) with synchronous=FULL: when store_write() says true, it is on disk.
 * Readers have connections of their own and see the last committed state.
 *
 * To add a subject:
 *   1. a migration server/store/migrations/NNN_subject.sql (STRICT tables, CHECKs, a comment per column;
 *      never changed once released: append a new number instead), listed in server/store/meson.build;
 *   2. server/store/SUBJECT.{c,h}: an enum of statements, their SQL in a table indexed by it
 *      (`const char *const SUBJECT_sql[SUBJECT_STATEMENTS]`), and one function a question, structs in and
 *      out, the first parameter always `struct db *`; statement.h has the helpers to bind and read;
 *   3. a line in the enum subject (statement.h) and in the table of subjects (subjects.c).
 * All statements are prepared when a connection opens: a typo in any SQL fails at start.
 *
 * In a handler:
 *   struct db *db = store_read(store);  …ask…  store_read_done(store, db);
 *
 *   static bool save(struct db *db, void *data) { struct thing *thing = data; return thing_insert(db, thing); }
 *   if (!store_write(store, save, &thing, &problem)) { reply_store_fault(reply, &problem); return; }
 *
 * A fault of SQL latches in the db: later calls do nothing, the transaction is rolled back and the problem
 * says where. So inside a work function results need no checking one by one. Work functions run on the
 * writer thread, one after the other: keep them short, compute outside, and never call store_write() in one.
 */
#ifndef SERVER_STORE_STORE_H
#define SERVER_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "player/engine/base.h"

struct store;
struct db; /* a connection with its statements */

/*
 * Opens (creates, migrates) the data base. Fails with DATA_UNWRITABLE, DATA_DAMAGED, SCHEMA_NEWER
 * (written by a newer fad) or MIGRATION_FAILED; then nothing was changed.
 */
struct store *store_open(const char *path, struct problem *ret);
/* Waits for what was handed in. Accepts NULL. */
void store_close(struct store *store);

/* Once, before anything is written: the installation's key (server/key.h). */
void store_use_key(struct store *store, const unsigned char key[32]);

/* A consistent view until store_read_done(); blocks while all readers are busy. Never NULL. */
struct db *store_read(struct store *store);
void store_read_done(struct store *store, struct db *db);

/* Does its writes and says whether to keep them. It may set a problem with db_refuse(). */
typedef bool (*store_work)(struct db *db, void *data);

/*
 * Runs `work` on the writer thread and waits until it is on disk. False: nothing of it was kept, `ret` says
 * why (untouched when work refused without a problem). Works of others in the same commit are not harmed.
 */
bool store_write(struct store *store, store_work work, void *data, struct problem *ret);

/*
 * Hands `work` over and does not wait: for what may be lost in a crash (when somebody was last seen). `data` is
 * freed with `free_data` when it is done.
 */
void store_write_soon(struct store *store, store_work work, void *data, void (*free_data)(void *));

/* Inside a work function: notes why it is refused; gives false. */
bool db_refuse(struct db *db, const struct problem *problem);

/* Milliseconds since 1970 by the server's clock. */
int64_t store_now(void);
/* From now on it is `now`; 0: the real time again. Only for demonstration data, which have a past, and for tests. */
void store_pretend_now(int64_t now);
/* "2026-02-03T10:11:12Z"; `ret` holds 32. NULL-safe text for 0: "". */
void store_time_text(int64_t ms, char ret[32]);

/*
 * Counts commits that may have ended somebody's rights (a session, launch or person was changed or removed). Who keeps
 * an answer about rights asks again when it has changed. Already counted when store_write() returns.
 */
uint64_t store_revocations(struct store *store);

/* For tests and measurement: transactions committed and works done so far. */
void store_counts(struct store *store, uint64_t *ret_commits, uint64_t *ret_works);

#endif
