/*
 * conformance [--transcript FILE] FOLDER…
 *
 * Plays every CASE/trace.json below the folders (FORMAT.md) against the native engine. Prints each difference
 * with case, step, element, expected and got; then per group and in total "N passed, M failed". Exit status 0
 * only when something was played and all of it passed.
 *
 * --transcript writes each call and its answer, one JSON array a line, for wasm.mjs to ask engine.wasm the
 * same.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "tests/conformance/play.h"

struct group {
	unsigned passed, failed;
};

struct run {
	GTree *groups;     /* name to struct group */
	GHashTable *cases; /* case to its folder, for "after" */
	FILE *transcript;
	unsigned passed, failed;
};

static json_t *load_trace(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "trace.json", NULL);
	json_error_t error;
	json_t *trace = json_load_file(path, 0, &error);
	if (trace == NULL) {
		printf("%s: %s (line %d)\n", path, error.text, error.line);
	}
	return trace;
}

static void count(struct run *run, const char *name, bool passed)
{
	struct group *group = g_tree_lookup(run->groups, name);
	if (group == NULL) {
		group = g_new0(struct group, 1);
		g_tree_insert(run->groups, g_strdup(name), group);
	}
	*(passed ? &group->passed : &group->failed) += 1;
	*(passed ? &run->passed : &run->failed) += 1;
}

/* Among the given folders, else beside this one. */
static char *folder_of_case(const struct run *run, const char *name, const char *beside)
{
	const char *known = g_hash_table_lookup(run->cases, name);
	if (known != NULL) {
		return g_strdup(known);
	}
	g_autofree char *parent = g_path_get_dirname(beside);
	return g_build_filename(parent, name, NULL);
}

/* The cases that come first are played by the same learner, and their own differences are told in their
 * turn. */
static void play_before(
	struct run *run, struct desk *desk, const json_t *trace, const char *beside, int depth)
{
	size_t i;
	json_t *name;
	json_array_foreach(json_object_get(trace, "after"), i, name)
	{
		g_autofree char *folder = folder_of_case(run, json_string_value(name), beside);
		json_t *before = depth < 8 ? load_trace(folder) : NULL;
		if (before != NULL) {
			struct verdict verdict = {.told = false};
			play_before(run, desk, before, folder, depth + 1);
			play_trace(desk, folder, before, &verdict);
			json_decref(before);
		} else {
			printf("case %s is missing, which comes first\n", json_string_value(name));
		}
	}
}

static void play_case(struct run *run, const char *folder)
{
	json_t *trace = load_trace(folder);
	if (trace == NULL) {
		count(run, "unreadable", false);
		return;
	}
	const json_t *learner = json_object_get(trace, "learner");
	const char *id = json_string_value(json_object_get(learner, "id"));
	const char *name = json_string_value(json_object_get(learner, "name"));
	const char *group = json_string_value(json_object_get(trace, "group"));
	const char *title = json_string_value(json_object_get(trace, "case"));
	struct verdict verdict = {.told = true};
	if (run->transcript != NULL) {
		fprintf(run->transcript, "[\"case\",\"%s\",\"%s\"]\n", group ? group : "other",
			title ? title : "?");
	}
	struct desk *desk = desk_create(run->transcript, id ? id : "learner", name ? name : "Learner");
	play_before(run, desk, trace, folder, 0);
	play_trace(desk, folder, trace, &verdict);
	desk_destroy(desk);
	if (run->transcript != NULL) {
		fprintf(run->transcript, "[\"judged\",%s]\n", verdict.differences == 0 ? "true" : "false");
	}
	count(run, group ? group : "other", verdict.differences == 0);
	json_decref(trace);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Folders with a trace.json, in and below `folder`, in the order of their names. */
static void collect(const char *folder, GPtrArray *found)
{
	g_autofree char *trace = g_build_filename(folder, "trace.json", NULL);
	if (g_file_test(trace, G_FILE_TEST_IS_REGULAR)) {
		g_ptr_array_add(found, g_strdup(folder));
		return;
	}
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
		g_ptr_array_add(names, g_build_filename(folder, name, NULL));
	}
	qsort(names->pdata, names->len, sizeof(gpointer), by_name);
	for (guint i = 0; i < names->len; i++) {
		if (g_file_test(names->pdata[i], G_FILE_TEST_IS_DIR)) {
			collect(names->pdata[i], found);
		}
	}
}

static gboolean print_group(gpointer name, gpointer data, gpointer unused)
{
	const struct group *group = data;
	printf("%s: %u passed, %u failed\n", (const char *)name, group->passed, group->failed);
	return FALSE;
}

static int compare_names(gconstpointer a, gconstpointer b, gpointer unused)
{
	return strcmp(a, b);
}

int main(int argc, char **argv)
{
	struct run run = {.groups = g_tree_new_full(compare_names, NULL, g_free, g_free),
		.cases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--transcript") == 0 && i + 1 < argc) {
			run.transcript = fopen(argv[++i], "w");
		} else {
			collect(argv[i], folders);
		}
	}
	for (guint i = 0; i < folders->len; i++) {
		g_hash_table_insert(run.cases, g_path_get_basename(folders->pdata[i]), folders->pdata[i]);
	}
	for (guint i = 0; i < folders->len; i++) {
		play_case(&run, folders->pdata[i]);
	}
	g_tree_foreach(run.groups, print_group, NULL);
	printf("%u passed, %u failed\n", run.passed, run.failed);
	if (run.transcript != NULL) {
		fclose(run.transcript);
	}
	g_tree_destroy(run.groups);
	g_hash_table_destroy(run.cases);
	return run.passed > 0 && run.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
