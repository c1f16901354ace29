/* Scripts and styles: only by the words in them. */
#include <string.h>

#include "packages/check/inspect.h"
#include "packages/limits.h"

/* Words that say which API is meant, or at least that one is looked for. */
static const struct {
	const char *word;
	bool of_12, of_2004;
} words[] = {
	{"API_1484_11", false, true},
	{"LMSInitialize", true, false},
	{"LMSSetValue", true, false},
	{"LMSGetValue", true, false},
	{"LMSFinish", true, false},
	{"cmi.core.", true, false},
	{"cmi.completion_status", false, true},
	{"findAPI", false, false},
	{"FindAPI", false, false},
	{"getAPI", false, false},
	{"GetAPI", false, false},
	{".API", false, false},
	{"\"API\"", false, false},
	{"'API'", false, false},
	{"pipwerks", true, true},
};

static bool holds(struct span text, const char *word)
{
	return memmem(text.at, text.len, word, strlen(word)) != NULL;
}

static void look_for_api(struct inspected *file, struct span script)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (holds(script, words[i].word)) {
			file->finds_any = true;
			file->finds_12 |= words[i].of_12;
			file->finds_2004 |= words[i].of_2004;
		}
	}
}

/* A quoted name of a script or page counts as a reference to every file of that name: scripts put their addresses
 * together in ways that only running them would tell. */
static void refer_by_name(struct inspection *inspection, uint32_t file, const char *text, size_t len)
{
	const char *slash = g_strrstr_len(text, (gssize)len, "/");
	const char *name = slash ? slash + 1 : text;
	size_t name_len = len - (size_t)(name - text);
	name_len = MIN(name_len, strcspn(name, "?#\"'`"));
	g_autofree char *key = g_ascii_strdown(name, (gssize)name_len);
	const GArray *files = g_hash_table_lookup(inspection->by_base_name, key);
	for (guint i = 0; files && i < files->len && i < CONTENT_MAX_SAME_NAME; i++) {
		inspect_refer(inspection, file, g_array_index(files, uint32_t, i));
	}
}

static void look_for_names(struct inspection *inspection, uint32_t file, struct span script)
{
	static const char *const endings[] = {".js", ".html", ".htm", ".mjs"};
	for (size_t k = 0; k < G_N_ELEMENTS(endings); k++) {
		const char *at = script.at, *end = script.at + script.len;
		size_t len = strlen(endings[k]);
		while ((at = memmem(at, (size_t)(end - at), endings[k], len)) != NULL) {
			const char *after = at + len, *start = at;
			while (start > script.at && at - start < 200 && !strchr("\"'`\n(= ", start[-1])) {
				start--;
			}
			bool ends = after < end && strchr("\"'`?#", *after);
			if (ends && start < at) {
				refer_by_name(inspection, file, start, (size_t)(after - start));
			}
			at = after;
		}
	}
}

static uint32_t line_of(struct span text, const char *at, uint32_t first_line)
{
	uint32_t line = first_line;
	for (const char *c = text.at; c < at; c++) {
		line += *c == '\n';
	}
	return line;
}

void inspect_script(struct inspection *inspection, uint32_t file, struct span script, uint32_t first_line)
{
	const char *where = inspection->entries[file].name;
	look_for_api(&inspection->files[file], script);
	look_for_names(inspection, file, script);
	inspect_data(inspection, script, true);
	const char *worker = memmem(script.at, script.len, "serviceWorker.register", 22);
	if (worker) {
		struct place place = {where, line_of(script, worker, first_line), 0};
		findings_add(inspection->findings, FINDING_SERVICE_WORKER, place, NULL, NULL);
	}
}

/* url(…) */
static void follow_style(struct inspection *inspection, uint32_t file, struct span style, uint32_t first_line)
{
	const char *at = style.at, *end = style.at + style.len;
	const char *counted = style.at;
	uint32_t line = first_line;
	while ((at = memmem(at, (size_t)(end - at), "url(", 4)) != NULL) {
		for (; counted < at; counted++) {
			line += *counted == '\n';
		}
		at += 4;
		while (at < end && strchr(" \t\"'", *at)) {
			at++;
		}
		const char *stop = at;
		while (stop < end && !strchr("\"') \t\n", *stop)) {
			stop++;
		}
		g_autofree char *address = g_strndup(at, (gsize)(stop - at));
		if (!g_str_has_prefix(address, "data:")) {
			inspect_link(inspection, file, address, line, LINK_DECORATES);
		}
		at = stop;
	}
}

void inspect_style(struct inspection *inspection, uint32_t file, struct span style, uint32_t first_line)
{
	struct broken_style broken = {.addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	inspection->style = &broken;
	follow_style(inspection, file, style, first_line);
	inspection->style = NULL;
	if (broken.first) {
		char count[16];
		g_snprintf(count, sizeof(count), "%u", g_hash_table_size(broken.addresses));
		struct place place = {inspection->entries[file].name, broken.line, 0};
		findings_add(inspection->findings, FINDING_STYLE_BROKEN, place, count, broken.first);
	}
	g_free(broken.first);
	g_hash_table_destroy(broken.addresses);
}
