/*
 * The keys that waiting sheets are sealed with (server/store/questionnaire.h), one an event. They lie in a
 * memory file system (tmpfs: $RUNTIME_DIRECTORY, $XDG_RUNTIME_DIR or /dev/shm), never on a disk, in the data
 * folder or in a backup: they survive a crash of the server and not a reboot of the machine.
 *
 * Called on the writer's thread only.
 */
#ifndef SERVER_QUALITY_KEY_H
#define SERVER_QUALITY_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "player/engine/base.h"

struct quality_keys {
	unsigned char now[32]; /* seals */
	unsigned char old[32]; /* of the release before, while it is not known to be on disk */
	bool has_old;
	bool is_new; /* `now` was made by this call: what is sealed already cannot be opened by it */
};

/* Reads the event's keys, making the first. `data_folder` tells installations apart. False: no memory to keep
 * them in; `ret_problem` says how to mend it. */
bool quality_keys_load(
	const char *data_folder, int64_t event, struct quality_keys *ret, struct problem *ret_problem);

/* A release is being written: what comes after is sealed with a new key, this one becomes the old one. */
bool quality_keys_turn(const char *data_folder, int64_t event);

/* The release is on disk: the old key is gone for good. */
void quality_keys_forget(const char *data_folder, int64_t event);

#endif
