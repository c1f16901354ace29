#include "server/certificates/batch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "packages/archive/zip_write.h"
#include "server/certificates/limits.h"
#include "server/certificates/print.h"
#include "server/problem.h"

#define PRINTERS 2u

static const struct problem_text unwritable = {
	.code = "CERTIFICATES_UNWRITABLE",
	.it = "Non riesco a scrivere gli attestati.",
	.en = "The certificates cannot be written.",
	.mend_it = "Controlla lo spazio e i permessi della cartella.",
	.mend_en = "Check the folder's free space and permissions.",
};

bool batch_fits(int64_t people, int64_t printed, int64_t free, struct problem *problem)
{
	int64_t needed = MAX(2 * people - printed, 0) * CERTIFICATE_DISK_BYTES + CERTIFICATES_SPARE_BYTES;
	if (free >= needed) {
		return true;
	}
	g_autofree char *it = g_strdup_printf("Sul disco non c’è posto per %" G_GINT64_FORMAT
					      " attestati: servono %.1f GB liberi, ce ne sono %.1f.",
		people, (double)needed / 1e9, (double)free / 1e9);
	g_autofree char *en = g_strdup_printf("The disk has no room for %" G_GINT64_FORMAT
					      " certificates: %.1f GB must be free, %.1f are.",
		people, (double)needed / 1e9, (double)free / 1e9);
	problem_set(problem,
		&(struct problem_text){"CERTIFICATES_NO_ROOM", it, en,
			"Libera spazio, poi riparti: gli attestati già fatti restano.",
			"Make room, then start again: those that are made stay."},
		NULL);
	return false;
}

struct run {
	struct app *app;
	const char *folder;
	int64_t event, by;
	GArray *people; /* int64_t */
	gint next;      /* atomic: index of the next person */
	gint stopped;   /* atomic */
	GMutex lock;    /* below */
	struct batch_progress progress;
	struct faults *faults;
	struct problem *problem;
	bool broken;
};

static GArray *people_of(struct app *app, int64_t id)
{
	GArray *people = g_array_new(FALSE, FALSE, sizeof(int64_t));
	struct ecm_event event;
	struct participant participant;
	struct db *db = store_read(app->store);
	if (ecm_event_by_id(db, id, &event)) {
		struct participants *participants = participants_open(db, &event, 0);
		while (participants_next(participants, &participant)) {
			if (certificate_due(&event, &participant)) {
				g_array_append_val(people, participant.person);
			}
		}
		participants_close(participants);
	}
	store_read_done(app->store, db);
	return people;
}

static int64_t printed_in(const char *folder)
{
	int64_t count = 0;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
		count += g_str_has_suffix(name, ".pdf");
	}
	return count;
}

static bool has_room(const struct run *run)
{
	struct statvfs disk;
	return statvfs(run->folder, &disk) != 0 ||
	       batch_fits(run->people->len, printed_in(run->folder), (int64_t)disk.f_bavail * (int64_t)disk.f_frsize,
		       run->problem);
}

/* Under another name first: a file that has its own is whole. */
static bool write_file(const char *folder, const char *name, GBytes *pdf)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *partial = g_strconcat(path, ".part", NULL);
	gsize len = 0;
	const char *bytes = g_bytes_get_data(pdf, &len);
	return g_file_set_contents_full(partial, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0640, NULL) &&
	       g_rename(partial, path) == 0;
}

static void fail(struct run *run, const struct problem *problem)
{
	g_mutex_lock(&run->lock);
	if (!run->broken) {
		*run->problem = *problem;
	}
	run->broken = true;
	g_mutex_unlock(&run->lock);
	g_atomic_int_set(&run->stopped, 1);
}

/* False: the whole run is at an end. */
static bool print_one(struct run *run, struct printer *printer, const struct certificate *certificate)
{
	struct problem problem = {0};
	g_autofree char *name = certificate_file_name(certificate);
	g_autofree char *path = g_build_filename(run->folder, name, NULL);
	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		return true;
	}
	g_autoptr(GBytes) pdf = printer_pdf(printer, certificate, &problem);
	if (!pdf) {
		fail(run, &problem);
		return false;
	}
	if (!write_file(run->folder, name, pdf)) {
		problem_set(&problem, &unwritable, path);
		fail(run, &problem);
		return false;
	}
	return true;
}

/* False: the whole run is at an end. */
static bool serve_one(struct run *run, struct printer *printer, const struct issued *issued)
{
	enum issue_result result = issued->result;
	bool good = result != ISSUE_DONE || print_one(run, printer, &issued->certificate);
	g_mutex_lock(&run->lock);
	run->progress.done += result == ISSUE_DONE && good;
	run->progress.refused += result == ISSUE_REFUSED;
	for (guint i = 0; result == ISSUE_REFUSED && i < issued->faults.list->len; i++) {
		const struct problem *told = &g_array_index(issued->faults.list, struct problem, i);
		faults_add_problem(run->faults, told, told->where);
	}
	g_mutex_unlock(&run->lock);
	return good;
}

static void serve_group(struct run *run, struct printer *printer, const int64_t *people, guint count)
{
	struct issued issued[ISSUED_TOGETHER];
	struct problem problem = {0};
	if (!certificates_issue(run->app, people, count, run->event, run->by, issued, &problem)) {
		fail(run, &problem);
		return;
	}
	bool go_on = true;
	for (guint i = 0; i < count; i++) {
		go_on = go_on && !g_atomic_int_get(&run->stopped) && serve_one(run, printer, &issued[i]);
		issued_finish(&issued[i]);
	}
}

static void *print_thread(void *data)
{
	struct run *run = data;
	struct problem problem = {0};
	struct printer *printer = printer_create(run->app, &problem);
	if (!printer) {
		fail(run, &problem);
		return NULL;
	}
	while (!g_atomic_int_get(&run->stopped)) {
		guint at = (guint)g_atomic_int_add(&run->next, ISSUED_TOGETHER);
		if (at >= run->people->len) {
			break;
		}
		serve_group(run, printer, &g_array_index(run->people, int64_t, at), MIN(run->people->len - at, ISSUED_TOGETHER));
	}
	printer_destroy(printer);
	return NULL;
}

/* Looks on while the printers work. */
static void look_on(struct run *run, GThread **threads, batch_watch watch, void *data)
{
	for (bool working = true; working && watch;) {
		g_mutex_lock(&run->lock);
		struct batch_progress now = run->progress;
		g_mutex_unlock(&run->lock);
		if (!watch(&now, data)) {
			g_atomic_int_set(&run->stopped, 1);
		}
		working = (guint)g_atomic_int_get(&run->next) < run->people->len &&
			  !g_atomic_int_get(&run->stopped);
		if (working) {
			g_usleep(200 * 1000);
		}
	}
	for (guint i = 0; i < PRINTERS; i++) {
		g_thread_join(threads[i]);
	}
}

enum batch_outcome batch_run(struct app *app, int64_t event, int64_t by, const char *folder,
	batch_watch watch, void *data, struct faults *faults, struct problem *problem)
{
	if (g_mkdir_with_parents(folder, 0750) != 0) {
		problem_set(problem, &unwritable, folder);
		return BATCH_BROKEN;
	}
	struct run run = {
		.app = app, .folder = folder, .event = event, .by = by, .faults = faults, .problem = problem};
	GThread *threads[PRINTERS];
	g_mutex_init(&run.lock);
	run.people = people_of(app, event);
	run.progress.total = run.people->len;
	if (!has_room(&run)) {
		g_array_free(run.people, TRUE);
		g_mutex_clear(&run.lock);
		return BATCH_BROKEN;
	}
	for (guint i = 0; i < PRINTERS; i++) {
		threads[i] = g_thread_new("certificates", print_thread, &run);
	}
	look_on(&run, threads, watch, data);
	bool stopped = g_atomic_int_get(&run.stopped) != 0;
	if (watch) {
		watch(&run.progress, data);
	}
	g_array_free(run.people, TRUE);
	g_mutex_clear(&run.lock);
	return run.broken ? BATCH_BROKEN : stopped ? BATCH_STOPPED : BATCH_MADE;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool batch_zip(const char *folder, const char *zip_path, struct problem *problem)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
		if (g_str_has_suffix(name, ".pdf")) {
			g_ptr_array_add(names, g_strdup(name));
		}
	}
	g_ptr_array_sort(names, by_name);
	if (!dir || !zip_write_files(zip_path, folder, (const char *const *)names->pdata, names->len)) {
		problem_set(problem, &unwritable, zip_path);
		return false;
	}
	return true;
}

char *batch_folder(const struct app *app, int64_t batch)
{
	return g_strdup_printf("%s/certificates-%" G_GINT64_FORMAT, app->exports, batch);
}

char *batch_zip_path(const struct app *app, int64_t batch)
{
	return g_strdup_printf("%s/certificates-%" G_GINT64_FORMAT ".zip", app->exports, batch);
}
