/* Credits in words, as the attestato wants them beside the figures [ECM 3.1]. */
#include <stdio.h>

#include "server/certificates/template.h"

static const char *const units[] = {"zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto",
	"nove", "dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette",
	"diciotto", "diciannove"};
static const char *const tens[] = {"", "", "vent", "trent", "quarant", "cinquant"};
static const char tens_end[] = "  iaaa"; /* venti, trenta, quaranta, cinquanta */

static void whole_words(unsigned number, char *ret, size_t room)
{
	if (number < 20) {
		snprintf(ret, room, "%s", units[number]);
		return;
	}
	unsigned ten = number / 10, unit = number % 10;
	/* The vowel of the ten falls before uno and otto: ventuno, trentotto. */
	bool elided = unit == 1 || unit == 8;
	char vowel[2] = {elided ? '\0' : tens_end[ten], '\0'};
	const char *tail = unit == 0 ? "" : unit == 3 ? "tré" : units[unit];
	snprintf(ret, room, "%s%s%s", tens[ten], vowel, tail);
}

void certificate_credits_words(unsigned tenths, char ret[64])
{
	char whole[40];
	if (tenths / 10 >= 60) {
		snprintf(ret, 64, "%u,%u", tenths / 10, tenths % 10);
		return;
	}
	whole_words(tenths / 10, whole, sizeof(whole));
	if (tenths % 10 == 0) {
		snprintf(ret, 64, "%s", whole);
	} else {
		snprintf(ret, 64, "%s virgola %s", whole, units[tenths % 10]);
	}
}
