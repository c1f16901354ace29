#include "assessment/placement/levels.h"

#include <string.h>

enum level_fault {
	LEVEL_NONE,
	LEVEL_TOO_MANY,
	LEVEL_ID,
	LEVEL_DUPLICATE,
	LEVEL_NAME,
	LEVEL_CUT_RANGE,
	LEVEL_FIRST_CUT,
	LEVEL_NOT_MONOTONE,
};

static const struct fault_text texts[] = {
	[LEVEL_NONE] = {"LEVELS_NONE", SEVERITY_ERROR, NULL, "Serve almeno un livello.",
		"At least one level is needed.", "Aggiungi un livello con soglia 0.",
		"Add a level with cut 0."},
	[LEVEL_TOO_MANY] = {"LEVELS_TOO_MANY", SEVERITY_ERROR, NULL, "I livelli sono $1: al massimo $2.",
		"There are $1 levels: $2 at most.", "Togli dei livelli.", "Remove some levels."},
	[LEVEL_ID] = {"LEVEL_ID", SEVERITY_ERROR, NULL,
		"L'identificativo di livello «$1» non è valido: lettere minuscole, cifre, trattino e _, al "
		"massimo 32.",
		"The level identifier \"$1\" is not valid: lower-case letters, digits, '-' and '_', at most "
		"32.",
		"Scegli un altro identificativo.", "Choose another identifier."},
	[LEVEL_DUPLICATE] = {"LEVEL_DUPLICATE", SEVERITY_ERROR, NULL, "Il livello «$1» è ripetuto.",
		"The level \"$1\" is there twice.", "Togli la ripetizione.", "Remove one of them."},
	[LEVEL_NAME] = {"LEVEL_NAME", SEVERITY_ERROR, NULL,
		"Manca il nome del livello «$1» (italiano e inglese).",
		"The name of level \"$1\" is missing (Italian and English).", "Scrivi il nome.",
		"Write the name."},
	[LEVEL_CUT_RANGE] = {"LEVEL_CUT_RANGE", SEVERITY_ERROR, NULL,
		"La soglia del livello «$1» ($2) non è tra 0 e 1.",
		"The cut of level \"$1\" ($2) is not between 0 and 1.",
		"Scrivi la quota di punteggio: 0,5 è la metà.",
		"Write the share of the score: 0.5 is one half."},
	[LEVEL_FIRST_CUT] = {"LEVEL_FIRST_CUT", SEVERITY_ERROR, NULL,
		"Il primo livello «$1» ha soglia $2: deve essere 0, altrimenti qualcuno resta senza livello.",
		"The first level \"$1\" has the cut $2: it must be 0, or some people get no level.",
		"Metti 0 al primo livello.", "Give the first level the cut 0."},
	[LEVEL_NOT_MONOTONE] = {"LEVELS_NOT_MONOTONE", SEVERITY_ERROR, NULL,
		"La soglia del livello «$1» non è più alta di quella del livello precedente «$2».",
		"The cut of level \"$1\" is not higher than that of the level before, \"$2\".",
		"Ordina i livelli dal più basso e dai a ciascuno una soglia più alta.",
		"Put the lowest level first and give each next one a higher cut."},
};

static bool id_shape(const char *id)
{
	size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-");
	return len > 0 && len <= 32 && id[len] == '\0';
}

static void check_cut(const struct level *levels, guint i, const char *where, struct faults *faults)
{
	char cut[G_ASCII_DTOSTR_BUF_SIZE];
	g_ascii_formatd(cut, sizeof(cut), "%.4g", levels[i].cut);
	if (!(levels[i].cut >= 0 && levels[i].cut <= 1)) { /* NaN too */
		faults_add(faults, &texts[LEVEL_CUT_RANGE], where, levels[i].id, cut);
	} else if (i == 0 && levels[i].cut > 0) {
		faults_add(faults, &texts[LEVEL_FIRST_CUT], where, levels[i].id, cut);
	} else if (i > 0 && !(levels[i].cut > levels[i - 1].cut)) {
		faults_add(faults, &texts[LEVEL_NOT_MONOTONE], where, levels[i].id, levels[i - 1].id);
	}
}

bool levels_check(const struct level *levels, guint count, struct faults *faults)
{
	guint before = faults->errors;
	if (count == 0) {
		faults_add(faults, &texts[LEVEL_NONE], "levels", NULL, NULL);
		return false;
	}
	if (count > LEVELS_MAX) {
		char have[16], most[16];
		g_snprintf(have, sizeof(have), "%u", count);
		g_snprintf(most, sizeof(most), "%u", LEVELS_MAX);
		faults_add(faults, &texts[LEVEL_TOO_MANY], "levels", have, most);
		return false;
	}
	for (guint i = 0; i < count; i++) {
		g_autofree char *where = g_strdup_printf("levels[%u] %.40s", i + 1, levels[i].id);
		if (!id_shape(levels[i].id)) {
			faults_add(faults, &texts[LEVEL_ID], where, levels[i].id, NULL);
		}
		for (guint k = 0; k < i; k++) {
			if (strcmp(levels[k].id, levels[i].id) == 0) {
				faults_add(faults, &texts[LEVEL_DUPLICATE], where, levels[i].id, NULL);
			}
		}
		if (!*levels[i].name_it || !*levels[i].name_en) {
			faults_add(faults, &texts[LEVEL_NAME], where, levels[i].id, NULL);
		}
		check_cut(levels, i, where, faults);
	}
	return faults->errors == before;
}

guint levels_decide(const struct level *levels, guint count, double score, double maximum)
{
	g_assert(count > 0);
	guint level = 0;
	for (guint i = 1; i < count; i++) {
		/* A share exactly on the cut is in, whatever the rounding of cut times maximum. */
		if (maximum > 0 && score >= levels[i].cut * maximum - 1e-9) {
			level = i;
		}
	}
	return level;
}
