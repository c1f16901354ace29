/*
 * The national code tables of continuing education in medicine (ECM), embedded from server/data/ (CSV).
 *
 * Every pointer is to constant storage. Labels are Italian: they are official names.
 */
#ifndef SERVER_ECM_TABLES_H
#define SERVER_ECM_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* cod_prof, 1..30. A person without one is not an ECM professional and earns no credits. */
struct profession {
	uint16_t code;
	const char *name;
};

/* One row for each pair: the same discipline code may belong to several professions (Allegato H). */
struct discipline {
	uint16_t profession;
	uint16_t code;
	const char *name;
	bool withdrawn; /* once in use: accepted in old data, not to be offered any more */
};

/* cod_obi, 1..38: the national training objectives. */
struct national_objective {
	uint16_t code;
	const char *area; /* "di_sistema", "di_processo", "tecnico_professionali" */
	const char *name;
};

/* A body whose staff is trained. The code is ours (mnemonic), used in the users' CSV. */
struct company {
	const char *code;
	const char *name;
	const char *kind; /* "ausl", "aou", "body", "region" */
};

/*
 * A closed list of the participants' report: tipo_form, tipo_eve, cod_tipologia_form, ruolo, lib_dip,
 * cod_accr.
 */
struct type {
	const char *list;
	const char *code;
	const char *name;
};

const struct profession *profession_table(size_t *ret_count);
const struct discipline *discipline_table(size_t *ret_count);
const struct national_objective *national_objective_table(size_t *ret_count);
const struct company *company_table(size_t *ret_count);

/* Each gives NULL when the code is unknown. */
const struct profession *profession_find(int64_t code);
const struct discipline *discipline_find(int64_t profession, int64_t code);
const struct national_objective *national_objective_find(int64_t code);
const struct company *company_find(const char *code);
const struct type *type_find(const char *list, const char *code);

/* Does any profession have this discipline? */
bool discipline_known(int64_t code);

#endif
