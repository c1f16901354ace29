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

#endif
