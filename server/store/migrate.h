/*
 * Numbered, append-only migrations: the .sql files of server/store/migrations, embedded by the build.
 */
#ifndef SERVER_STORE_MIGRATE_H
#define SERVER_STORE_MIGRATE_H

#include "server/store/statement.h"

struct migration {
	unsigned number;  /* ascending, from the file's name */
	const char *name; /* "001_people" */
	const char *sql;
};

/* Ends with number 0. Generated: server/store/embed.py */
extern const struct migration store_migrations[];

/*
 * Applies what is missing, each in one transaction with its row in table migration. False: SCHEMA_NEWER
 * (the data base knows a migration that this program does not) or MIGRATION_FAILED.
 */
bool migrate(struct db *db, const struct migration *migrations, struct problem *ret);

#endif
