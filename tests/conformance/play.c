#include "tests/conformance/play.h"

#include <glib.h>
#include <string.h>

#include "player/engine/sequencing/sequencing.h"
#include "tests/conformance/match.h"

struct play {
	const char *name;
	const char *folder;
	const json_t *trace;
	struct desk *desk;
	struct attempt *attempt;           /* the package in play */
	struct navigation_outcome outcome; /* of the last request */
	size_t step;                       /* counted from 1, as a reader of the file counts them */
	struct verdict *verdict;
	bool stopped;
};

static const char *text_of(const json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));
	return text != NULL ? text : "";
}

static char *shortened(const char *text)
{
	return g_utf8_strlen(text, -1) <= 120 ? g_strdup(text)
					      : g_strdup_printf("%.100s… (%zu bytes)", text, strlen(text));
}

static void differ(struct play *play, const char *element, const char *expected, const char *got)
{
	play->verdict->differences++;
	if (play->verdict->told) {
		g_autofree char *short_expected = shortened(expected);
		g_autofree char *short_got = shortened(got);
		printf("%s step %zu: %s: expected %s, got %s\n", play->name, play->step, element,
			short_expected, short_got);
	}
}

static enum navigation_request request_named(const char *name)
{
	static const char *const names[] = {
		[NAVIGATION_NONE] = "_none_",
		[NAVIGATION_START] = "start",
		[NAVIGATION_RESUME_ALL] = "resumeAll",
		[NAVIGATION_CONTINUE] = "continue",
		[NAVIGATION_PREVIOUS] = "previous",
		[NAVIGATION_CHOICE] = "choice",
		[NAVIGATION_JUMP] = "jump",
		[NAVIGATION_EXIT] = "exit",
		[NAVIGATION_EXIT_ALL] = "exitAll",
		[NAVIGATION_ABANDON] = "abandon",
		[NAVIGATION_ABANDON_ALL] = "abandonAll",
		[NAVIGATION_SUSPEND_ALL] = "suspendAll",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strcmp(names[i], name) == 0) {
			return (enum navigation_request)i;
		}
	}
	return NAVIGATION_NONE;
}

static enum api_function function_named(const char *name)
{
	static const char *const names[] = {
		[API_INITIALIZE] = "Initialize",
		[API_TERMINATE] = "Terminate",
		[API_GET_VALUE] = "GetValue",
		[API_SET_VALUE] = "SetValue",
		[API_COMMIT] = "Commit",
		[API_GET_LAST_ERROR] = "GetLastError",
		[API_GET_ERROR_STRING] = "GetErrorString",
		[API_GET_DIAGNOSTIC] = "GetDiagnostic",
	};
	if (g_str_has_prefix(name, "LMS")) {
		name += strlen("LMS");
	}
	name = strcmp(name, "Finish") == 0 ? "Terminate" : name;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strcmp(names[i], name) == 0) {
			return (enum api_function)i;
		}
	}
	return API_GET_DIAGNOSTIC;
}

/* --- Navigation --- */

static uint32_t target_of(const struct play *play, const json_t *step)
{
	return attempt_activity(play->attempt, json_string_value(json_object_get(step, "target")));
}

static const json_t *package_of(const struct play *play, const json_t *step)
{
	const json_t *packages = json_object_get(play->trace, "packages");
	const char *name = json_string_value(json_object_get(step, "package"));
	if (name != NULL) {
		return json_object_get(packages, name);
	}
	return json_object_iter_value(json_object_iter((json_t *)packages));
}

static void play_start(struct play *play, const json_t *step)
{
	const json_t *package = package_of(play, step);
	g_autofree char *manifest = g_build_filename(play->folder, text_of(package, "manifest"), NULL);
	g_autofree char *why = NULL;
	play->attempt = desk_attempt(
		play->desk, manifest, json_string_value(json_object_get(package, "organization")), &why);
	if (play->attempt == NULL) {
		differ(play, "manifest", "a course", why);
		play->stopped = true;
		return;
	}
	play->outcome =
		attempt_begin(play->attempt, request_named(text_of(step, "request")), target_of(play, step));
}

static char *outcome_text(const struct play *play)
{
	const struct navigation_outcome *outcome = &play->outcome;
	struct span code = exception_code_name((enum exception_code)outcome->exception);
	if (outcome->delivered != NO_INDEX) {
		struct span name = attempt_course(play->attempt)->activities[outcome->delivered].identifier;
		return g_strdup_printf("%.*s", (int)name.len, name.at);
	}
	return g_strdup_printf("%s %.*s", outcome->session_ended ? "session ended" : "nothing, session open",
		(int)code.len, code.at);
}

static void play_deliver(struct play *play, const json_t *step)
{
	const char *wanted = text_of(step, "activity");
	g_autofree char *got = outcome_text(play);
	if (strcmp(wanted, got) != 0) {
		differ(play, "deliver", wanted, got);
		play->stopped = true;
	}
}

static void play_end(struct play *play, const json_t *step)
{
	const char *session = text_of(step, "session");
	const struct navigation_outcome *outcome = &play->outcome;
	bool as_expected = true;
	if (strcmp(session, "ended") == 0) {
		as_expected = outcome->delivered == NO_INDEX && outcome->session_ended;
	} else if (strcmp(session, "open") == 0) {
		as_expected = outcome->delivered == NO_INDEX && !outcome->session_ended;
	}
	if (!as_expected) {
		g_autofree char *got = outcome_text(play);
		differ(play, "end", session, got);
		play->stopped = true;
	}
}

/* --- Calls --- */

static char *get_value(struct play *play, const char *element)
{
	return attempt_api(play->attempt, API_GET_VALUE, element, "");
}

static int64_t collection_count(struct play *play, const char *collection)
{
	g_autofree char *element = g_strdup_printf("%s._count", collection);
	g_autofree char *count = get_value(play, element);
	return g_ascii_strtoll(count, NULL, 10);
}

static char *collection_id(struct play *play, const char *collection, int64_t index)
{
	g_autofree char *element = g_strdup_printf("%s.%" G_GINT64_FORMAT ".id", collection, index);
	return get_value(play, element);
}

/* "{n}" is the index of the collection's member with this id; NULL: there is none. */
static char *with_index(struct play *play, const char *element, const json_t *search)
{
	if (search == NULL) {
		return g_strdup(element);
	}
	const char *collection = text_of(search, "find");
	int64_t count = collection_count(play, collection);
	for (int64_t i = 0; i < count; i++) {
		g_autofree char *id = collection_id(play, collection, i);
		if (strcmp(id, text_of(search, "id")) == 0) {
			g_auto(GStrv) parts = g_strsplit(element, "{n}", -1);
			g_autofree char *index = g_strdup_printf("%" G_GINT64_FORMAT, i);
			return g_strjoinv(index, parts);
		}
	}
	return NULL;
}

static void judge_call(struct play *play, const json_t *step, const char *element, const char *answer)
{
	const json_t *learner = json_object_get(play->trace, "learner");
	const json_t *returns = json_object_get(step, "returns");
	const json_t *error = json_object_get(step, "error");
	json_int_t cut = json_integer_value(json_object_get(step, "mayTruncateTo"));
	const char *as = json_string_value(json_object_get(step, "as"));
	g_autofree char *what = g_strdup_printf("%s(%s)", text_of(step, "fn"), element);
	if (returns != NULL && !match_answer(returns, answer, as, cut, learner)) {
		g_autofree char *expected = json_dumps(returns, JSON_ENCODE_ANY | JSON_COMPACT);
		g_autofree char *got = attempt_api(play->attempt, API_GET_LAST_ERROR, "", "");
		g_autofree char *both = g_strdup_printf("\"%s\" (error %s)", answer, got);
		differ(play, what, expected, both);
	}
	if (error == NULL || json_is_true(json_object_get(error, "any"))) {
		return;
	}
	g_autofree char *got = attempt_api(play->attempt, API_GET_LAST_ERROR, "", "");
	if (!match_answer(error, got, NULL, 0, learner)) {
		g_autofree char *expected = json_dumps(error, JSON_ENCODE_ANY | JSON_COMPACT);
		g_autofree char *element_error = g_strdup_printf("%s error", what);
		differ(play, element_error, expected, got);
	}
}

static void play_call(struct play *play, const json_t *step)
{
	const json_t *args = json_object_get(step, "args");
	const char *first = json_string_value(json_array_get(args, 0));
	const char *second = json_string_value(json_array_get(args, 1));
	first = first != NULL ? first : "";
	g_autofree char *element = with_index(play, first, json_object_get(step, "n"));
	if (element == NULL) {
		differ(play, first, text_of(json_object_get(step, "n"), "id"), "no such identifier");
		return;
	}
	g_autofree char *answer = attempt_api(
		play->attempt, function_named(text_of(step, "fn")), element, second != NULL ? second : "");
	judge_call(play, step, element, answer);
}

static void play_user(struct play *play, const json_t *step)
{
	size_t i;
	json_t *call;
	json_array_foreach(json_object_get(step, "unload"), i, call)
	{
		play_call(play, call);
	}
	play->outcome = attempt_navigate(
		play->attempt, request_named(text_of(step, "request")), target_of(play, step));
}

static void play_content(struct play *play, const json_t *step)
{
	enum navigation_request wanted = request_named(text_of(step, "request"));
	enum navigation_request pending = attempt_pending(play->attempt);
	if (pending != wanted) {
		g_autofree char *got = g_strdup_printf("request number %d", (int)pending);
		differ(play, "the content's request", text_of(step, "request"), got);
	}
	play->outcome = attempt_navigate_pending(play->attempt);
}

static void play_objectives(struct play *play, const json_t *step)
{
	const json_t *ids = json_object_get(step, "ids");
	int64_t count = collection_count(play, "cmi.objectives");
	g_autoptr(GString) got = g_string_new("");
	size_t found = 0;
	for (int64_t i = 0; i < count; i++) {
		g_autofree char *id = collection_id(play, "cmi.objectives", i);
		size_t k;
		json_t *wanted;
		json_array_foreach(ids, k, wanted)
		{
			found += strcmp(json_string_value(wanted), id) == 0;
		}
		g_string_append_printf(got, "%s%s", i > 0 ? ", " : "", id);
	}
	if (found != json_array_size(ids) || (size_t)count != json_array_size(ids)) {
		g_autofree char *expected = json_dumps(ids, JSON_COMPACT);
		differ(play, "objectives", expected, got->str);
	}
}

/* --- The player's own controls --- */

static bool device_works(struct play *play, enum navigation_request request, uint32_t hidden_by)
{
	uint32_t current = play->outcome.delivered;
	bool hidden = current != NO_INDEX &&
		      (attempt_course(play->attempt)->activities[current].hide_lms_ui & hidden_by) != 0;
	return !hidden && attempt_may(play->attempt, request, NO_INDEX);
}

static bool any_entry_selectable(struct play *play)
{
	for (uint32_t i = 1; i < attempt_course(play->attempt)->activity_count; i++) {
		struct activity_view row;
		if (attempt_row(play->attempt, i, &row) && row.visible && row.selectable && !row.current) {
			return true;
		}
	}
	return false;
}

static bool ui_state(struct play *play, const json_t *step)
{
	const char *check = text_of(step, "check");
	const char *state = text_of(step, "state");
	if (strcmp(check, "toc") == 0) {
		return any_entry_selectable(play);
	}
	if (strcmp(check, "tocEntry") == 0) {
		struct activity_view row;
		uint32_t activity = attempt_activity(play->attempt, text_of(step, "activity"));
		if (!attempt_row(play->attempt, activity, &row)) {
			return false;
		}
		return strcmp(state, "selectable") == 0 ? row.visible && row.selectable : row.visible;
	}
	bool forward = strcmp(check, "continue") == 0;
	bool works = device_works(play, forward ? NAVIGATION_CONTINUE : NAVIGATION_PREVIOUS,
		forward ? HIDE_CONTINUE : HIDE_PREVIOUS);
	return strcmp(state, "disabled") == 0 ? !works : works;
}

static void play_ui(struct play *play, const json_t *step)
{
	bool expected = json_is_true(json_object_get(step, "expected"));
	bool got = ui_state(play, step);
	if (expected != got) {
		g_autofree char *what = g_strdup_printf("ui %s %s %s", text_of(step, "check"),
			text_of(step, "activity"), text_of(step, "state"));
		differ(play, what, expected ? "true" : "false", got ? "true" : "false");
	}
}

static void play_step(struct play *play, const json_t *step)
{
	static const struct {
		const char *op;
		void (*play)(struct play *, const json_t *);
	} ops[] = {{"start", play_start}, {"deliver", play_deliver}, {"end", play_end}, {"call", play_call},
		{"user", play_user}, {"content", play_content}, {"objectives", play_objectives},
		{"ui", play_ui}};
	const char *op = text_of(step, "op");
	for (size_t i = 0; i < G_N_ELEMENTS(ops); i++) {
		if (strcmp(op, ops[i].op) == 0) {
			if (play->attempt == NULL && ops[i].play != play_start) {
				break;
			}
			ops[i].play(play, step);
			return;
		}
	}
	differ(play, op, "a step that can be played", "an unknown one, or nothing started");
	play->stopped = true;
}

void play_trace(struct desk *desk, const char *folder, const json_t *trace, struct verdict *verdict)
{
	struct play play = {.name = text_of(trace, "case"),
		.folder = folder,
		.trace = trace,
		.desk = desk,
		.verdict = verdict,
		.outcome = {.delivered = NO_INDEX}};
	size_t i;
	json_t *step;
	json_array_foreach(json_object_get(trace, "steps"), i, step)
	{
		play.step = i + 1;
		if (!play.stopped) {
			play_step(&play, step);
		}
	}
	if (i == 0) {
		differ(&play, "steps", "at least one", "none");
	}
}
