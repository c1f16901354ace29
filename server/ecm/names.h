/*
 * Names as the participants' report wants them: [a-zA-Z ',\-.]+, 1 to 100 characters, upper case [ECM 1.3].
 *
 * Accents are transliterated in the Italian manner: a stressed vowel at the end of a word becomes the vowel
 * and an apostrophe (Niccolò: NICCOLO'), elsewhere the bare letter (Müller: MULLER). ß: SS, æ: AE, ø: O, ł: L
 * ... as ICAO Doc 9303 writes the letters of Latin alphabets on passports, umlauts aside. What has no Latin counterpart here (Cyrillic, Greek, digits, symbols) is refused, never guessed.
 */
#ifndef SERVER_ECM_NAMES_H
#define SERVER_ECM_NAMES_H

#include "player/engine/base.h"

#define REPORT_NAME_MAX 100

enum report_name_fault {
	REPORT_NAME_GOOD,
	REPORT_NAME_EMPTY,     /* no letter at all */
	REPORT_NAME_CHARACTER, /* one has no counterpart: ret_character tells which */
	REPORT_NAME_LONG,
};

/*
 * `name` is UTF-8. On REPORT_NAME_GOOD ret_name holds the ASCII text; otherwise it is untouched.
 * ret_character is set (NUL-terminated UTF-8) with REPORT_NAME_CHARACTER only; U+FFFD when the text is no
 * UTF-8.
 */
enum report_name_fault report_name(
	const char *name, char ret_name[REPORT_NAME_MAX + 1], char ret_character[8]);

#endif
