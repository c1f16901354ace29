#include "server/demo/invent.h"

#include <string.h>

#define SEED 20260101

static const char *const family_names[] = {"Bianchi", "Ferri", "Conti", "Galli", "Marini", "Bruni",
	"Lombardi", "Moretti", "Barbieri", "Fontana", "Santini", "Mariani", "Rinaldi", "Caruso", "Ferrara",
	"Gatti", "Pellegrini", "Palmieri", "Sanna", "Farina", "Rizzi", "Monti", "Cattaneo", "Morelli",
	"Amato", "Silvestri", "Mazza", "Testa", "Grassi", "Pellegrino", "Carbone", "Giuliani", "Benedetti",
	"Barone", "Rossetti", "Caputo", "Montanari", "Guerra", "Palumbo", "Sala", "Bernardi", "Longo",
	"Martinelli", "Villa", "Fabbri", "Coppola", "D'Angelo", "Serra", "Parisi", "Valenti", "Neri", "Pieri",
	"Masini", "Nencini", "Bartoli", "Cecchi", "Innocenti", "Vannini", "Tozzi", "Landi", "Lupi", "Baldi",
	"Fanti", "Berti", "Del Bianco", "Lo Presti", "Niccolò", "Sgrò", "Vitale", "Zanetti"};

static const char *const women[] = {"Giulia", "Chiara", "Francesca", "Sara", "Elena", "Martina", "Valentina",
	"Laura", "Silvia", "Paola", "Anna", "Maria Grazia", "Federica", "Alessandra", "Cristina", "Barbara",
	"Monica", "Ilaria", "Lucia", "Beatrice", "Irene", "Marta", "Caterina", "Noemi", "Rossella", "Daniela",
	"Sofia", "Emma", "Zoë", "Teresa"};

static const char *const men[] = {"Marco", "Luca", "Andrea", "Matteo", "Alessandro", "Davide", "Stefano",
	"Paolo", "Roberto", "Giovanni", "Simone", "Fabio", "Lorenzo", "Riccardo", "Tommaso", "Filippo",
	"Niccolò", "Leonardo", "Enrico", "Gabriele", "Claudio", "Massimo", "Sergio", "Emanuele", "Pietro",
	"Jacopo", "Dario", "Samuele", "Gian Luca", "Ugo"};

/* Towns of birth by their cadastral code. */
static const char *const towns[] = {"D612", "G702", "I726", "E625", "E715", "A390", "E202", "G713", "G999",
	"F023", "D403", "L833", "H501", "F205", "F839"};

/* What people are, with how many of a hundred; the hospitals' first. */
static const struct job {
	unsigned profession, discipline;
	const char *group;
	char contract;
	unsigned share;
} jobs[] = {
	{14, 85, "operatori", 'D', 34},
	{1, 15, "operatori", 'D', 6},
	{1, 3, "operatori", 'D', 4},
	{1, 9, "dirigenti", 'D', 4},
	{1, 58, "mmg_pls", 'C', 12},
	{1, 60, "mmg_pls", 'C', 4},
	{3, 66, "operatori", 'D', 4},
	{6, 68, "operatori", 'D', 3},
	{12, 82, "operatori", 'D', 5},
	{18, 89, "operatori", 'D', 4},
	{27, 94, "operatori", 'D', 4},
	{5, 78, "operatori", 'D', 3},
	{0, 0, "segreteria", 'D', 9}, /* no ECM profession: reception, administration, OSS */
	{0, 0, "formatori", 'D', 4},
};

static const struct {
	const char *code;
	unsigned share;
} companies[] = {{"AUSLTC", 30}, {"AUSLTNO", 24}, {"AUSLTSE", 18}, {"AOUC", 9}, {"AOUP", 7}, {"AOUS", 5},
	{"MEYER", 3}, {"ISPRO", 1}, {"FTGM", 1}, {"ESTAR", 2}};

/* The first of them: one log-in a role, and an operator who is half-way. */
static const struct log_in {
	const char *login, *roles, *family_name, *given_name;
	bool woman;
	unsigned profession, discipline;
	const char *company, *group;
	enum fate fate;
} log_ins[] = {
	{"operatore", "operatore", "Bianchi", "Giulia", true, 14, 85, "AUSLTC", "operatori", FATE_AWAY},
	{"operatrice", "operatore", "Landi", "Chiara", true, 14, 85, "AOUC", "operatori", FATE_STUDYING},
	{"progettista", "progettista", "Ferri", "Paolo", false, 0, 0, "ESTAR", "formatori", FATE_AWAY},
	{"provider", "provider", "Conti", "Elena", true, 0, 0, "ESTAR", "formatori", FATE_AWAY},
	{"coordinatore", "coordinatore", "Masini", "Andrea", false, 0, 0, "RT", "dirigenti", FATE_AWAY},
	{"admin", "amministratore", "Vannini", "Sara", true, 0, 0, "ESTAR", "dirigenti", FATE_AWAY},
};

/* The letters of `name` that are vowels or not, in upper case, accents taken off. */
static void letters(const char *name, bool vowels, GString *ret)
{
	g_autofree char *plain = g_str_to_ascii(name, "C");
	for (const char *at = plain; *at != '\0'; at++) {
		char letter = g_ascii_toupper(*at);
		if (g_ascii_isalpha(letter) && (strchr("AEIOU", letter) != NULL) == vowels) {
			g_string_append_c(ret, letter);
		}
	}
}

/* Three letters of a name, by DM 23/12/1976: consonants, then vowels, then X. */
static void three_letters(const char *name, bool given, GString *ret)
{
	g_autoptr(GString) all = g_string_new(NULL);
	letters(name, false, all);
	if (given && all->len >= 4) {
		g_string_erase(all, 1, 1);
	}
	letters(name, true, all);
	g_string_append(all, "XXX");
	g_string_append_len(ret, all->str, 3);
}

static void make_code(GRand *random, struct invented *person, bool woman)
{
	g_autoptr(GString) code = g_string_new(NULL);
	three_letters(person->family_name, false, code);
	three_letters(person->given_name, true, code);
	int day = g_rand_int_range(random, 1, 29) + (woman ? 40 : 0);
	g_string_append_printf(code, "%02d%c%02d%s", g_rand_int_range(random, 60, 99),
		"ABCDEHLMPRST"[g_rand_int_range(random, 0, 12)], day,
		towns[g_rand_int_range(random, 0, G_N_ELEMENTS(towns))]);
	bool good = codice_fiscale_complete(code->str, person->codice_fiscale);
	g_assert(good);
}

/* "niccolo.delbianco", with a number when somebody has it already. */
static void make_login(GHashTable *taken, struct invented *person)
{
	g_autofree char *text = g_strdup_printf("%s.%s", person->given_name, person->family_name);
	g_autofree char *plain = g_str_to_ascii(text, "C");
	g_autoptr(GString) login = g_string_new(NULL);
	for (const char *at = plain; *at != '\0'; at++) {
		if (g_ascii_isalpha(*at) || *at == '.') {
			g_string_append_c(login, g_ascii_tolower(*at));
		}
	}
	gsize len = login->len;
	for (int number = 2; !g_hash_table_add(taken, g_strdup(login->str)); number++) {
		g_string_truncate(login, len);
		g_string_append_printf(login, "%d", number);
	}
	g_strlcpy(person->login, login->str, sizeof(person->login));
}

static const struct job *draw_job(GRand *random)
{
	unsigned ticket = (unsigned)g_rand_int_range(random, 0, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
		if (ticket < jobs[i].share) {
			return &jobs[i];
		}
		ticket -= jobs[i].share;
	}
	return &jobs[0];
}

static const char *draw_company(GRand *random)
{
	unsigned ticket = (unsigned)g_rand_int_range(random, 0, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(companies); i++) {
		if (ticket < companies[i].share) {
			return companies[i].code;
		}
		ticket -= companies[i].share;
	}
	return companies[0].code;
}

/* A fifth never came, a tenth was only placed, two fifths are on their way, the rest are done. */
static void draw_fate(GRand *random, struct invented *person)
{
	double ticket = g_rand_double(random);
	person->fate = ticket < 0.20   ? FATE_AWAY
		       : ticket < 0.30 ? FATE_PLACED
		       : ticket < 0.70 ? FATE_STUDYING
				       : FATE_DONE;
	person->ability = 0.30 + 0.65 * g_rand_double(random);
	person->modules = (unsigned)g_rand_int_range(random, 1, 7);
	person->days_ago = (unsigned)g_rand_int_range(random, person->fate == FATE_DONE ? 20 : 8, 90);
}

static void invent(GRand *random, struct invented *person)
{
	bool woman = g_rand_int_range(random, 0, 100) < 66;
	person->family_name = family_names[g_rand_int_range(random, 0, G_N_ELEMENTS(family_names))];
	person->given_name = woman ? women[g_rand_int_range(random, 0, G_N_ELEMENTS(women))]
				   : men[g_rand_int_range(random, 0, G_N_ELEMENTS(men))];
	const struct job *job = draw_job(random);
	person->profession = job->profession;
	person->discipline = job->discipline;
	person->group = job->group;
	person->contract = job->contract;
	/* Family doctors belong to the local health authorities. */
	do {
		person->company = draw_company(random);
	} while (job->contract == 'C' && !g_str_has_prefix(person->company, "AUSL"));
	person->roles = "operatore";
	make_code(random, person, woman);
	draw_fate(random, person);
}

static void add_log_ins(GRand *random, GHashTable *taken, GArray *people)
{
	for (size_t i = 0; i < G_N_ELEMENTS(log_ins); i++) {
		struct invented person = {
			.family_name = log_ins[i].family_name,
			.given_name = log_ins[i].given_name,
			.roles = log_ins[i].roles,
			.profession = log_ins[i].profession,
			.discipline = log_ins[i].discipline,
			.company = log_ins[i].company,
			.contract = 'D',
			.group = log_ins[i].group,
			.fate = log_ins[i].fate,
			.is_log_in = true,
			.ability = 0.7,
			.modules = 3,
			.days_ago = 20,
		};
		g_strlcpy(person.login, log_ins[i].login, sizeof(person.login));
		g_hash_table_add(taken, g_strdup(person.login));
		make_code(random, &person, log_ins[i].woman);
		g_array_append_val(people, person);
	}
}

GArray *invent_people(unsigned count)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
	g_autoptr(GHashTable) logins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GArray *people = g_array_new(FALSE, TRUE, sizeof(struct invented));
	add_log_ins(random, logins, people);
	while (people->len < count) {
		struct invented person = {0};
		invent(random, &person);
		if (g_hash_table_add(codes, g_strdup(person.codice_fiscale))) {
			make_login(logins, &person);
			g_array_append_val(people, person);
		}
	}
	return people;
}

char *invented_csv(const GArray *people)
{
	GString *csv = g_string_new("codice_fiscale;cognome;nome;email;login;ruoli;professione;disciplina;"
				    "azienda;contratto;gruppo\n");
	for (guint i = 0; i < people->len; i++) {
		const struct invented *person = &g_array_index(people, struct invented, i);
		g_string_append_printf(csv, "%s;%s;%s;%s@example.org;%s;%s;", person->codice_fiscale,
			person->family_name, person->given_name, person->login, person->login, person->roles);
		if (person->profession != 0) {
			g_string_append_printf(csv, "%u", person->profession);
		}
		g_string_append_c(csv, ';');
		if (person->discipline != 0) {
			g_string_append_printf(csv, "%u", person->discipline);
		}
		g_string_append_printf(csv, ";%s;%c;%s\n", person->company, person->contract, person->group);
	}
	return g_string_free(csv, FALSE);
}
