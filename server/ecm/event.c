#include "server/ecm/event.h"

#include <stdio.h>
#include <string.h>

#include "server/ecm/day.h"

void ecm_credits_text(guint tenths, char ret[8])
{
	g_snprintf(ret, 8, "%u.%u", tenths / 10 % 1000, tenths % 10);
}

bool ecm_event_in_class(const struct ecm_event *event)
{
	return event->tipo_form == ECM_FORM_FSC || event->tipo_form == ECM_FORM_RES;
}

void ecm_event_earned(const struct ecm_event *event, guint days_after, char day[11])
{
	char last[11];
	ecm_day_add(event->data_fine, (int)days_after, last);
	if (strcmp(day, event->data_fine) > 0 && strcmp(day, last) <= 0) {
		g_strlcpy(day, event->data_fine, 11);
	}
}

bool ecm_date_valid(const char *text)
{
	int year, month, day, end = 0;
	if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
		end != 10 || strspn(text, "0123456789-") != 10) {
		return false;
	}
	return g_date_valid_dmy(
		(GDateDay)CLAMP(day, 0, 99), (GDateMonth)CLAMP(month, 0, 13), (GDateYear)year);
}

bool ecm_sponsor_good(const char *sponsor)
{
	static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ',;-.()";
	size_t len = strlen(sponsor);
	return len <= ECM_SPONSOR_MAX && strspn(sponsor, allowed) == len;
}

bool ecm_event_accredits(const struct ecm_event *event, guint profession, guint discipline)
{
	for (guint i = 0; i < event->accredited_count; i++) {
		const struct ecm_accredited *row = &event->accredited[i];
		if (row->profession == profession &&
			(row->discipline == 0 || row->discipline == discipline)) {
			return true;
		}
	}
	return event->accredited_count == 0;
}

char *ecm_accredited_text(const struct ecm_event *event)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < event->accredited_count; i++) {
		const struct ecm_accredited *row = &event->accredited[i];
		g_string_append_printf(text, i ? " %u" : "%u", row->profession);
		if (row->discipline) {
			g_string_append_printf(text, ".%u", row->discipline);
		}
	}
	return g_string_free(text, FALSE);
}

static bool parse_accredited(const char *word, struct ecm_accredited *ret)
{
	guint profession, discipline = 0;
	int end = 0;
	if (sscanf(word, "%2u%n", &profession, &end) != 1 || !profession_find(profession)) {
		return false;
	}
	if (word[end] == '.') {
		int more = 0;
		if (sscanf(word + end, ".%3u%n", &discipline, &more) != 1 ||
			!discipline_find(profession, discipline)) {
			return false;
		}
		end += more;
	}
	*ret = (struct ecm_accredited){(guint16)profession, (guint16)discipline};
	return word[end] == '\0';
}

bool ecm_accredited_parse(struct ecm_event *event, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " ", -1);
	guint count = 0;
	for (char **word = words; *word; word++) {
		if (!**word) {
			continue;
		}
		if (count == ECM_ACCREDITED_MAX || !parse_accredited(*word, &event->accredited[count])) {
			return false;
		}
		count++;
	}
	event->accredited_count = count;
	return true;
}

bool ecm_event_names_level(const struct ecm_event *event, const char *level)
{
	for (guint i = 0; i < event->level_count; i++) {
		if (strcmp(event->levels[i], level) == 0) {
			return true;
		}
	}
	return false;
}

bool ecm_levels_parse(struct ecm_event *event, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	event->level_count = 0;
	for (char **word = words; *word; word++) {
		if (!**word || ecm_event_names_level(event, *word)) {
			continue;
		}
		if (event->level_count == LEVELS_MAX || strlen(*word) >= LEVEL_ID_BYTES) {
			return false;
		}
		g_strlcpy(event->levels[event->level_count++], *word, LEVEL_ID_BYTES);
	}
	return true;
}

json_t *ecm_event_json(const struct ecm_event *event)
{
	json_t *accredited = json_array();
	g_autofree char *text = ecm_accredited_text(event);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	for (char **word = words; *word; word++) {
		if (**word) {
			json_array_append_new(accredited, json_string(*word));
		}
	}
	char credits[8];
	ecm_credits_text(event->credits_tenths, credits);
	json_t *json = json_pack(
		"{s:I, s:s, s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:o}", "id",
		(json_int_t)event->id, "title", event->title, "cod_evento", event->cod_evento, "cod_edi",
		(int)event->cod_edi, "cod_org", event->cod_org, "cod_accr", event->cod_accr, "data_ini",
		event->data_ini, "data_fine", event->data_fine, "crediti", credits, "ore", (int)event->ore,
		"tipo_form", (int)event->tipo_form, "cod_obi", (int)event->cod_obi, "num_part",
		(int)event->num_part, "cod_tipologia_form", (int)event->cod_tipologia_form, "seconds_needed",
		(int)event->seconds_needed, "accredited", accredited);
	json_object_set_new(json, "tipo_eve", json_stringn(&event->tipo_eve, 1));
	json_t *levels = json_array();
	for (guint i = 0; i < event->level_count; i++) {
		json_array_append_new(levels, json_string(event->levels[i]));
	}
	json_object_set_new(json, "levels", levels);
	const struct {
		const char *name;
		char value;
	} modules[] = {{"modulo_fad", event->modulo_fad}, {"modulo_fsc", event->modulo_fsc},
		{"modulo_res", event->modulo_res}};
	for (guint i = 0; i < G_N_ELEMENTS(modules); i++) {
		json_object_set_new(json, modules[i].name,
			modules[i].value ? json_integer(modules[i].value - '0') : json_null());
	}
	return json;
}
