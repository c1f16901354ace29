/*
 * A bank made for tests: areas a0.., items a0-1-0 (area, difficulty, number), right option always the first.
 */
#ifndef TESTS_ASSESSMENT_SAMPLES_H
#define TESTS_ASSESSMENT_SAMPLES_H

#include <glib.h>
#include "assessment/bank/bank.h"

static inline struct bank *sample_bank(guint areas, guint difficulties, guint items_each)
{
	GString *json =
		g_string_new("{\"format\":\"fad-bank-1\",\"name\":\"Prova\",\"version\":\"1\",\"areas\":[");
	for (guint a = 0; a < areas; a++) {
		g_string_append_printf(
			json, "%s{\"id\":\"a%u\",\"name_it\":\"Area %u\"}", a ? "," : "", a, a);
	}
	g_string_append(json, "],\"items\":[");
	const char *comma = "";
	for (guint a = 0; a < areas; a++) {
		for (guint d = 1; d <= difficulties; d++) {
			for (guint i = 0; i < items_each; i++) {
				g_string_append_printf(json,
					"%s{\"id\":\"a%u-%u-%u\",\"area\":\"a%u\",\"difficulty\":%u,\"type\":"
					"\"single\","
					"\"stem\":\"Domanda?\",\"options\":[{\"id\":\"r\",\"text\":"
					"\"giusta\"},"
					"{\"id\":\"x\",\"text\":\"no 1\"},{\"id\":\"y\",\"text\":\"no "
					"2\"},{\"id\":\"z\",\"text\":\"no 3\"}],"
					"\"key\":[\"r\"]}",
					comma, a, d, i, a, d);
				comma = ",";
			}
		}
	}
	g_string_append(json, "]}");
	struct faults faults;
	faults_init(&faults, 10);
	struct bank *bank = bank_read(json->str, json->len, &faults);
	faults_finish(&faults);
	g_string_free(json, TRUE);
	return bank;
}

#endif
