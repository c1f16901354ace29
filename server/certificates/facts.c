/* Every text that a certificate may print [ECM 3.1], from the event, the provider and the person. */
#include <string.h>

#include "server/certificates/issue.h"
#include "server/store/class_marks.h"
#include "server/store/levels.h"
#include "server/store/provider.h"

/* 2026-02-03 is 03/02/2026. */
static char *italian_day(const char *day)
{
	return strlen(day) == 10 ? g_strdup_printf("%.2s/%.2s/%.4s", day + 8, day + 5, day) : g_strdup("");
}

/* 40 is "4,0": Italian decimals. */
static char *figures(guint tenths)
{
	return g_strdup_printf("%u,%u", tenths / 10, tenths % 10);
}

static void put(json_t *facts, const char *name, const char *text)
{
	json_object_set_new(facts, name, json_string(text));
}

/* Takes the text. */
static void put_own(json_t *facts, const char *name, char *text)
{
	put(facts, name, text);
	g_free(text);
}

static void provider_facts(json_t *facts, struct db *db)
{
	struct provider provider;
	provider_load(db, &provider);
	put(facts, "provider_name", provider.name);
	put(facts, "provider_code", provider.code);
	put(facts, "provider_accreditation", provider.accreditation);
	g_autofree char *until = italian_day(provider.accredited_until);
	put_own(facts, "accreditation_expiry", *until ? g_strdup_printf(", scadenza %s", until) : g_strdup(""));
	put(facts, "provider_legal", provider.legal_name);
	put(facts, "provider_legal_quality", provider.legal_quality);
	put(facts, "provider_place", provider.place);
	put(facts, "accreditor", provider.accreditor);
	put(facts, "organiser", *provider.organiser ? provider.organiser : provider.name);
	put(facts, "partner", provider.partner);
}

static void event_facts(json_t *facts, const struct ecm_event *event)
{
	char words[64], code[8];
	g_snprintf(code, sizeof(code), "%d", (int)event->tipo_form);
	const struct type *form = type_find("tipo_form", code);
	const struct national_objective *objective = national_objective_find(event->cod_obi);
	put(facts, "event_title", event->title);
	put(facts, "event_code", event->cod_evento);
	put_own(facts, "event_edition", g_strdup_printf("%u", event->cod_edi));
	put(facts, "event_form", form ? form->name : "");
	put_own(facts, "event_from", italian_day(event->data_ini));
	put_own(facts, "event_to", italian_day(event->data_fine));
	put_own(facts, "event_hours", g_strdup_printf("%u", event->ore));
	put_own(facts, "event_credits", figures(event->credits_tenths));
	certificate_credits_words(event->credits_tenths, words);
	put(facts, "event_credits_words", words);
	put(facts, "objective", objective ? objective->name : "");
}

static void profession_facts(json_t *facts, const struct participant *participant)
{
	g_autoptr(GString) professions = g_string_new(NULL);
	g_autoptr(GString) disciplines = g_string_new(NULL);
	for (guint i = 0; i < participant->profession_count; i++) {
		const struct participant_profession *profession = &participant->professions[i];
		const struct profession *known = profession_find(profession->code);
		g_string_append_printf(professions, "%s%s", i ? ", " : "", known ? known->name : "");
		for (guint k = 0; k < profession->discipline_count; k++) {
			const struct discipline *discipline =
				discipline_find(profession->code, profession->disciplines[k]);
			g_string_append_printf(disciplines, "%s%s", disciplines->len ? ", " : "",
				discipline ? discipline->name : "");
		}
	}
	put(facts, "professions", professions->str);
	put(facts, "disciplines", disciplines->str);
}

static const char *role_name_it(char role)
{
	return role == 'T' ? "tutor" : role == 'D' ? "docente" : role == 'R' ? "relatore" : "partecipante";
}

static void person_facts(json_t *facts, struct db *db, const struct participant *participant)
{
	struct person_register data;
	char words[64];
	person_register_get(db, participant->person, &data);
	put_own(facts, "person_name",
		g_strdup_printf("%s %s", participant->given_name, participant->family_name));
	put(facts, "codice_fiscale", participant->codice_fiscale);
	put(facts, "birth_place", data.birth_place);
	put_own(facts, "birth_day", italian_day(data.birth_day));
	put_own(facts, "order",
		*data.order_number ? g_strdup_printf("%s n. %s", data.order_name, data.order_number)
				   : g_strdup(data.order_name));
	put(facts, "role", role_name_it(participant->role));
	put(facts, "recruited", participant->recruited ? ", reclutato da uno sponsor" : ", non reclutato");
	put_own(facts, "credits", figures(participant->credits_tenths));
	certificate_credits_words(participant->credits_tenths, words);
	put(facts, "credits_words", words);
	put_own(facts, "earned_day", italian_day(participant->earned));
	put_own(facts, "earned_year", g_strndup(participant->earned, 4));
	profession_facts(facts, participant);
}

/* When it was open to study, or where and when the class met [ECM 3.1: tenutosi a … dal … al …, not for FAD]. */
static void period_facts(json_t *facts, struct db *db, const struct ecm_event *event, int64_t person)
{
	struct class_held held;
	if (!ecm_event_in_class(event) || !class_held(db, event->id, person, &held)) {
		g_autofree char *from = italian_day(event->data_ini), *to = italian_day(event->data_fine);
		put_own(facts, "event_period", g_strdup_printf("attivo dal %s al %s", from, to));
		return;
	}
	g_autofree char *from = italian_day(held.from), *to = italian_day(held.to);
	g_autofree char *days = strcmp(held.from, held.to) == 0 ? g_strdup_printf("il %s", from) : g_strdup_printf("dal %s al %s", from, to);
	put(facts, "event_place", held.places);
	put(facts, "class_name", held.group);
	put_own(facts, "event_period",
		*held.places ? g_strdup_printf("tenutosi a %s %s", held.places, days) : g_strdup_printf("tenutosi %s", days));
}

/* 16200 seconds are "4 ore e 30 minuti". */
static char *hours_text(int64_t seconds)
{
	int minutes = (int)(seconds / 60);
	return minutes % 60 ? g_strdup_printf("%d ore e %d minuti", minutes / 60, minutes % 60)
			    : g_strdup_printf("%d ore", minutes / 60);
}

json_t *certificate_facts(struct db *db, const struct ecm_event *event, const struct participant *participant,
	enum certificate_kind kind)
{
	json_t *facts = json_object();
	struct completion_row completion;
	provider_facts(facts, db);
	event_facts(facts, event);
	person_facts(facts, db, participant);
	period_facts(facts, db, event, participant->person);
	if (completion_of(db, participant->person, event->id, &completion)) {
		struct level_row level;
		if (*completion.level) {
			put(facts, "level",
				level_find(db, completion.level, &level) ? level.name_it : completion.level);
		} else {
			put_own(facts, "presence_hours", hours_text(completion.seconds));
		}
		completion_row_finish(&completion);
	}
	if (kind == CERTIFICATE_PARTICIPATION) {
		json_object_del(facts, "credits");
		json_object_del(facts, "credits_words");
	}
	return facts;
}
