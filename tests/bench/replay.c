/*
 * replay: how fast the server replays a journal, in calls per second on one core, and what a call costs
 * natively. Takes a course image.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "player/engine/engine.h"

#define ROUNDS 20000u
#define CALLS_A_ROUND 6u

static struct span text(const char *at)
{
	return (struct span){at, (uint32_t)strlen(at)};
}

static struct engine *open_engine(struct span image)
{
	struct engine *engine = NULL;
	const size_t size = engine_memory_for(image);
	void *memory = g_aligned_alloc(1, size, 16);
	if (engine_open(memory, size, image, &engine) != ENGINE_OK) {
		g_error("the course image does not open");
	}
	return engine;
}

static double nanoseconds_each(gint64 from, double count)
{
	return (double)(g_get_monotonic_time() - from) * 1000 / count;
}

/* A round of what a course says on each screen. */
static void play(struct engine *engine, guint round)
{
	char location[32], interaction[64];
	g_snprintf(location, sizeof(location), "page-%u", round % 500);
	g_snprintf(interaction, sizeof(interaction), "cmi.interactions.%u.result", round % 100);
	const struct span none = SPAN("");
	engine_api(engine, round, API_SET_VALUE, SPAN("cmi.location"), text(location));
	engine_api(engine, round, API_SET_VALUE, text(interaction), SPAN("correct"));
	engine_api(engine, round, API_SET_VALUE, SPAN("cmi.progress_measure"), SPAN("0.5"));
	engine_api(engine, round, API_SET_VALUE, SPAN("cmi.score.scaled"), SPAN("0.75"));
	engine_api(engine, round, API_SET_VALUE, SPAN("cmi.completion_status"), SPAN("incomplete"));
	engine_api(engine, round, API_COMMIT, none, none);
}

static GByteArray *record(struct engine *engine)
{
	GByteArray *journal = g_byte_array_new();
	const struct session_params params = {
		.learner_id = SPAN("1"), .learner_name = SPAN("Rossi, Maria"), .credit = true, .seed = 1};
	struct navigation_outcome outcome;
	engine_begin_session(engine, 0, &params);
	engine_navigate(engine, 0, NAVIGATION_START, NO_INDEX, &outcome);
	engine_api(engine, 0, API_INITIALIZE, SPAN(""), SPAN(""));
	for (guint i = 0; i < 100; i++) {
		g_autofree char *id = g_strdup_printf("cmi.interactions.%u.id", i);
		engine_api(engine, 0, API_SET_VALUE, text(id), text(id));
	}
	double spent = 0;
	for (guint round = 0; round < ROUNDS; round++) {
		const gint64 from = g_get_monotonic_time();
		play(engine, round);
		spent += (double)(g_get_monotonic_time() - from);
		const struct span records = engine_journal(engine);
		g_byte_array_append(journal, (const guint8 *)records.at, records.len);
		struct engine_summary summary;
		engine_summarise(engine, &summary);
		engine_journal_taken(engine, summary.last_sequence);
	}
	printf("%-62s %.0f\n", "SetValue natively, ns", spent * 1000 / (ROUNDS * CALLS_A_ROUND));
	return journal;
}

int main(int argc, char **argv)
{
	g_autofree char *image = NULL;
	gsize length;
	if (argc != 2 || !g_file_get_contents(argv[1], &image, &length, NULL)) {
		fprintf(stderr, "usage: bench-replay COURSE.img\n");
		return 1;
	}
	const struct span course = {image, (uint32_t)length};
	struct engine *played = open_engine(course);
	g_autoptr(GByteArray) journal = record(played);
	const gint64 asked = g_get_monotonic_time();
	for (guint i = 0; i < ROUNDS; i++) {
		engine_api(played, i, API_GET_VALUE, SPAN("cmi.interactions.50.result"), SPAN(""));
	}
	printf("%-62s %.0f\n", "GetValue natively, ns", nanoseconds_each(asked, ROUNDS));
	struct engine *replayed = open_engine(course);
	uint32_t applied = 0;
	const gint64 from = g_get_monotonic_time();
	const enum engine_result result =
		engine_replay(replayed, (struct span){(const char *)journal->data, journal->len}, &applied);
	if (result != ENGINE_OK || applied < ROUNDS * CALLS_A_ROUND) {
		fprintf(stderr, "bench-replay: result %d after %u records\n", (int)result, applied);
		return 1;
	}
	printf("%-62s %.0f\n", "calls replayed a second on one core", 1e9 / nanoseconds_each(from, applied));
	g_aligned_free(played);
	g_aligned_free(replayed);
	return 0;
}
