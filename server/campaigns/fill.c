#include "server/campaigns/fill.h"

#include <string.h>

const struct fill_name fill_names[FILL_VALUES] = {
	[FILL_GIVEN_NAME] = {"nome", "il nome", "the given name"},
	[FILL_FAMILY_NAME] = {"cognome", "il cognome", "the family name"},
	[FILL_LOGIN] = {"utente", "il nome utente", "the log-in name"},
	[FILL_LEVEL] = {"livello", "il livello", "the level"},
	[FILL_MODULES_DONE] = {"moduli_completati", "quanti moduli ha completato", "how many modules are completed"},
	[FILL_MODULES_TOTAL] = {"moduli_totali", "quanti moduli ha il percorso", "how many modules the path has"},
	[FILL_MODULES_MISSING] = {"moduli_mancanti", "quanti moduli mancano", "how many modules are missing"},
	[FILL_DAYS] = {"giorni", "da quanti giorni il percorso è fermo", "for how many days the path stands still"},
	[FILL_DEADLINE] = {"scadenza", "il termine del programma", "the programme's deadline"},
	[FILL_ADDRESS] = {"indirizzo", "l'indirizzo del sito", "the site's address"},
	[FILL_PROGRAMME] = {"programma", "il titolo del programma", "the programme's title"},
	[FILL_PROVIDER] = {"ente", "il nome del provider", "the provider's name"},
	[FILL_EVENT] = {"evento", "il titolo dell'evento in aula", "the title of the event in class"},
	[FILL_SESSIONS] = {"incontri", "giorni e sedi dei suoi incontri", "days and venues of the person's sessions"},
	[FILL_SUPPORT] = {"assistenza", "l'indirizzo dell'assistenza", "the support address"},
};

/* The placeholder that begins at `at` ("{nome}…"): its index, its length with braces. -1: "{word}" that is none. -2: no "{word}". */
static int placeholder(const char *at, size_t *ret_len)
{
	size_t len = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	*ret_len = len + 2;
	if (at[len + 1] != '}' || len == 0) {
		return -2;
	}
	for (int i = 0; i < FILL_VALUES; i++) {
		if (strlen(fill_names[i].name) == len && strncmp(fill_names[i].name, at + 1, len) == 0) {
			return i;
		}
	}
	return -1;
}

static void fault(const char *text, const char *at, size_t len, const char *where, struct problem *ret)
{
	uint32_t line = 1;
	for (const char *before = text; before < at; before++) {
		line += *before == '\n';
	}
	g_autofree char *name = g_utf8_substring(at, 0, MIN(g_utf8_strlen(at, -1), 30));
	name[MIN(strlen(name), len)] = '\0';
	g_autofree char *it = g_strdup_printf("Il segnaposto %s non esiste.", name);
	g_autofree char *en = g_strdup_printf("There is no placeholder %s.", name);
	problem_set(ret,
		&(struct problem_text){"UNKNOWN_PLACEHOLDER", it, en,
			"Usare uno dei segnaposto elencati, tra parentesi graffe.",
			"Use one of the placeholders listed, in braces."},
		where);
	ret->line = line;
}

bool fill_check(const char *text, const char *where, struct problem *ret)
{
	for (const char *at = text; (at = strchr(at, '{')) != NULL; at++) {
		size_t len;
		if (placeholder(at, &len) < 0) {
			fault(text, at, len, where, ret);
			return false;
		}
	}
	return true;
}

/* A value never breaks the line it stands in. */
static void append_value(GString *out, const char *value)
{
	for (const char *at = value; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		g_string_append_unichar(out, g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
	}
}

char *fill(const char *text, const char *const *values)
{
	GString *out = g_string_new(NULL);
	while (*text != '\0') {
		size_t len = 1;
		int index = *text == '{' ? placeholder(text, &len) : -2;
		if (index < 0) {
			g_string_append_c(out, *text++);
			continue;
		}
		append_value(out, values[index]);
		text += len;
	}
	return g_string_free(out, FALSE);
}
