/* Reading an event from JSON, with every facet of the report's schema [ECM 1.2] and what goes beyond it. */
#include "server/ecm/event.h"

#include <math.h>
#include <string.h>

enum event_fault {
	EVENT_MISSING,
	EVENT_CODE,
	EVENT_NUMBER,
	EVENT_LIST,
	EVENT_DATE,
	EVENT_DATES_ORDER,
	EVENT_TOO_LONG,
	EVENT_CREDITS,
	EVENT_TYPOLOGY,
	EVENT_MODULES,
	EVENT_ACCREDITED,
	EVENT_TITLE,
	EVENT_LEVEL,
	EVENT_PROVIDER,
};

static const struct fault_text texts[] = {
	[EVENT_MISSING] = {"EVENT_FIELD_MISSING", SEVERITY_ERROR, "ECM 1.2", "Manca il campo «$1».",
		"The field \"$1\" is missing.", "Compila il campo.", "Fill the field in."},
	[EVENT_CODE] = {"EVENT_CODE", SEVERITY_ERROR, "ECM 1.2",
		"«$1» non è valido: da 1 a 20 caratteri fra lettere, cifre, trattino, punto, barra e _.",
		"\"$1\" is not valid: 1 to 20 letters, digits, '-', '.', '/' and '_'.",
		"Copia il codice dal sistema di accreditamento.",
		"Copy the code from the accrediting system."},
	[EVENT_NUMBER] = {"EVENT_NUMBER", SEVERITY_ERROR, "ECM 1.2", "«$1» deve essere un intero $2.",
		"\"$1\" must be a whole number, $2.", "Correggi il valore.", "Mend the value."},
	[EVENT_LIST] = {"EVENT_UNKNOWN_CODE", SEVERITY_ERROR, "ECM 1.4",
		"Il codice «$2» non esiste per «$1».", "The code \"$2\" does not exist for \"$1\".",
		"Scegli un codice dalla lista.", "Choose a code from the list."},
	[EVENT_DATE] = {"EVENT_DATE", SEVERITY_ERROR, "ECM 1.2", "«$1» non è una data: $2.",
		"\"$1\" is no date: $2.", "Scrivi la data come anno-mese-giorno, per esempio 2026-03-31.",
		"Write the date as year-month-day, such as 2026-03-31."},
	[EVENT_DATES_ORDER] = {"EVENT_DATES_ORDER", SEVERITY_ERROR, "ECM 1.2",
		"L'evento finisce ($2) prima di cominciare ($1).",
		"The event ends ($2) before it begins ($1).", "Scambia o correggi le date.",
		"Swap or mend the dates."},
	[EVENT_TOO_LONG] = {"EVENT_TOO_LONG", SEVERITY_ERROR, "ECM 3",
		"Un evento FAD dura al massimo 365 giorni, non $1.",
		"A distance learning event lasts 365 days at most, not $1.",
		"Accorcia il periodo o crea più edizioni.", "Shorten it or create several editions."},
	[EVENT_CREDITS] = {"EVENT_CREDITS", SEVERITY_ERROR, "ECM 1.2",
		"I crediti devono essere fra 0.1 e 50.0 con un solo decimale.",
		"Credits must be between 0.1 and 50.0 with one decimal.", "Scrivi per esempio 4.0.",
		"Write 4.0, for example."},
	[EVENT_TYPOLOGY] = {"EVENT_TYPOLOGY", SEVERITY_ERROR, "ECM 1.4",
		"La tipologia formativa $1 non appartiene alla forma $2.",
		"The type of training $1 does not belong to the form $2.",
		"FAD (1): 10 o 11; FSC (2): da 6 a 9; RES (3): da 1 a 5.",
		"FAD (1): 10 or 11; FSC (2): 6 to 9; RES (3): 1 to 5."},
	[EVENT_MODULES] = {"EVENT_MODULES", SEVERITY_ERROR, "ECM 1.2", "«$1» può essere solo 0, 1 o assente.",
		"\"$1\" can only be 0, 1 or left out.", "Correggi il valore.", "Mend the value."},
	[EVENT_ACCREDITED] = {"EVENT_ACCREDITED", SEVERITY_ERROR, "ECM 1.7",
		"«$1» non è una professione accreditabile: serve un codice come 14, o con la disciplina come "
		"1.58.",
		"\"$1\" is no profession to accredit: write a code such as 14, or with the discipline such "
		"as 1.58.",
		"Usa i codici delle tabelle.", "Use the codes of the tables."},
	[EVENT_TITLE] = {"EVENT_TITLE", SEVERITY_ERROR, NULL, "Il titolo è vuoto o supera 250 caratteri.",
		"The title is empty or has more than 250 characters.", "Scrivi un titolo.", "Write a title."},
	[EVENT_LEVEL] = {"EVENT_LEVEL", SEVERITY_ERROR, NULL, "I livelli non sono validi.",
		"The levels are not valid.", "Scegli uno o più livelli, o nessuno per tutti.",
		"Choose one level or several, or none for all."},
	[EVENT_PROVIDER] = {"EVENT_NO_PROVIDER_CODE", SEVERITY_ERROR, "ECM 1.2",
		"L'evento «$1» non ha il codice del provider (cod_org): il rapporto non si può scrivere.",
		"The event \"$1\" has no provider code (cod_org): the report cannot be written.",
		"Aggiungi il codice Co.Ge.A.P.S. del provider nei dati dell'evento.",
		"Add the provider's Co.Ge.A.P.S. code to the event."},
};

static const char *string_at(json_t *json, const char *field)
{
	const char *text = json_string_value(json_object_get(json, field));
	return text ? text : "";
}

static void read_code(
	json_t *json, const char *field, char ret[ECM_CODE_MAX + 1], bool optional, struct faults *faults)
{
	g_autofree char *text = g_strstrip(g_strdup(string_at(json, field)));
	size_t len = strlen(text);
	if (len == 0) {
		if (!optional) {
			faults_add(faults, &texts[EVENT_MISSING], field, field, NULL);
		}
	} else if (len > ECM_CODE_MAX ||
		   strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_") !=
			   len) {
		faults_add(faults, &texts[EVENT_CODE], field, field, NULL);
	} else {
		memcpy(ret, text, len + 1);
	}
}

static guint read_number(json_t *json, const char *field, guint least, guint most, struct faults *faults)
{
	json_t *value = json_object_get(json, field);
	guint64 number = 0;
	bool good = json_is_integer(value) && json_integer_value(value) >= 0;
	if (good) {
		number = (guint64)json_integer_value(value);
	} else if (json_is_string(value)) {
		good = g_ascii_string_to_unsigned(
			json_string_value(value), 10, 0, G_MAXUINT32, &number, NULL);
	}
	if (!good || number < least || number > most) {
		g_autofree char *range = g_strdup_printf("%u..%u", least, most);
		faults_add(faults, &texts[EVENT_NUMBER], field, field, range);
		return least;
	}
	return (guint)number;
}

static void read_date(json_t *json, const char *field, char ret[11], struct faults *faults)
{
	const char *text = string_at(json, field);
	if (ecm_date_valid(text)) {
		memcpy(ret, text, 11);
	} else {
		g_autofree char *shown = g_strndup(text, 40);
		g_autofree char *valid = g_utf8_make_valid(shown, -1);
		faults_add(faults, &texts[EVENT_DATE], field, field, valid);
	}
}

guint ecm_credits_read(json_t *value)
{
	double tenths = 0;
	if (json_is_number(value)) {
		tenths = json_number_value(value) * 10;
	} else if (json_is_string(value)) {
		const char *text = json_string_value(value);
		size_t whole = strspn(text, "0123456789");
		if (whole < 1 || whole > 2 || text[whole] != '.' ||
			strspn(text + whole + 1, "0123456789") != 1 || text[whole + 2]) {
			return 0;
		}
		tenths = g_ascii_strtod(text, NULL) * 10;
	}
	double rounded = round(tenths);
	bool exact = fabs(tenths - rounded) < 1e-6;
	return exact && rounded >= 1 && rounded <= ECM_CREDITS_TENTHS_MAX ? (guint)rounded : 0;
}

static void read_dates(struct ecm_event *event, json_t *json, struct faults *faults)
{
	read_date(json, "data_ini", event->data_ini, faults);
	read_date(json, "data_fine", event->data_fine, faults);
	if (!*event->data_ini || !*event->data_fine) {
		return;
	}
	if (strcmp(event->data_ini, event->data_fine) > 0) {
		faults_add(faults, &texts[EVENT_DATES_ORDER], "data_fine", event->data_ini, event->data_fine);
		return;
	}
	GDate from, to;
	g_date_clear(&from, 1);
	g_date_clear(&to, 1);
	g_date_set_parse(&from, event->data_ini);
	g_date_set_parse(&to, event->data_fine);
	int days = g_date_days_between(&from, &to) + 1;
	if (event->tipo_form == ECM_FORM_FAD && days > ECM_FAD_DAYS_MAX) {
		char text[16];
		g_snprintf(text, sizeof(text), "%d", days);
		faults_add(faults, &texts[EVENT_TOO_LONG], "data_fine", text, NULL);
	}
}

static char read_module(json_t *json, const char *field, struct faults *faults)
{
	json_t *value = json_object_get(json, field);
	if (!value || json_is_null(value)) {
		return '\0';
	}
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < 0 || number > 1) {
		faults_add(faults, &texts[EVENT_MODULES], field, field, NULL);
		return '\0';
	}
	return (char)('0' + number);
}

static void read_typology(struct ecm_event *event, json_t *json, struct faults *faults)
{
	static const struct {
		guint least, most;
	} ranges[] = {[ECM_FORM_FAD] = {10, 11},
		[ECM_FORM_FSC] = {6, 9},
		[ECM_FORM_RES] = {1, 5},
		[ECM_FORM_BLENDED] = {1, 11}};
	event->tipo_form = (enum ecm_form)read_number(json, "tipo_form", 1, 4, faults);
	event->cod_tipologia_form = read_number(json, "cod_tipologia_form", 1, 11, faults);
	if (event->cod_tipologia_form < ranges[event->tipo_form].least ||
		event->cod_tipologia_form > ranges[event->tipo_form].most) {
		char one[16], two[16];
		g_snprintf(one, sizeof(one), "%u", event->cod_tipologia_form);
		g_snprintf(two, sizeof(two), "%u", (guint)event->tipo_form);
		faults_add(faults, &texts[EVENT_TYPOLOGY], "cod_tipologia_form", one, two);
	}
	event->modulo_fad = read_module(json, "modulo_fad", faults);
	event->modulo_fsc = read_module(json, "modulo_fsc", faults);
	event->modulo_res = read_module(json, "modulo_res", faults);
}

static void read_lists(struct ecm_event *event, json_t *json, struct faults *faults)
{
	const char *accr = string_at(json, "cod_accr");
	if (type_find("cod_accr", accr) || (strlen(accr) == 3 && strspn(accr, "0123456789") == 3)) {
		memcpy(event->cod_accr, accr, 4);
	} else {
		faults_add(faults, &texts[EVENT_LIST], "cod_accr", "cod_accr", accr);
	}
	const char *kind = string_at(json, "tipo_eve");
	if (type_find("tipo_eve", kind)) {
		event->tipo_eve = *kind;
	} else {
		faults_add(faults, &texts[EVENT_LIST], "tipo_eve", "tipo_eve", kind);
	}
	event->cod_obi = read_number(json, "cod_obi", 1, 999, faults);
	if (!national_objective_find(event->cod_obi)) {
		char text[16];
		g_snprintf(text, sizeof(text), "%u", event->cod_obi);
		faults_add(faults, &texts[EVENT_LIST], "cod_obi", "cod_obi", text);
	}
}

static void read_accredited(struct ecm_event *event, json_t *json, struct faults *faults)
{
	size_t at;
	json_t *value;
	g_autoptr(GString) text = g_string_new(NULL);
	json_array_foreach(json_object_get(json, "accredited"), at, value)
	{
		const char *word = json_is_string(value) ? json_string_value(value) : "?";
		struct ecm_event probe;
		if (strchr(word, ' ') || !*word || !ecm_accredited_parse(&probe, word)) {
			faults_add(faults, &texts[EVENT_ACCREDITED], "accredited", word, NULL);
		} else {
			g_string_append_printf(text, "%s ", word);
		}
	}
	if (!ecm_accredited_parse(event, text->str)) {
		faults_add(faults, &texts[EVENT_ACCREDITED], "accredited", "> 200", NULL);
	}
}

/* Whether they exist is for whoever has the data base. */
static void read_levels(struct ecm_event *event, json_t *json, struct faults *faults)
{
	size_t at;
	json_t *value, *list = json_object_get(json, "levels");
	g_autoptr(GString) text = g_string_new(NULL);
	bool good = !list || json_is_null(list) || json_is_array(list);
	json_array_foreach(list, at, value)
	{
		const char *level = json_string_value(value);
		good = good && level && *level && !strchr(level, ' ');
		g_string_append_printf(text, "%s ", level ? level : "");
	}
	if (!good || !ecm_levels_parse(event, text->str)) {
		faults_add(faults, &texts[EVENT_LEVEL], "levels", NULL, NULL);
	}
}

static void read_ours(struct ecm_event *event, json_t *json, struct faults *faults)
{
	g_autofree char *title = g_strstrip(g_strdup(string_at(json, "title")));
	if (!*title || strlen(title) >= sizeof(event->title)) {
		faults_add(faults, &texts[EVENT_TITLE], "title", NULL, NULL);
	} else {
		g_strlcpy(event->title, title, sizeof(event->title));
	}
	read_levels(event, json, faults);
	if (json_object_get(json, "seconds_needed")) {
		event->seconds_needed = read_number(json, "seconds_needed", 0, ECM_SECONDS_MAX, faults);
	} else {
		event->seconds_needed = event->ore * 3600; /* the hours that the credits stand for */
	}
	read_accredited(event, json, faults);
}

bool ecm_event_read(struct ecm_event *ret, json_t *json, struct faults *faults)
{
	guint before = faults->errors;
	struct ecm_event event = {0};
	read_code(json, "cod_evento", event.cod_evento, false, faults);
	event.cod_edi = json_object_get(json, "cod_edi") ? read_number(json, "cod_edi", 1, 999, faults) : 1;
	read_code(json, "cod_org", event.cod_org, true, faults);
	read_typology(&event, json, faults);
	read_dates(&event, json, faults);
	event.credits_tenths = ecm_credits_read(json_object_get(json, "crediti"));
	if (event.credits_tenths == 0) {
		faults_add(faults, &texts[EVENT_CREDITS], "crediti", NULL, NULL);
	}
	event.ore = read_number(json, "ore", 1, 999, faults);
	read_lists(&event, json, faults);
	event.num_part = read_number(json, "num_part", 0, 999999, faults);
	read_ours(&event, json, faults);
	if (faults->errors != before) {
		return false;
	}
	event.id = ret->id;
	*ret = event;
	return true;
}

bool ecm_event_exportable(const struct ecm_event *event, struct faults *faults)
{
	if (*event->cod_org) {
		return true;
	}
	faults_add(faults, &texts[EVENT_PROVIDER], "cod_org", event->title, NULL);
	return false;
}
