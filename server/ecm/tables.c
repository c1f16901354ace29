#include "server/ecm/tables.h"

#include <string.h>

#define professions_row profession
#define disciplines_row discipline
#define objectives_row national_objective
#define companies_row company
#define types_row type
#include "tables.inc"
#undef professions_row
#undef disciplines_row
#undef objectives_row
#undef companies_row
#undef types_row

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

const struct profession *profession_table(size_t *ret_count)
{
	*ret_count = COUNT(professions_rows);
	return professions_rows;
}

const struct discipline *discipline_table(size_t *ret_count)
{
	*ret_count = COUNT(disciplines_rows);
	return disciplines_rows;
}

const struct national_objective *national_objective_table(size_t *ret_count)
{
	*ret_count = COUNT(objectives_rows);
	return objectives_rows;
}

const struct company *company_table(size_t *ret_count)
{
	*ret_count = COUNT(companies_rows);
	return companies_rows;
}

const struct profession *profession_find(int64_t code)
{
	for (size_t i = 0; i < COUNT(professions_rows); i++) {
		if (professions_rows[i].code == code) {
			return &professions_rows[i];
		}
	}
	return NULL;
}

const struct discipline *discipline_find(int64_t profession, int64_t code)
{
	for (size_t i = 0; i < COUNT(disciplines_rows); i++) {
		if (disciplines_rows[i].profession == profession && disciplines_rows[i].code == code) {
			return &disciplines_rows[i];
		}
	}
	return NULL;
}

bool discipline_known(int64_t code)
{
	for (size_t i = 0; i < COUNT(disciplines_rows); i++) {
		if (disciplines_rows[i].code == code) {
			return true;
		}
	}
	return false;
}

const struct national_objective *national_objective_find(int64_t code)
{
	for (size_t i = 0; i < COUNT(objectives_rows); i++) {
		if (objectives_rows[i].code == code) {
			return &objectives_rows[i];
		}
	}
	return NULL;
}

const struct company *company_find(const char *code)
{
	for (size_t i = 0; i < COUNT(companies_rows); i++) {
		if (strcmp(companies_rows[i].code, code) == 0) {
			return &companies_rows[i];
		}
	}
	return NULL;
}

const struct type *type_find(const char *list, const char *code)
{
	for (size_t i = 0; i < COUNT(types_rows); i++) {
		if (strcmp(types_rows[i].list, list) == 0 && strcmp(types_rows[i].code, code) == 0) {
			return &types_rows[i];
		}
	}
	return NULL;
}
