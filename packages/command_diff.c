/* `fad diff`: what differs between two packages, as text or as JSON. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "packages/commands.h"
#include "packages/diff/parts.h"

enum exit_status {
	EXIT_SAME = 0,
	EXIT_DIFFERENT = 1,
	EXIT_USAGE = 2,
};

struct options {
	bool json, english;
	const char *zips[2];
	int count;
};

static const char usage[] =
	"Uso: fad diff VECCHIO.zip NUOVO.zip [--json] [--lang it|en]\n"
	"  Confronta due pacchetti SCORM. Esito: 0 uguali, 1 diversi, 2 uso errato o file illeggibile.\n"
	"Usage: fad diff OLD.zip NEW.zip [--json] [--lang it|en]\n"
	"  Compares two SCORM packages. Status: 0 equal, 1 different, 2 wrong usage or unreadable file.\n";

static const char *text_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text ? text : "";
}

static char *size_at(const json_t *object, const char *key)
{
	return g_format_size((guint64)json_integer_value(json_object_get(object, key)));
}

static void print_files(const json_t *files, bool en)
{
	size_t i;
	json_t *each, *counts = json_object_get(files, "counts");
	printf(en ? "files: %d added, %d removed, %d changed, %d moved, %d the same\n"
		  : "file: %d aggiunti, %d tolti, %d cambiati, %d spostati, %d uguali\n",
		(int)json_integer_value(json_object_get(counts, "added")),
		(int)json_integer_value(json_object_get(counts, "removed")),
		(int)json_integer_value(json_object_get(counts, "changed")),
		(int)json_integer_value(json_object_get(counts, "moved")),
		(int)json_integer_value(json_object_get(files, "same")));
	json_array_foreach(json_object_get(files, "added"), i, each)
	{
		g_autofree char *size = size_at(each, "bytes");
		printf("  + %s  (%s)\n", text_at(each, "path"), size);
	}
	json_array_foreach(json_object_get(files, "removed"), i, each)
	{
		g_autofree char *size = size_at(each, "bytes");
		printf("  - %s  (%s)\n", text_at(each, "path"), size);
	}
	json_array_foreach(json_object_get(files, "changed"), i, each)
	{
		g_autofree char *from = size_at(each, "from_bytes"), *to = size_at(each, "to_bytes");
		printf("  ~ %s  (%s -> %s)\n", text_at(each, "path"), from, to);
	}
	json_array_foreach(json_object_get(files, "moved"), i, each)
	{
		printf("  > %s -> %s\n", text_at(each, "from"), text_at(each, "to"));
	}
}

static void print_changes(const json_t *changes, const char *indent)
{
	size_t i;
	json_t *each;
	json_array_foreach(changes, i, each)
	{
		printf("%s%s: «%s» -> «%s»\n", indent, text_at(each, "what"), text_at(each, "from"),
			text_at(each, "to"));
	}
}

static void print_manifest(const json_t *manifest, bool en)
{
	size_t i;
	json_t *each, *activities = json_object_get(manifest, "activities");
	printf(en ? "manifest: %zu changes to the course, %zu to its activities\n"
		  : "manifest: %zu modifiche al corso, %zu alle attività\n",
		json_array_size(json_object_get(manifest, "course")), json_array_size(activities));
	print_changes(json_object_get(manifest, "course"), "  ");
	json_array_foreach(activities, i, each)
	{
		const char *change = text_at(each, "change");
		printf("  %c %s «%s»\n",
			change[0] == 'a'   ? '+'
			: change[0] == 'r' ? '-'
					   : '~',
			text_at(each, "identifier"), text_at(each, "title"));
		print_changes(json_object_get(each, "changes"), "      ");
	}
}

static void print_findings(const json_t *findings, bool en)
{
	static const char *const lists[] = {"new", "gone"};
	size_t i;
	json_t *each;
	printf(en ? "findings: %zu new, %zu gone, %d the same\n"
		  : "rilievi: %zu nuovi, %zu risolti, %d uguali\n",
		json_array_size(json_object_get(findings, "new")),
		json_array_size(json_object_get(findings, "gone")),
		(int)json_integer_value(json_object_get(findings, "same")));
	for (size_t list = 0; list < G_N_ELEMENTS(lists); list++) {
		json_array_foreach(json_object_get(findings, lists[list]), i, each)
		{
			printf("  %c %s  %s\n      %s\n", list == 0 ? '+' : '-', text_at(each, "code"),
				text_at(each, "where"), text_at(each, en ? "en" : "it"));
		}
	}
}

static bool read_options(int argc, char **argv, struct options *ret)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			ret->json = true;
		} else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
			const char *lang = argv[++i];
			ret->english = strcmp(lang, "en") == 0;
			if (!ret->english && strcmp(lang, "it") != 0) {
				return false;
			}
		} else if (argv[i][0] == '-' || ret->count == 2) {
			return false;
		} else {
			ret->zips[ret->count++] = argv[i];
		}
	}
	return ret->count == 2;
}

/* Without its list of files there is nothing to compare. */
static bool is_readable(const char *path, const struct diff_side *side)
{
	if (side->checked.archive) {
		return true;
	}
	const struct package *package = side->package;
	fprintf(stderr, "fad diff: %s: %s\n", path,
		package->finding_count > 0 ? package->findings[0].it : "");
	return false;
}

int command_diff(int argc, char **argv)
{
	struct options options = {0};
	if (!read_options(argc, argv, &options)) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	struct diff_side *from = diff_side_zip(options.zips[0]), *to = diff_side_zip(options.zips[1]);
	enum exit_status status = EXIT_USAGE;
	if (is_readable(options.zips[0], from) && is_readable(options.zips[1], to)) {
		json_t *diff = diff_json(from, to);
		status = json_is_true(json_object_get(diff, "equal")) ? EXIT_SAME : EXIT_DIFFERENT;
		if (options.json) {
			json_dumpf(diff, stdout, JSON_INDENT(1));
			fputc('\n', stdout);
		} else {
			print_files(json_object_get(diff, "files"), options.english);
			print_manifest(json_object_get(diff, "manifest"), options.english);
			print_findings(json_object_get(diff, "findings"), options.english);
		}
		json_decref(diff);
	}
	diff_side_close(from);
	diff_side_close(to);
	return status;
}
