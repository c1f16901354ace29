/*
 * Versions of courses in use (010_versions.sql): putting one into a module, who changes to it and who stays,
 * taking versions and courses out of use.
 *
 * People stay on the version they began. Publishing another with a policy asks those whom it covers to leave theirs,
 * and writes no more than that it was published, however many they are: whether a publication asks somebody follows
 * from it when it is looked at. Nothing happens to them until they open the module again: then a new attempt begins on
 * what the module has at that moment, and the old one is kept whole, with its journal. A player that is open
 * meanwhile goes on writing to the old attempt. Whoever comes back to a version (it was rolled back) finds
 * the attempt on it again.
 */
#ifndef SERVER_STORE_VERSIONS_H
#define SERVER_STORE_VERSIONS_H

#include <glib.h>

#include "server/limits.h"
#include "server/store/attempts.h"
#include "server/store/store.h"

/* Who leaves an older version for the one that is published. Each covers those before it. */
enum publish_policy {
	PUBLISH_NEVER,       /* nobody */
	PUBLISH_NOT_STARTED, /* who opened it and did nothing yet: attempt_is_begun() */
	PUBLISH_INCOMPLETE,  /* who has not completed the module */
	PUBLISH_ALWAYS,      /* everybody */
	PUBLISH_POLICIES
};

const char *publish_policy_name(enum publish_policy policy); /* "not_started" */
bool publish_policy_read(const char *name, enum publish_policy *ret);

/* Version 0: the module is to have no course at this level. */
struct publish_change {
	int64_t module;
	char level[65];
	int64_t version;
	bool absent; /* of version 0: the module is to be no part of the level's path at all */
	int64_t adopted_until; /* set by publish_adoptable(); 0: publish() looks through all attempts itself */
};

/* The people at a change's level, by where they are in its module. */
struct publish_people {
	int64_t fresh; /* have not opened it: they begin with what is published last */
	/* On another version than the one to be published */
	int64_t opened, in_progress, completed;
	int64_t already; /* on that version */
	int64_t working; /* of the three: wrote something in the last minutes */
	int64_t asked;   /* of the three: an earlier publication asks them to change already */
};

/* Whom a policy touches. */
int64_t publish_touched(const struct publish_people *people, enum publish_policy policy);

/* `with_fresh`: also count those who have not opened it, which takes longer. */
void publish_count(
	struct db *db, const struct publish_change *change, bool with_fresh, struct publish_people *ret);

/*
 * Where another course comes into the module: the attempts of people of the level that were begun at another level on
 * the course that goes. They count here by the course they have in common, and soon only by their level, which publish()
 * gives them. There can be many: whoever publishes finds them before, with a reader, and gives them the level in bounded
 * pieces; then publish() has to look only for those that came since. int64_t each, ids.
 */
GArray *publish_adoptable(struct db *db, struct publish_change *change);
void publish_adopt(struct db *db, const struct publish_change *change, const int64_t *attempts, guint count);

/* Puts the version into the module and notes who did. `people`: whom it touches, as counted before. `by` 0: the
 * program. */
void publish(struct db *db, const struct publish_change *change, enum publish_policy policy, int64_t people,
	int64_t by);

/* --- The person's attempt --- */

/*
 * When that was published which asks the person to leave this attempt for `package` as they open the module; 0: they
 * stay. What happened since counts: who completed the module meanwhile need not begin again, unless all were asked.
 */
int64_t attempt_gives_way(struct db *db, const struct attempt *attempt, bool module_completed,
	const struct package_row *package);
/* The person goes on in `next`: the one on that version which there was, else a new one, as attempt_add(). */
void attempt_replace(struct db *db, const struct attempt *old, struct attempt *next);

/* --- Out of use and back --- */

void version_set_retired(struct db *db, int64_t version, bool retired);
void course_set_retired(struct db *db, int64_t course, bool retired);

/* What keeps a version's files: any of it forbids to remove them. */
struct version_references {
	int64_t modules;  /* path_package rows */
	int64_t attempts; /* whatever their state: completions rest on them */
	int64_t launches; /* previews that are open */
};
int64_t version_people(struct db *db, int64_t version); /* who go on with it */
void version_references(struct db *db, int64_t version, struct version_references *ret);
void version_set_freed(struct db *db, int64_t version, bool freed);

#endif
