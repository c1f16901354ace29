#include "server/people/professions.h"

#include <string.h>

#include "server/ecm/tables.h"
#include "server/people/fields.h"

static const struct problem_text unknown_profession = {"UNKNOWN_PROFESSION",
	"Codice di professione ECM sconosciuto.", "Unknown code of an ECM profession.",
	"Usare un codice da 1 a 30, o lasciare vuoto se non è una professione ECM; più professioni si scrivono come "
	"1.58.59:5.78.",
	"Use a code from 1 to 30, or leave it empty when it is no ECM profession; several are written like "
	"1.58.59:5.78."};
static const struct problem_text unknown_discipline = {"UNKNOWN_DISCIPLINE",
	"Questa disciplina non appartiene alla professione.", "This discipline does not belong to the profession.",
	"Usare i codici della tabella delle discipline di quella professione.",
	"Use codes of the table of that profession's disciplines."};
static const struct problem_text many_disciplines = {"TOO_MANY_DISCIPLINES", "Le discipline sono più di 8.",
	"There are more than 8 disciplines.", "Indicare le principali.", "Name the main ones."};
static const struct problem_text many_professions = {"TOO_MANY_PROFESSIONS", "Le professioni sono più di 4.",
	"There are more than 4 professions.", "Indicare quelle per cui servono i crediti.",
	"Name those that need the credits."};
static const struct problem_text twice = {"PROFESSION_TWICE", "La stessa professione è scritta due volte.",
	"The same profession is there twice.", "Scriverla una volta, con tutte le sue discipline.",
	"Write it once, with all its disciplines."};
static const struct problem_text without_profession = {"DISCIPLINE_WITHOUT_PROFESSION",
	"C'è una disciplina ma manca la professione.", "There is a discipline but no profession.",
	"Indicare la professione.", "Name the profession."};
static const struct problem_text missing = {"DISCIPLINE_MISSING", "A questa professione serve la disciplina.",
	"This profession needs its discipline.", "Indicare almeno un codice di disciplina.",
	"Name at least one code of a discipline."};

static unsigned count_of(const struct person *person, int64_t profession)
{
	unsigned count = 0;
	for (unsigned i = 0; i < person->discipline_count; i++) {
		count += person->disciplines[i].profession == profession;
	}
	return count;
}

static bool has(const struct person *person, int64_t profession, int64_t code)
{
	for (unsigned i = 0; i < person->discipline_count; i++) {
		if (person->disciplines[i].profession == profession && person->disciplines[i].code == code) {
			return true;
		}
	}
	return false;
}

static void drop(struct person *person, int64_t profession)
{
	unsigned kept = 0;
	for (unsigned i = 0; i < person->discipline_count; i++) {
		if (person->disciplines[i].profession != profession) {
			person->disciplines[kept++] = person->disciplines[i];
		}
	}
	person->discipline_count = kept;
}

/* The one discipline of a profession that has just one (a nurse's is 85); 0 when there are more. */
static int64_t only_discipline(int64_t profession)
{
	size_t count;
	const struct discipline *table = discipline_table(&count);
	int64_t found = 0;
	for (size_t i = 0; i < count; i++) {
		if (table[i].profession != profession || table[i].withdrawn) {
			continue;
		}
		if (found != 0) {
			return 0;
		}
		found = table[i].code;
	}
	return found;
}

static bool read_profession(const char *text, int64_t *ret_code, struct problem *ret)
{
	if (!g_ascii_string_to_signed(text, 10, 1, 99, ret_code, NULL) || profession_find(*ret_code) == NULL) {
		return person_field_fault(ret, &unknown_profession, text);
	}
	return true;
}

/* Adds one; the same one again changes nothing. */
static bool add(struct person *person, int64_t profession, const char *text, struct problem *ret)
{
	int64_t code;
	bool known = g_ascii_string_to_signed(text, 10, 1, 999, &code, NULL) &&
		     (profession == 0 ? discipline_known(code) : discipline_find(profession, code) != NULL);
	if (!known) {
		return person_field_fault(ret, &unknown_discipline, text);
	}
	if (has(person, profession, code)) {
		return true;
	}
	if (count_of(person, profession) == PERSON_DISCIPLINES_EACH || person->discipline_count == PERSON_DISCIPLINES) {
		return person_field_fault(ret, &many_disciplines, text);
	}
	person->disciplines[person->discipline_count++] = (struct person_discipline){profession, code};
	return true;
}

/* "1.58.59" */
static bool add_profession(struct person *person, const char *text, unsigned *count, struct problem *ret)
{
	int64_t code;
	g_auto(GStrv) parts = g_strsplit_set(text, ".,+/", -1);
	if (!read_profession(parts[0], &code, ret)) {
		return person_field_fault(ret, &unknown_profession, text);
	}
	if (person->profession == code || count_of(person, code) > 0) {
		return person_field_fault(ret, &twice, text);
	}
	if ((*count)++ == PERSON_PROFESSIONS) {
		return person_field_fault(ret, &many_professions, text);
	}
	person->profession = person->profession == 0 ? code : person->profession;
	for (char **each = parts + 1; *each != NULL; each++) {
		if (!add(person, code, *each, ret)) {
			return false;
		}
	}
	if (parts[1] == NULL) {
		int64_t only = only_discipline(code);
		if (only == 0) {
			return person_field_fault(ret, &missing, text);
		}
		person->disciplines[person->discipline_count++] = (struct person_discipline){code, only};
	}
	return true;
}

bool professions_set_all(struct person *person, const char *text, struct problem *ret)
{
	unsigned count = 0;
	g_auto(GStrv) list = g_strsplit_set(text, ": ", -1);
	for (char **each = list; *each != NULL; each++) {
		if ((*each)[0] == '\0') {
			continue;
		}
		if (count == 0) {
			person->profession = 0;
			person->discipline_count = 0;
		}
		if (!add_profession(person, *each, &count, ret)) {
			return false;
		}
	}
	return true;
}

bool professions_set_main(struct person *person, const char *text, struct problem *ret)
{
	int64_t code = 0;
	if (strpbrk(text, ".: ") != NULL) {
		return professions_set_all(person, text, ret);
	}
	if (text[0] != '\0' && !read_profession(text, &code, ret)) {
		return false;
	}
	drop(person, person->profession);
	if (code == 0) {
		person->discipline_count = 0;
	}
	drop(person, code);
	person->profession = code;
	return true;
}

bool professions_set_disciplines(struct person *person, const char *text, struct problem *ret)
{
	g_auto(GStrv) codes = g_strsplit_set(text, " .|+/", -1);
	drop(person, 0);
	if (text[0] == '\0') {
		return true; /* what a profession written in full brought along stays */
	}
	drop(person, person->profession);
	for (char **each = codes; *each != NULL; each++) {
		if ((*each)[0] != '\0' && !add(person, person->profession, *each, ret)) {
			return false;
		}
	}
	return true;
}

bool professions_complete(struct person *person, struct problem *ret)
{
	if (person->profession == 0) {
		return person->discipline_count == 0 || person_field_fault(ret, &without_profession, NULL);
	}
	if (count_of(person, person->profession) > 0) {
		return true;
	}
	int64_t only = only_discipline(person->profession);
	if (only == 0 || person->discipline_count == PERSON_DISCIPLINES) {
		return person_field_fault(ret, &missing, NULL);
	}
	person->disciplines[person->discipline_count++] = (struct person_discipline){person->profession, only};
	return true;
}

/* The professions of a person, the main one first; gives their number. */
static unsigned list_of(const struct person *person, int64_t ret[PERSON_PROFESSIONS + 1])
{
	unsigned count = 0;
	if (person->profession != 0) {
		ret[count++] = person->profession;
	}
	for (unsigned i = 0; i < person->discipline_count && count <= PERSON_PROFESSIONS; i++) {
		bool known = false;
		for (unsigned k = 0; k < count; k++) {
			known = known || ret[k] == person->disciplines[i].profession;
		}
		if (!known) {
			ret[count++] = person->disciplines[i].profession;
		}
	}
	return count;
}

char *professions_text(const struct person *person)
{
	int64_t list[PERSON_PROFESSIONS + 1];
	unsigned count = list_of(person, list);
	GString *text = g_string_new(NULL);
	for (unsigned k = 0; k < count; k++) {
		g_string_append_printf(text, "%s%" G_GINT64_FORMAT, k == 0 ? "" : ":", list[k]);
		for (unsigned i = 0; i < person->discipline_count; i++) {
			if (person->disciplines[i].profession == list[k]) {
				g_string_append_printf(text, ".%" G_GINT64_FORMAT, person->disciplines[i].code);
			}
		}
	}
	return g_string_free(text, FALSE);
}

json_t *professions_json(const struct person *person)
{
	int64_t professions[PERSON_PROFESSIONS + 1];
	unsigned count = list_of(person, professions);
	json_t *list = json_array();
	for (unsigned k = 0; k < count; k++) {
		const struct profession *profession = profession_find(professions[k]);
		json_t *disciplines = json_array();
		for (unsigned i = 0; i < person->discipline_count; i++) {
			int64_t code = person->disciplines[i].code;
			const struct discipline *known = discipline_find(professions[k], code);
			if (person->disciplines[i].profession == professions[k]) {
				json_array_append_new(disciplines,
					json_pack("{s:I, s:s}", "code", (json_int_t)code, "name", known ? known->name : ""));
			}
		}
		json_array_append_new(list,
			json_pack("{s:I, s:s, s:o}", "code", (json_int_t)professions[k], "name",
				profession ? profession->name : "", "disciplines", disciplines));
	}
	return list;
}
