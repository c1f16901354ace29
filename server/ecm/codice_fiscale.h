/*
 * The Italian tax code of a person (DM 23 December 1976): sixteen characters, the last one a check letter.
 *
 * Omocodia: when two people would share a code, the revenue agency replaces digits, from the right, by
 * letters (0 L, 1 M, 2 N, 3 P, 4 Q, 5 R, 6 S, 7 T, 8 U, 9 V). The check letter is computed on the code as
 * written, and two such variants are two different people.
 */
#ifndef SERVER_ECM_CODICE_FISCALE_H
#define SERVER_ECM_CODICE_FISCALE_H

#include "player/engine/base.h"

#define CODICE_FISCALE_LEN 16

/*
 * Checks length, shape, month, day and check letter of `text` (NUL-terminated, spaces around it and lower
 * case allowed). On success ret_normalised holds the code in upper case; on a fault it is untouched and ret
 * says what is wrong (ret->where is left empty: only the caller knows which row it is).
 */
bool codice_fiscale_check(const char *text, char ret_normalised[CODICE_FISCALE_LEN + 1], struct problem *ret);

/*
 * Writes the code made of the first fifteen characters and its check letter. For demonstration data and
 * tests. False when the fifteen characters are not upper-case letters and digits.
 */
bool codice_fiscale_complete(const char *first15, char ret_code[CODICE_FISCALE_LEN + 1]);

#endif
