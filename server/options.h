/*
 * Reads a command's options: a table of names and places, by GLib's parser.
 */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include <glib.h>
#include <stdbool.h>

/*
 * words[0] is the command's name. What is left after the options stands in `*words_left` (NULL-terminated, g_strfreev() it; may be NULL when
 * the command takes no words). False: told on standard error.
 */
bool options_read(const GOptionEntry *entries, int count, char **words, char ***words_left);

/* The data folder: what --data gave (taken), else the environment's FAD_DATA, else "data". Yours (g_free). */
char *options_data_folder(char *given);

#endif
