#include "tests/conformance/desk.h"

#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "packages/manifest/manifest.h"
#include "player/engine/course/image.h"

#define FIRST_MOMENT INT64_C(1700000000000) /* any moment: the traces do not depend on it */
#define SEED UINT64_C(20240229)

struct desk {
	FILE *transcript;
	char *learner_id, *learner_name;
	GHashTable *attempts; /* "manifest\norganization" to struct attempt */
	GByteArray *globals;  /* of the learner, from the last package; NULL: none yet */
	int64_t now;
	uint32_t opened;
};

struct attempt {
	struct desk *desk;
	uint32_t number;
	void *image;
	void *memory;
	struct engine *engine;
};

static int64_t tick(struct desk *desk)
{
	desk->now += 1000;
	return desk->now;
}

static void attempt_destroy(gpointer data)
{
	struct attempt *attempt = data;
	g_free(attempt->image);
	g_free(attempt->memory);
	g_free(attempt);
}

struct desk *desk_create(FILE *transcript, const char *learner_id, const char *learner_name)
{
	struct desk *desk = g_new0(struct desk, 1);
	desk->transcript = transcript;
	desk->learner_id = g_strdup(learner_id);
	desk->learner_name = g_strdup(learner_name);
	desk->attempts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, attempt_destroy);
	desk->now = FIRST_MOMENT;
	return desk;
}

/* One line of the transcript: [attempt, what, arguments and answers …]. Takes the reference. */
static void note(struct attempt *attempt, json_t *line)
{
	if (attempt->desk->transcript != NULL) {
		json_array_insert_new(line, 0, json_integer(attempt->number));
		json_dumpf(line, attempt->desk->transcript, JSON_COMPACT);
		fputc('\n', attempt->desk->transcript);
	}
	json_decref(line);
}

static json_t *bytes_to_json(const void *bytes, size_t size)
{
	g_autofree char *text = g_base64_encode(bytes, size);
	return json_string(text);
}

static GByteArray *take_snapshot(const struct engine *engine)
{
	size_t size = engine_snapshot(engine, NULL, 0);
	GByteArray *bytes = g_byte_array_sized_new((guint)size);
	g_byte_array_set_size(bytes, (guint)size);
	engine_snapshot(engine, bytes->data, size);
	return bytes;
}

void desk_destroy(struct desk *desk)
{
	if (desk == NULL) {
		return;
	}
	GHashTableIter iter;
	gpointer value;
	g_hash_table_iter_init(&iter, desk->attempts);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct attempt *attempt = value;
		g_autoptr(GByteArray) snapshot = take_snapshot(attempt->engine);
		note(attempt, json_pack("[s, o]", "snapshot", bytes_to_json(snapshot->data, snapshot->len)));
	}
	g_hash_table_destroy(desk->attempts);
	if (desk->globals != NULL) {
		g_byte_array_unref(desk->globals);
	}
	g_free(desk->learner_id);
	g_free(desk->learner_name);
	g_free(desk);
}

static char *first_error(const struct findings *findings)
{
	uint32_t count;
	const struct problem *list = findings_list(findings, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (list[i].severity == SEVERITY_ERROR) {
			return g_strdup_printf("%s: %s", list[i].code, list[i].en);
		}
	}
	return g_strdup("manifest cannot be read");
}

static const struct course *find_course(const struct manifest *manifest, const char *organization)
{
	for (uint32_t i = 0; i < manifest->course_count && organization != NULL; i++) {
		struct span name = manifest->courses[i].organization;
		if (name.len == strlen(organization) && memcmp(name.at, organization, name.len) == 0) {
			return &manifest->courses[i];
		}
	}
	return &manifest->courses[manifest->default_course];
}

static struct span read_image(const char *path, const char *organization, char **why)
{
	g_autofree char *bytes = NULL;
	gsize size;
	g_autoptr(GError) error = NULL;
	if (!g_file_get_contents(path, &bytes, &size, &error)) {
		*why = g_strdup(error->message);
		return (struct span){0};
	}
	struct findings *findings = findings_create();
	struct manifest *manifest =
		manifest_read((struct span){bytes, (uint32_t)size}, "imsmanifest.xml", findings);
	struct span image = {0};
	if (manifest == NULL) {
		*why = first_error(findings);
	} else {
		const struct course *course = find_course(manifest, organization);
		image.len = (uint32_t)image_write(course, NULL, 0);
		char *buffer = g_malloc(image.len + 1);
		image_write(course, buffer, image.len);
		image.at = buffer;
	}
	manifest_destroy(manifest);
	findings_destroy(findings);
	return image;
}

static struct attempt *open_attempt(struct desk *desk, struct span image, char **why)
{
	struct attempt *attempt = g_new0(struct attempt, 1);
	attempt->desk = desk;
	attempt->number = desk->opened++;
	attempt->image = (void *)image.at;
	size_t room = engine_memory_for(image);
	attempt->memory = g_malloc(room + 1);
	if (engine_open(attempt->memory, room, image, &attempt->engine) != ENGINE_OK) {
		*why = g_strdup("engine_open() refuses the course image");
		attempt_destroy(attempt);
		return NULL;
	}
	note(attempt, json_pack("[s, o]", "open", bytes_to_json(image.at, image.len)));
	return attempt;
}

struct attempt *desk_attempt(struct desk *desk, const char *manifest, const char *organization, char **why)
{
	g_autofree char *key = g_strdup_printf("%s\n%s", manifest, organization ? organization : "");
	struct attempt *attempt = g_hash_table_lookup(desk->attempts, key);
	if (attempt != NULL) {
		return attempt;
	}
	struct span image = read_image(manifest, organization, why);
	if (image.at == NULL) {
		return NULL;
	}
	attempt = open_attempt(desk, image, why);
	if (attempt != NULL) {
		g_hash_table_insert(desk->attempts, g_steal_pointer(&key), attempt);
	}
	return attempt;
}

const struct course *attempt_course(const struct attempt *attempt)
{
	return engine_course(attempt->engine);
}

uint32_t attempt_activity(const struct attempt *attempt, const char *identifier)
{
	const struct course *course = attempt_course(attempt);
	for (uint32_t i = 0; i < course->activity_count && identifier != NULL; i++) {
		struct span name = course->activities[i].identifier;
		if (name.len == strlen(identifier) && memcmp(name.at, identifier, name.len) == 0) {
			return i;
		}
	}
	return NO_INDEX;
}

static struct span span_of(const char *text)
{
	return (struct span){text, (uint32_t)strlen(text)};
}

static json_t *outcome_to_json(const struct navigation_outcome *outcome)
{
	return json_pack("[b, I, b, i]", outcome->accepted, (json_int_t)outcome->delivered,
		outcome->session_ended, outcome->exception);
}

/* After anything that may have changed them: the learner's global objectives and shared data. */
static void keep_globals(struct attempt *attempt)
{
	struct desk *desk = attempt->desk;
	size_t size = engine_globals(attempt->engine, NULL, 0);
	if (size == 0) {
		return;
	}
	if (desk->globals != NULL) {
		g_byte_array_unref(desk->globals);
	}
	desk->globals = g_byte_array_sized_new((guint)size);
	g_byte_array_set_size(desk->globals, (guint)size);
	engine_globals(attempt->engine, desk->globals->data, size);
}

/* The journal is sent and stored: here, dropped. */
static void take_journal(struct attempt *attempt)
{
	struct engine_summary summary;
	engine_summarise(attempt->engine, &summary);
	engine_journal_taken(attempt->engine, summary.last_sequence);
}

static void adopt_globals(struct attempt *attempt)
{
	struct desk *desk = attempt->desk;
	if (desk->globals == NULL) {
		return;
	}
	int64_t now = tick(desk);
	struct span globals = {(const char *)desk->globals->data, desk->globals->len};
	engine_adopt_globals(attempt->engine, now, globals);
	note(attempt,
		json_pack("[s, I, o]", "adopt", (json_int_t)now, bytes_to_json(globals.at, globals.len)));
}

struct navigation_outcome attempt_begin(
	struct attempt *attempt, enum navigation_request request, uint32_t target)
{
	struct desk *desk = attempt->desk;
	struct session_params params = {.learner_id = span_of(desk->learner_id),
		.learner_name = span_of(desk->learner_name),
		.mode = MODE_NORMAL,
		.credit = true,
		.seed = SEED};
	int64_t now = tick(desk);
	enum engine_result result = engine_begin_session(attempt->engine, now, &params);
	note(attempt, json_pack("[s, I, s, s, I, i]", "begin", (json_int_t)now, desk->learner_id,
			      desk->learner_name, (json_int_t)SEED, (int)result));
	adopt_globals(attempt);
	return attempt_navigate(attempt, request, target);
}

struct navigation_outcome attempt_navigate(
	struct attempt *attempt, enum navigation_request request, uint32_t target)
{
	struct navigation_outcome outcome = {.delivered = NO_INDEX};
	int64_t now = tick(attempt->desk);
	enum engine_result result = engine_navigate(attempt->engine, now, request, target, &outcome);
	note(attempt, json_pack("[s, I, i, I, i, o]", "navigate", (json_int_t)now, (int)request,
			      (json_int_t)target, (int)result, outcome_to_json(&outcome)));
	keep_globals(attempt);
	take_journal(attempt);
	return outcome;
}

enum navigation_request attempt_pending(struct attempt *attempt)
{
	enum navigation_request pending = engine_pending_navigation(attempt->engine);
	note(attempt, json_pack("[s, i]", "pending", (int)pending));
	return pending;
}

struct navigation_outcome attempt_navigate_pending(struct attempt *attempt)
{
	struct navigation_outcome outcome = {.delivered = NO_INDEX};
	int64_t now = tick(attempt->desk);
	enum engine_result result = engine_navigate_pending(attempt->engine, now, &outcome);
	note(attempt, json_pack("[s, I, i, o]", "navigatePending", (json_int_t)now, (int)result,
			      outcome_to_json(&outcome)));
	keep_globals(attempt);
	take_journal(attempt);
	return outcome;
}

char *attempt_api(struct attempt *attempt, enum api_function function, const char *first, const char *second)
{
	int64_t now = tick(attempt->desk);
	struct span answer = engine_api(attempt->engine, now, function, span_of(first), span_of(second));
	char *text = g_strndup(answer.at, answer.len);
	note(attempt,
		json_pack("[s, I, i, s, s, s]", "api", (json_int_t)now, (int)function, first, second, text));
	if (function == API_TERMINATE) {
		keep_globals(attempt);
		take_journal(attempt);
	}
	return text;
}

bool attempt_may(struct attempt *attempt, enum navigation_request request, uint32_t target)
{
	bool may = engine_may_navigate(attempt->engine, attempt->desk->now, request, target);
	note(attempt, json_pack("[s, I, i, I, b]", "may", (json_int_t)attempt->desk->now, (int)request,
			      (json_int_t)target, may));
	return may;
}

bool attempt_row(struct attempt *attempt, uint32_t activity, struct activity_view *ret)
{
	uint32_t room = attempt_course(attempt)->activity_count;
	g_autofree struct activity_view *rows = g_new0(struct activity_view, room + 1);
	uint32_t count = engine_table_of_contents(attempt->engine, attempt->desk->now, rows, room);
	json_t *list = json_array();
	bool found = false;
	for (uint32_t i = 0; i < count && i < room; i++) {
		uint32_t flags = (rows[i].visible ? 1u : 0u) | (rows[i].selectable ? 2u : 0u) |
				 (rows[i].current ? 4u : 0u);
		json_array_append_new(
			list, json_pack("[I, i, i, i]", (json_int_t)rows[i].activity, (int)flags,
				      (int)rows[i].completion, (int)rows[i].success));
		if (rows[i].activity == activity) {
			*ret = rows[i];
			found = true;
		}
	}
	note(attempt, json_pack("[s, I, o]", "contents", (json_int_t)attempt->desk->now, list));
	return found;
}
