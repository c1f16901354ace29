/* The checklist as others see it: what is declared word for word, the names of conditions, JSON. */
#include "server/ecm/eligibility.h"

#include <string.h>

const char declaration_text_it[] =
	"Consapevole delle sanzioni penali previste dall’articolo 76 del DPR 28 dicembre 2000, n. 445 per chi rende "
	"dichiarazioni mendaci, dichiaro ai sensi degli articoli 46 e 47 dello stesso decreto che i dati anagrafici e "
	"professionali della mia scheda sono esatti, e quanto indicato qui sopra sulla mia partecipazione a questo evento.";
const char declaration_text_en[] =
	"Aware of the penalties of article 76 of DPR 445 of 28 December 2000 for false statements, I declare under "
	"articles 46 and 47 of the same decree that my personal and professional data on record are right, and what is "
	"said above about my participation in this event.";

static const char *const names[CREDIT_MAX] = {
	[CREDIT_IDENTITY] = "identity",
	[CREDIT_PROFESSION] = "profession",
	[CREDIT_REGION] = "region",
	[CREDIT_DECLARATION] = "declaration",
	[CREDIT_PATH] = "path",
	[CREDIT_FINAL] = "final",
	[CREDIT_QUALITY] = "quality",
	[CREDIT_DATES] = "dates",
};

const char *credit_condition_name(enum credit_condition condition)
{
	return names[condition];
}

enum credit_condition credit_condition_by_name(const char *name)
{
	int found = 0;
	while (found < CREDIT_MAX && strcmp(names[found], name) != 0) {
		found++;
	}
	return (enum credit_condition)found;
}

json_t *eligibility_json(const struct eligibility *eligibility)
{
	json_t *list = json_array();
	for (int i = 0; i < CREDIT_MAX; i++) {
		const struct credit_check *check = &eligibility->checks[i];
		json_array_append_new(list,
			json_pack("{s:s, s:b, s:b, s:o, s:s, s:s, s:s, s:s}", "code", names[i], "demanded",
				(int)check->demanded, "fulfilled", (int)check->fulfilled, "day",
				*check->day ? json_string(check->day) : json_null(), "it", check->it, "en",
				check->en, "mend_it", check->mend_it, "mend_en", check->mend_en));
	}
	return json_pack("{s:b, s:o, s:o}", "eligible", (int)eligibility->eligible, "earned_on",
		*eligibility->earned ? json_string(eligibility->earned) : json_null(), "conditions", list);
}
