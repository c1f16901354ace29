#include "server/people/fields.h"

#include <string.h>

#include "server/ecm/codice_fiscale.h"
#include "server/ecm/tables.h"
#include "server/people/professions.h"
#include "server/problem.h"

bool person_field_fault(struct problem *ret, const struct problem_text *text, const char *value)
{
	problem_set(ret, text, NULL);
	if (value != NULL && value[0] != '\0') {
		char it[sizeof(ret->it)], en[sizeof(ret->en)];
		g_snprintf(it, sizeof(it), "%s («%.60s»)", text->it, value);
		g_snprintf(en, sizeof(en), "%s (\"%.60s\")", text->en, value);
		PROBLEM_COPY(ret->it, it);
		PROBLEM_COPY(ret->en, en);
	}
	return false;
}

static bool set_text(char *field, size_t size, const char *text, const char *code, struct problem *ret)
{
	bool control = false;
	for (const char *at = text; *at != '\0'; at++) {
		control = control || (unsigned char)*at < 0x20;
	}
	if (text[0] == '\0' || strlen(text) >= size || control) {
		struct problem_text what = {code,
			"Il valore manca, è troppo lungo o contiene caratteri di controllo.",
			"The value is missing, too long, or holds control characters.",
			"Correggere il valore.", "Correct the value."};
		return person_field_fault(ret, &what, strlen(text) > 60 ? NULL : text);
	}
	g_strlcpy(field, text, size);
	return true;
}

static bool set_codice_fiscale(struct person *person, const char *text, struct problem *ret)
{
	if (text[0] == '\0') {
		person->codice_fiscale[0] = '\0';
		return true;
	}
	return codice_fiscale_check(text, person->codice_fiscale, ret);
}

static bool set_family_name(struct person *person, const char *text, struct problem *ret)
{
	return set_text(person->family_name, sizeof(person->family_name), text, "BAD_NAME", ret);
}

static bool set_given_name(struct person *person, const char *text, struct problem *ret)
{
	return set_text(person->given_name, sizeof(person->given_name), text, "BAD_NAME", ret);
}

static bool set_email(struct person *person, const char *text, struct problem *ret)
{
	const char *at = strchr(text, '@');
	bool looks_right = at != NULL && at != text && strchr(at + 1, '@') == NULL &&
			   strchr(at, '.') != NULL && strpbrk(text, " ,;<>") == NULL;
	if (text[0] != '\0' && !looks_right) {
		static const struct problem_text bad = {"BAD_EMAIL",
			"L'indirizzo di posta elettronica non è valido.", "The e-mail address is not valid.",
			"Correggerlo o lasciarlo vuoto.", "Correct it or leave it empty."};
		return person_field_fault(ret, &bad, text);
	}
	if (text[0] == '\0') {
		person->email[0] = '\0';
		return true;
	}
	return set_text(person->email, sizeof(person->email), text, "BAD_EMAIL", ret);
}

static bool set_login(struct person *person, const char *text, struct problem *ret)
{
	bool good = strlen(text) <= LIMIT_LOGIN_BYTES;
	for (const char *at = text; *at != '\0'; at++) {
		good = good && (g_ascii_isalnum(*at) || strchr("._@-+", *at) != NULL);
	}
	if (!good) {
		static const struct problem_text bad = {"BAD_LOGIN",
			"Il nome utente può contenere solo lettere, cifre e . _ @ - +",
			"A log-in name may hold only letters, digits and . _ @ - +", "Correggerlo.",
			"Correct it."};
		return person_field_fault(ret, &bad, text);
	}
	if (text[0] != '\0') {
		PROBLEM_COPY(person->login, text);
	}
	return true;
}

/* Italian names beside our own. */
static unsigned role_of(const char *name)
{
	static const struct {
		const char *name;
		enum role role;
	} italian[] = {
		{"operatore", ROLE_OPERATOR},
		{"progettista", ROLE_DESIGNER},
		{"provider", ROLE_PROVIDER},
		{"coordinatore", ROLE_COORDINATOR},
		{"amministratore", ROLE_ADMINISTRATOR},
	};
	g_autofree char *small = g_ascii_strdown(name, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(italian); i++) {
		if (strcmp(italian[i].name, small) == 0) {
			return italian[i].role;
		}
	}
	return role_by_name(small);
}

static bool set_roles(struct person *person, const char *text, struct problem *ret)
{
	unsigned roles = 0;
	g_auto(GStrv) names = g_strsplit_set(text, " |+/", -1);
	for (char **name = names; *name != NULL; name++) {
		if ((*name)[0] == '\0') {
			continue;
		}
		unsigned role = role_of(*name);
		if (role == 0) {
			static const struct problem_text bad = {"UNKNOWN_ROLE", "Questo ruolo non esiste.",
				"There is no such role.",
				"Usare operatore, progettista, provider, coordinatore o amministratore, "
				"separati da spazi.",
				"Use operator, designer, provider, coordinator or administrator, separated "
				"by blanks."};
			return person_field_fault(ret, &bad, *name);
		}
		roles |= role;
	}
	if (roles != 0) {
		person->roles = roles;
	}
	return true;
}

static bool set_company(struct person *person, const char *text, struct problem *ret)
{
	if (text[0] != '\0' && company_find(text) == NULL) {
		static const struct problem_text bad = {"UNKNOWN_COMPANY", "Codice di azienda sconosciuto.",
			"Unknown code of a company.", "Usare un codice dell'elenco delle aziende.",
			"Use a code of the list of companies."};
		return person_field_fault(ret, &bad, text);
	}
	PROBLEM_COPY(person->company, text);
	return true;
}

static bool set_contract(struct person *person, const char *text, struct problem *ret)
{
	g_autofree char *big = g_ascii_strup(text, -1);
	if (text[0] != '\0' && (strlen(big) != 1 || strchr("LDCP", big[0]) == NULL)) {
		static const struct problem_text bad = {"UNKNOWN_CONTRACT",
			"Tipo di rapporto di lavoro sconosciuto.", "Unknown kind of contract.",
			"L libero professionista, D dipendente, C convenzionato, P privo di occupazione.",
			"L self-employed, D employee, C contracted, P without occupation."};
		return person_field_fault(ret, &bad, text);
	}
	PROBLEM_COPY(person->contract, big);
	return true;
}

static bool set_group(struct person *person, const char *text, struct problem *ret)
{
	static const char *const groups[] = {
		"", "operatori", "mmg_pls", "segreteria", "formatori", "dirigenti", NULL};
	g_autofree char *small = g_ascii_strdown(text, -1);
	if (!g_strv_contains(groups, small)) {
		static const struct problem_text bad = {"UNKNOWN_GROUP", "Gruppo destinatario sconosciuto.",
			"Unknown target group.", "operatori, mmg_pls, segreteria, formatori o dirigenti.",
			"operatori, mmg_pls, segreteria, formatori or dirigenti."};
		return person_field_fault(ret, &bad, text);
	}
	PROBLEM_COPY(person->target_group, small);
	return true;
}

static bool set_language(struct person *person, const char *text, struct problem *ret)
{
	if (text[0] != '\0' && strcmp(text, "it") != 0 && strcmp(text, "en") != 0) {
		static const struct problem_text bad = {"UNKNOWN_LANGUAGE", "La lingua può essere it o en.",
			"The language may be it or en.", NULL, NULL};
		return person_field_fault(ret, &bad, text);
	}
	PROBLEM_COPY(person->language, text);
	return true;
}

const struct person_field person_fields[] = {
	{"codice_fiscale", "codice_fiscale", set_codice_fiscale, true},
	{"cognome", "family_name", set_family_name, true},
	{"nome", "given_name", set_given_name, true},
	{"email", "email", set_email, false},
	{"login", "login", set_login, false},
	{"ruoli", "roles", set_roles, false},
	{"professione", "profession", professions_set_main, false},
	{"disciplina", "disciplines", professions_set_disciplines, false},
	{"professioni", "professions", professions_set_all, false},
	{"azienda", "company", set_company, false},
	{"contratto", "contract", set_contract, false},
	{"gruppo", "target_group", set_group, false},
	{"lingua", "language", set_language, false},
	{NULL, NULL, NULL, false},
};

bool person_complete(struct person *person, struct problem *ret)
{
	if (!professions_complete(person, ret)) {
		return false;
	}
	if (person->login[0] == '\0') {
		g_autofree char *small = g_ascii_strdown(person->codice_fiscale, -1);
		PROBLEM_COPY(person->login, small);
	}
	if (person->login[0] == '\0') {
		static const struct problem_text bad = {"LOGIN_MISSING", "Manca il nome utente.",
			"The log-in name is missing.", "Indicare il nome utente o il codice fiscale.",
			"Name the log-in name or the tax code."};
		return person_field_fault(ret, &bad, NULL);
	}
	if (person->roles == 0) {
		person->roles = ROLE_OPERATOR;
	}
	return true;
}
