#include "server/options.h"

#include <stdio.h>

bool options_read(const GOptionEntry *entries, int count, char **words, char ***words_left)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(context, entries, NULL);
	char **list = g_new0(char *, (gsize)count + 1); /* the parser wants a list of its own */
	for (int i = 0; i < count; i++) {
		list[i] = g_strdup(words[i]);
	}
	if (!g_option_context_parse_strv(context, &list, &error)) {
		fprintf(stderr, "fad: %s\n", error->message);
		g_strfreev(list);
		return false;
	}
	bool extra = list[1] != NULL && words_left == NULL;
	if (extra) {
		fprintf(stderr, "fad: parola inattesa: %s (unexpected word)\n", list[1]);
	} else if (words_left != NULL) {
		*words_left = g_strdupv(list + 1);
	}
	g_strfreev(list);
	return !extra;
}

char *options_data_folder(char *given)
{
	const char *environment = g_getenv("FAD_DATA");
	return given ? given : g_strdup(environment ? environment : "data");
}
