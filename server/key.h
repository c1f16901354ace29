/*
 * The installation's key: 32 random bytes, in hex in the file fad.key of the data folder (mode 0600), or in the file
 * that FAD_KEY_FILE names. It is no part of the data base nor of its backups: who has only those can neither read the
 * mail relay's password nor shorten the log of acts without being found out.
 */
#ifndef SERVER_KEY_H
#define SERVER_KEY_H

#include <stdbool.h>

#include "player/engine/base.h"

/*
 * Reads the key, making it when there is none yet. False: KEY_UNSAFE (others may read it), KEY_DAMAGED,
 * KEY_UNREADABLE; `ret_problem` names the file.
 */
bool key_load(const char *folder, unsigned char ret[32], struct problem *ret_problem);

#endif
