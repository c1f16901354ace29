#include "player/engine/number.h"
#include "player/engine/text.h"

/* What a double holds exactly, and so the digits that count; further ones only move the point. */
#define MANTISSA_DIGITS 17

static const double powers_of_ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define LARGEST_POWER 22

/* Larger numbers are no scores, times or measures: they are held at this bound. */
#define LARGEST_NUMBER 1e15

static double scale(uint64_t mantissa, int exponent)
{
	double number = (double)mantissa;
	if (exponent >= 0) {
		return exponent > LARGEST_POWER ? LARGEST_NUMBER : number * powers_of_ten[exponent];
	}
	for (; exponent < -LARGEST_POWER; exponent += LARGEST_POWER) {
		number /= powers_of_ten[LARGEST_POWER];
		if (number == 0) {
			return 0;
		}
	}
	return number / powers_of_ten[-exponent];
}

bool number_parse(struct span text, double *ret)
{
	bool negative = text.len > 0 && text.at[0] == '-';
	uint32_t i = text.len > 0 && (text.at[0] == '-' || text.at[0] == '+') ? 1 : 0;
	uint64_t mantissa = 0;
	int exponent = 0, digits = 0;
	bool point = false, any = false;
	for (; i < text.len; i++) {
		char c = text.at[i];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(c)) {
			return false;
		}
		any = true;
		if (digits < MANTISSA_DIGITS) {
			mantissa = mantissa * 10 + (uint64_t)(c - '0');
			digits += mantissa > 0;
			exponent -= point;
		} else {
			exponent += !point && exponent < 10000;
		}
	}
	if (!any || text.at[text.len - 1] == '.') {
		return false;
	}
	double number = mantissa == 0 ? 0 : scale(mantissa, exponent);
	number = number > LARGEST_NUMBER ? LARGEST_NUMBER : number;
	*ret = negative ? -number : number;
	return true;
}

bool number_parse_index(struct span text, uint32_t *ret)
{
	uint64_t number = 0;
	for (uint32_t i = 0; i < text.len; i++) {
		if (!is_digit(text.at[i])) {
			return false;
		}
		number = number * 10 + (uint64_t)(text.at[i] - '0');
		if (number > UINT32_MAX) {
			return false;
		}
	}
	if (text.len == 0) {
		return false;
	}
	*ret = (uint32_t)number;
	return true;
}

struct span number_print_integer(uint64_t number, char ret_text[NUMBER_TEXT_SIZE])
{
	char *at = ret_text + NUMBER_TEXT_SIZE;
	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return (struct span){at, (uint32_t)(ret_text + NUMBER_TEXT_SIZE - at)};
}

struct span number_print(double number, unsigned places, char ret_text[NUMBER_TEXT_SIZE])
{
	bool negative = number < 0;
	number = negative ? -number : number;
	/* Written so that NaN takes the bound as well. */
	number = number < LARGEST_NUMBER / 1000 ? number : LARGEST_NUMBER / 1000;
	uint64_t scaled = (uint64_t)(number * powers_of_ten[places] + 0.5);
	for (; places > 0 && scaled % 10 == 0; places--) {
		scaled /= 10;
	}
	char *at = ret_text + NUMBER_TEXT_SIZE;
	bool zero = scaled == 0;
	for (unsigned k = 0; k < places; k++) {
		*--at = (char)('0' + scaled % 10);
		scaled /= 10;
	}
	if (places > 0) {
		*--at = '.';
	}
	do {
		*--at = (char)('0' + scaled % 10);
		scaled /= 10;
	} while (scaled > 0);
	if (negative && !zero) {
		*--at = '-';
	}
	return (struct span){at, (uint32_t)(ret_text + NUMBER_TEXT_SIZE - at)};
}
