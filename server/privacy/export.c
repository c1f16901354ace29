#include "server/privacy/export.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "packages/archive/zip_write.h"
#include "server/certificates/issue.h"
#include "server/certificates/print.h"
#include "server/privacy/journal_json.h"
#include "server/privacy/page.h"
#include "server/problem.h"
#include "server/store/personal.h"

static const struct problem_text unwritable = {"EXPORT_UNWRITABLE", "I dati non si possono scrivere.",
	"The data cannot be written.", "Controllare lo spazio e i permessi della cartella dati.",
	"Check the data folder's free space and permissions."};

/* Columns that are journals are told in words. */
static void tell_journals(json_t *rows)
{
	size_t i;
	json_t *row;
	json_array_foreach(rows, i, row)
	{
		const char *records = json_string_value(json_object_get(row, "registrazione:journal"));
		if (records) {
			json_object_set_new(row, "registrazione", journal_json(records));
			json_object_del(row, "registrazione:journal");
		}
	}
}

static json_t *everything(struct app *app, int64_t person)
{
	char now[32];
	size_t count;
	const struct personal_section *sections = personal_sections(&count);
	store_time_text(store_now(), now);
	json_t *json = json_pack("{s:s, s:s}", "formato", "fad-dati-personali-1", "creato_il", now);
	struct db *db = store_read(app->store);
	for (size_t i = 0; i < count; i++) {
		json_t *rows = personal_rows(db, i, person);
		tell_journals(rows);
		json_object_set_new(json, sections[i].name, rows);
	}
	store_read_done(app->store, db);
	return json;
}

static bool write_text(const char *folder, const char *name, const char *text, GPtrArray *names)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_ptr_array_add(names, g_strdup(name));
	return g_file_set_contents(path, text, -1, NULL);
}

static bool write_json(const char *folder, const json_t *json, GPtrArray *names)
{
	char *text = json_dumps(json, JSON_INDENT(1));
	bool good = text && write_text(folder, "dati.json", text, names);
	free(text);
	return good;
}

static bool write_page(const char *folder, const json_t *json, GPtrArray *names)
{
	g_autofree char *text = personal_page(json);
	return write_text(folder, "dati.html", text, names);
}

/* Those that are no longer valid too: they are the person's all the same. */
static bool write_certificates(
	struct app *app, int64_t person, const char *folder, GPtrArray *names, struct problem *ret_problem)
{
	struct db *db = store_read(app->store);
	g_autoptr(GArray) certificates = certificates_of_person(db, person);
	store_read_done(app->store, db);
	struct printer *printer = certificates->len > 0 ? printer_create(app, ret_problem) : NULL;
	bool good = certificates->len == 0 || printer;
	for (guint i = 0; good && i < certificates->len; i++) {
		const struct certificate *certificate = &g_array_index(certificates, struct certificate, i);
		g_autofree char *name = certificate_file_name(certificate);
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autoptr(GBytes) pdf = printer_pdf(printer, certificate, ret_problem);
		gsize len = 0;
		const char *bytes = pdf ? g_bytes_get_data(pdf, &len) : NULL;
		g_ptr_array_add(names, g_strdup(name));
		good = pdf && g_file_set_contents(path, bytes, (gssize)len, NULL);
	}
	printer_destroy(printer);
	return good;
}

/* The folder was only the way to the zip. */
static int take_zip(const char *folder, const GPtrArray *names)
{
	g_autofree char *zip = g_strconcat(folder, ".zip", NULL);
	bool good = zip_write_files(zip, folder, (const char *const *)names->pdata, names->len);
	int file = good ? open(zip, O_RDONLY | O_CLOEXEC) : -1;
	g_unlink(zip);
	return file;
}

static void remove_folder(const char *folder, const GPtrArray *names)
{
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, i), NULL);
		g_unlink(path);
	}
	g_rmdir(folder);
}

int personal_export(struct app *app, int64_t person, struct problem *ret_problem)
{
	g_autofree char *folder = g_build_filename(app->exports, ".personal-XXXXXX", NULL);
	if (!g_mkdtemp_full(folder, 0700)) {
		problem_set(ret_problem, &unwritable, app->exports);
		return -1;
	}
	problem_set(ret_problem, &unwritable, folder);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	json_t *json = everything(app, person);
	bool good = write_json(folder, json, names) && write_page(folder, json, names) &&
		    write_certificates(app, person, folder, names, ret_problem);
	int file = good ? take_zip(folder, names) : -1;
	json_decref(json);
	remove_folder(folder, names);
	return file;
}
