/*
 * Decimal numbers as texts, without libc and without a locale: the point is always a point. The same text
 * gives the same double natively and in WebAssembly.
 */
#ifndef PLAYER_ENGINE_NUMBER_H
#define PLAYER_ENGINE_NUMBER_H

#include "player/engine/base.h"

#define NUMBER_TEXT_SIZE 32

/* [-+]digits[.digits], no exponent, no blanks; at least one digit. `ret` untouched on failure. */
bool number_parse(struct span text, double *ret);

/* A run of digits only; false on anything else and above UINT32_MAX. */
bool number_parse_index(struct span text, uint32_t *ret);

/* Writes at most `places` decimals (0..7), rounded half up, without superfluous zeros: 0.8, 1, -0.25. */
struct span number_print(double number, unsigned places, char ret_text[NUMBER_TEXT_SIZE]);

struct span number_print_integer(uint64_t number, char ret_text[NUMBER_TEXT_SIZE]);

#endif
