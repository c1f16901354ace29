#include "server/privacy/journal_json.h"

#include <glib.h>

#include "player/engine/record/journal.h"
#include "server/store/store.h"

static const char *const functions[] = {
	[API_INITIALIZE] = "Initialize",
	[API_TERMINATE] = "Terminate",
	[API_GET_VALUE] = "GetValue",
	[API_SET_VALUE] = "SetValue",
	[API_COMMIT] = "Commit",
	[API_GET_LAST_ERROR] = "GetLastError",
	[API_GET_ERROR_STRING] = "GetErrorString",
	[API_GET_DIAGNOSTIC] = "GetDiagnostic",
};

static json_t *span_json(struct span span)
{
	g_autofree char *text = g_strndup(span.at, span.len), *valid = g_utf8_make_valid(text, -1);
	return json_string(valid);
}

static void call_json(json_t *json, const struct journal_record *record)
{
	bool known = (size_t)record->function < G_N_ELEMENTS(functions);
	json_object_set_new(json, "che_cosa", json_string(known ? functions[record->function] : "?"));
	if (record->first.len > 0) {
		json_object_set_new(json, "elemento", span_json(record->first));
		json_object_set_new(json, "valore", span_json(record->second));
	}
}

static json_t *record_json(const struct journal_record *record)
{
	char at[32];
	store_time_text(record->now, at);
	json_t *json = json_pack("{s:I, s:s}", "numero", (json_int_t)record->sequence, "quando", at);
	switch (record->kind) {
	case RECORD_SESSION:
		json_object_set_new(json, "che_cosa", json_string("sessione iniziata"));
		json_object_set_new(json, "persona", span_json(record->session.learner_name));
		break;
	case RECORD_NAVIGATE:
		json_object_set_new(json, "che_cosa", json_string("navigazione"));
		break;
	case RECORD_PENDING:
		json_object_set_new(json, "che_cosa", json_string("navigazione chiesta dal corso"));
		break;
	case RECORD_UNLOADED:
		json_object_set_new(json, "che_cosa", json_string("pagina del corso chiusa"));
		break;
	case RECORD_PRESENCE:
		json_object_set_new(json, "che_cosa", json_string("presenza"));
		json_object_set_new(json, "millisecondi", json_integer(record->active_ms));
		break;
	case RECORD_CALL:
		call_json(json, record);
		break;
	case RECORD_GLOBALS:
		json_object_set_new(json, "che_cosa", json_string("valori di altri corsi"));
		break;
	}
	if (record->error != 0) {
		json_object_set_new(json, "errore", json_integer(record->error));
	}
	return json;
}

json_t *journal_json(const char *base64)
{
	gsize len = 0;
	g_autofree guchar *bytes = g_base64_decode(base64, &len);
	struct span records = {(const char *)bytes, (uint32_t)len};
	struct journal_record record;
	json_t *list = json_array();
	while (journal_read(&records, &record)) {
		json_array_append_new(list, record_json(&record));
	}
	return list;
}
