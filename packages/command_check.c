/* `fad check`: the check report on the terminal, as text or as JSON. */
#include "packages/commands.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "packages/package_json.h"

enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2,
};

struct options {
	bool json, english, colour;
};

static const char usage_it[] =
	"Uso: fad check CORSO.zip... [--json] [--lang it|en]\n"
	"  Controlla pacchetti SCORM. Esito: 0 nessun errore, 1 errori, 2 uso errato o file illeggibile.\n";
static const char usage_en[] =
	"Usage: fad check COURSE.zip... [--json] [--lang it|en]\n"
	"  Checks SCORM packages. Status: 0 no errors, 1 errors, 2 wrong usage or unreadable file.\n";

static const char *severity_word(const struct options *options, enum severity severity)
{
	static const char *const it[] = {"suggerimento", "avviso", "errore"};
	static const char *const en[] = {"hint", "warning", "error"};
	return options->english ? en[severity] : it[severity];
}

static void print_problem(const struct options *options, const struct problem *problem)
{
	static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
	printf("  %s%s%s %s", options->colour ? colours[problem->severity] : "",
		severity_word(options, problem->severity), options->colour ? "\033[0m" : "", problem->code);
	if (problem->where[0]) {
		printf("  %s", problem->where);
	}
	if (problem->line > 0) {
		printf(":%u:%u", problem->line, problem->column);
	}
	if (problem->clause[0]) {
		printf("  [%s]", problem->clause);
	}
	printf("\n    %s\n", options->english ? problem->en : problem->it);
	printf("    → %s\n", options->english ? problem->mend_en : problem->mend_it);
}

static void print_package(const struct options *options, const char *path, const struct package *package)
{
	bool en = options->english;
	printf("%s\n", path);
	if (package->organization_count > 0) {
		g_autofree char *size = g_format_size(package->bytes);
		printf("  %s: «%s», SCORM %s, %u %s, %s", en ? "course" : "corso", package->title,
			edition_code(package->edition), package->file_count,
			en && package->file_count != 1 ? "files" : "file", size);
		if (package->estimated_seconds > 0) {
			printf(en ? ", about %u min of study" : ", circa %u min di studio",
				(package->estimated_seconds + 59) / 60);
		}
		printf("\n");
	}
	for (uint32_t i = 0; i < package->finding_count; i++) {
		print_problem(options, &package->findings[i]);
	}
	static const struct {
		const char *one, *more;
	} words[2][3] = {
		{{"errore", "errori"}, {"avviso", "avvisi"}, {"suggerimento", "suggerimenti"}},
		{{"error", "errors"}, {"warning", "warnings"}, {"hint", "hints"}},
	};
	const uint32_t counts[] = {package->error_count, package->warning_count, package->hint_count};
	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		printf("%s%u %s", i == 0 ? "  " : ", ", counts[i],
			counts[i] == 1 ? words[en][i].one : words[en][i].more);
	}
	printf("\n");
}

static bool has_code(const struct package *package, const char *code)
{
	for (uint32_t i = 0; i < package->finding_count; i++) {
		if (strcmp(package->findings[i].code, code) == 0) {
			return true;
		}
	}
	return false;
}

static enum exit_status check_one(const struct options *options, const char *path, json_t *list)
{
	struct package *package = NULL;
	enum import_result result = package_check(path, &package);
	if (options->json) {
		json_t *one = package_to_json(package);
		json_object_set_new(one, "file", json_string(path));
		json_array_append_new(list, one);
	} else {
		print_package(options, path, package);
	}
	enum exit_status status = result == IMPORT_OK ? EXIT_CLEAN : EXIT_FINDINGS;
	if (has_code(package, finding_text(FINDING_ARCHIVE_UNREADABLE)->code)) {
		status = EXIT_USAGE;
	}
	package_destroy(package);
	return status;
}

/* Takes the options out of the arguments; false on wrong usage. */
static bool read_options(int argc, char **argv, struct options *ret, GPtrArray *files)
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
		} else if (argv[i][0] == '-') {
			return false;
		} else {
			g_ptr_array_add(files, argv[i]);
		}
	}
	return files->len > 0;
}

int command_check(int argc, char **argv)
{
	struct options options = {.colour = isatty(STDOUT_FILENO) && !g_getenv("NO_COLOR")};
	g_autoptr(GPtrArray) files = g_ptr_array_new();
	if (!read_options(argc, argv, &options, files)) {
		fputs(options.english ? usage_en : usage_it, stderr);
		return EXIT_USAGE;
	}
	json_t *list = json_array();
	enum exit_status status = EXIT_CLEAN;
	for (guint i = 0; i < files->len; i++) {
		enum exit_status one = check_one(&options, g_ptr_array_index(files, i), list);
		status = MAX(status, one);
	}
	if (options.json) {
		json_dumpf(list, stdout, JSON_INDENT(1));
		fputc('\n', stdout);
	}
	json_decref(list);
	return status;
}
