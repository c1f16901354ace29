#include "packages/diff/diff.h"

#include <string.h>

#include "packages/diff/parts.h"
#include "packages/limits.h"
#include "packages/package_json.h"

struct file_diff {
	json_t *added, *removed, *changed, *moved;
	GArray *only_from, *only_to; /* struct diff_file */
	uint32_t counts[4];          /* as the lists above */
	uint32_t same;
};

static void note(json_t *list, uint32_t *count, json_t *take)
{
	if (++*count <= DIFF_MAX_FILES) {
		json_array_append_new(list, take);
	} else {
		json_decref(take);
	}
}

static void compare_both(struct file_diff *diff, struct diff_side *from, const struct diff_file *one,
	struct diff_side *to, const struct diff_file *two)
{
	if (one->bytes == two->bytes && diff_same_bytes(from, one, to, two)) {
		diff->same++;
		return;
	}
	note(diff->changed, &diff->counts[2],
		json_pack("{s:s, s:I, s:I}", "path", one->path, "from_bytes", (json_int_t)one->bytes,
			"to_bytes", (json_int_t)two->bytes));
}

/* Both lists are sorted by name. */
static void walk(struct file_diff *diff, struct diff_side *from, struct diff_side *to)
{
	guint i = 0, k = 0;
	while (i < from->files->len || k < to->files->len) {
		const struct diff_file *one =
			i < from->files->len ? &g_array_index(from->files, struct diff_file, i) : NULL;
		const struct diff_file *two =
			k < to->files->len ? &g_array_index(to->files, struct diff_file, k) : NULL;
		int order = !one ? 1 : !two ? -1 : strcmp(one->path, two->path);
		if (order < 0) {
			g_array_append_val(diff->only_from, *one);
		} else if (order > 0) {
			g_array_append_val(diff->only_to, *two);
		} else {
			compare_both(diff, from, one, to, two);
		}
		i += order <= 0;
		k += order >= 0;
	}
}

/* By content, and only those that somebody on the other side may equal: {size and SHA-256 → index}. */
static char *content_key(struct diff_side *side, const struct diff_file *file, GHashTable *sizes)
{
	if (file->bytes == 0 || !g_hash_table_contains(sizes, GSIZE_TO_POINTER((gsize)file->bytes))) {
		return NULL;
	}
	return diff_digest(side, file);
}

static GHashTable *sizes_of(const GArray *files)
{
	GHashTable *sizes = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < files->len; i++) {
		gsize bytes = (gsize)g_array_index(files, struct diff_file, i).bytes;
		g_hash_table_add(sizes, GSIZE_TO_POINTER(bytes));
	}
	return sizes;
}

static void note_single(json_t *list, uint32_t *count, const struct diff_file *file)
{
	note(list, count, json_pack("{s:s, s:I}", "path", file->path, "bytes", (json_int_t)file->bytes));
}

/* What went from one name to another is neither added nor removed. */
static void match_moved(struct file_diff *diff, struct diff_side *from, struct diff_side *to)
{
	g_autoptr(GHashTable) sizes_from = sizes_of(diff->only_from), sizes_to = sizes_of(diff->only_to);
	g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) matched = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < diff->only_from->len; i++) {
		struct diff_file *file = &g_array_index(diff->only_from, struct diff_file, i);
		char *key = content_key(from, file, sizes_to);
		if (key) {
			g_hash_table_replace(gone, key, file);
		}
	}
	for (guint i = 0; i < diff->only_to->len; i++) {
		const struct diff_file *file = &g_array_index(diff->only_to, struct diff_file, i);
		g_autofree char *key = content_key(to, file, sizes_from);
		struct diff_file *before = key ? g_hash_table_lookup(gone, key) : NULL;
		if (before) {
			g_hash_table_remove(gone, key);
			g_hash_table_add(matched, before);
			note(diff->moved, &diff->counts[3],
				json_pack("{s:s, s:s, s:I}", "from", before->path, "to", file->path, "bytes",
					(json_int_t)file->bytes));
		} else {
			note_single(diff->added, &diff->counts[0], file);
		}
	}
	for (guint i = 0; i < diff->only_from->len; i++) {
		const struct diff_file *file = &g_array_index(diff->only_from, struct diff_file, i);
		if (!g_hash_table_contains(matched, file)) {
			note_single(diff->removed, &diff->counts[1], file);
		}
	}
}

static json_t *diff_files(struct diff_side *from, struct diff_side *to)
{
	struct file_diff diff = {json_array(), json_array(), json_array(), json_array(),
		g_array_new(FALSE, TRUE, sizeof(struct diff_file)),
		g_array_new(FALSE, TRUE, sizeof(struct diff_file)), {0}, 0};
	walk(&diff, from, to);
	match_moved(&diff, from, to);
	g_array_unref(diff.only_from);
	g_array_unref(diff.only_to);
	return json_pack("{s:o, s:o, s:o, s:o, s:i, s:{s:i, s:i, s:i, s:i}}", "added", diff.added, "removed",
		diff.removed, "changed", diff.changed, "moved", diff.moved, "same", (int)diff.same, "counts",
		"added", (int)diff.counts[0], "removed", (int)diff.counts[1], "changed", (int)diff.counts[2],
		"moved", (int)diff.counts[3]);
}

/* The place without line and column: what stands before it may have grown. */
static char *finding_key(const struct problem *finding)
{
	return g_strjoin("\n", finding->code, finding->where, finding->it, NULL);
}

/* Those of `list` that `other` has not, each as often as it is there more. */
static json_t *findings_without(const struct package *list, const struct package *other, uint32_t *ret_same)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (uint32_t i = 0; i < other->finding_count; i++) {
		char *key = finding_key(&other->findings[i]);
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
		g_hash_table_replace(counts, key, GUINT_TO_POINTER(count + 1));
	}
	json_t *rest = json_array();
	*ret_same = 0;
	for (uint32_t i = 0; i < list->finding_count; i++) {
		char *key = finding_key(&list->findings[i]);
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
		if (count > 0) {
			g_hash_table_replace(counts, key, GUINT_TO_POINTER(count - 1));
			(*ret_same)++;
		} else {
			json_array_append_new(rest, problem_to_json(&list->findings[i]));
			g_free(key);
		}
	}
	return rest;
}

static json_t *diff_findings(const struct package *from, const struct package *to)
{
	uint32_t same;
	json_t *fresh = findings_without(to, from, &same);
	json_t *gone = findings_without(from, to, &same);
	return json_pack("{s:o, s:o, s:i}", "new", fresh, "gone", gone, "same", (int)same);
}

static bool is_empty(const json_t *part, const char *const *lists)
{
	bool empty = true;
	for (; *lists; lists++) {
		empty = empty && json_array_size(json_object_get(part, *lists)) == 0;
	}
	return empty;
}

json_t *diff_json(struct diff_side *from, struct diff_side *to)
{
	json_t *files = diff_files(from, to), *manifest = diff_manifest(from, to);
	json_t *findings = diff_findings(from->package, to->package);
	bool equal = is_empty(files, (const char *const[]){"added", "removed", "changed", "moved", NULL}) &&
		     is_empty(manifest, (const char *const[]){"course", "activities", NULL}) &&
		     is_empty(findings, (const char *const[]){"new", "gone", NULL});
	return json_pack("{s:b, s:o, s:o, s:o}", "equal", (int)equal, "files", files, "manifest", manifest,
		"findings", findings);
}
