#include "server/learning/course_import.h"

#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/versions.h"

static void fill_version(const struct course_import *import, struct version_row *ret)
{
	const struct package *package = import->package;
	*ret = (struct version_row){
		.course = import->course,
		.default_organization = package->default_organization,
		.files = package->file_count,
		.bytes = (int64_t)package->bytes,
		.errors = package->error_count,
		.warnings = package->warning_count,
		.hints = package->hint_count,
		.imported_by = import->by,
	};
	PROBLEM_COPY(ret->sha256, package->sha256);
	PROBLEM_COPY(ret->edition, edition_code(package->edition));
	PROBLEM_COPY(ret->identifier, package->identifier);
	PROBLEM_COPY(ret->title, package->title);
	PROBLEM_COPY(ret->file_name, import->file_name);
}

static bool store_version(struct db *db, struct course_import *import)
{
	const struct package *package = import->package;
	if (version_by_sha256(db, package->sha256, &import->version)) {
		import->package->already_known = true;
		/* Its files may have been removed since the folder was looked at. */
		g_autofree char *there =
			g_build_filename(import->content, package->sha256, "course.json", NULL);
		if (!g_file_test(there, G_FILE_TEST_IS_REGULAR)) {
			struct problem problem;
			problem_set(&problem,
				&(struct problem_text){"FREED_MEANWHILE",
					"I file di questa versione sono stati rimossi proprio adesso.",
					"This version's files were removed just now.",
					"Caricare di nuovo il pacchetto.", "Upload the package again."},
				NULL);
			return db_refuse(db, &problem);
		}
		if (import->version.freed_at != 0) {
			version_set_freed(db, import->version.id, false);
			audit_about(db, import->by, "course.refill", "course", import->version.course,
				package->sha256);
			import->version.freed_at = 0;
		}
		return true;
	}
	import->package->already_known = false; /* the folder alone is no course */
	struct course_row course;
	if (import->course != 0 && !course_row_find(db, import->course, &course)) {
		struct problem problem;
		problem_set(&problem,
			&(struct problem_text){"UNKNOWN_COURSE", "Il corso indicato non esiste.",
				"The course named does not exist.", NULL, NULL},
			NULL);
		return db_refuse(db, &problem);
	}
	g_autoptr(GArray) organizations = g_array_new(FALSE, TRUE, sizeof(struct organization_row));
	for (uint32_t i = 0; i < package->organization_count; i++) {
		const struct package_organization *from = &package->organizations[i];
		struct organization_row row = {.position = i, .activities = from->activity_count};
		PROBLEM_COPY(row.identifier, from->identifier);
		PROBLEM_COPY(row.title, from->title);
		PROBLEM_COPY(row.image, from->image);
		g_array_append_val(organizations, row);
	}
	fill_version(import, &import->version);
	version_add(db, &import->version, (const struct organization_row *)(void *)organizations->data,
		organizations->len);
	g_autofree char *detail = g_strdup_printf("%s %s", import->file_name, package->sha256);
	audit_about(db, import->by, "course.import", "course", import->version.course, detail);
	return true;
}

static bool store_all(struct db *db, void *data)
{
	struct course_import *import = data;
	return store_version(db, import) && (!import->also || import->also(db, import, import->data));
}

struct storing {
	struct app *app;
	struct course_import *import;
	struct problem *ret;
};

static bool tell_progress(void *data, const struct import_progress *progress)
{
	const struct course_import *import = ((struct storing *)data)->import;
	return !import->progress || import->progress(import->data, progress);
}

/* The folder is there, the row not yet; both or none stay. */
static bool store_published(void *data, struct package *package)
{
	struct storing *storing = data;
	storing->import->package = package;
	return store_write(storing->app->store, store_all, storing->import, storing->ret);
}

enum import_result course_import(struct app *app, struct course_import *import, struct problem *ret)
{
	import->content = app->content;
	struct storing storing = {app, import, ret};
	struct import_watch watch = {.progress = tell_progress,
		.published = store_published,
		.data = &storing,
		.name = import->file_name};
	return package_import(import->zip, app->content, &watch, &import->package);
}
