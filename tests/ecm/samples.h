/* An event that is in order; tests change one thing at a time. */
#ifndef TESTS_ECM_SAMPLES_H
#define TESTS_ECM_SAMPLES_H

#include "server/ecm/event.h"

#define SAMPLE_EVENT                                                                                         \
	"{\"title\":\"Il FSE "                                                                               \
	"2.0\",\"cod_evento\":\"99999\",\"cod_edi\":1,\"cod_org\":\"999\",\"cod_accr\":\"090\","             \
	"\"data_ini\":\"2026-01-12\",\"data_fine\":\"2026-06-30\",\"crediti\":\"4.0\",\"ore\":4,\"tipo_"     \
	"form\":1,"                                                                                          \
	"\"tipo_eve\":\"P\",\"cod_obi\":17,\"num_part\":60000,\"cod_tipologia_form\":10,\"levels\":[]}"

static inline struct ecm_event sample_event(void)
{
	struct ecm_event event = {.id = 7};
	struct faults faults;
	faults_init(&faults, 10);
	json_auto_t *json = json_loads(SAMPLE_EVENT, 0, NULL);
	bool good = ecm_event_read(&event, json, &faults);
	g_assert(good);
	faults_finish(&faults);
	return event;
}

#endif
