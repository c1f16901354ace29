/*
 * A zip becomes an immutable course folder, named by the zip's own SHA-256:
 *
 *   content/<sha256>/files/…        the package's files, as in the zip (below the manifest's folder)
 *   content/<sha256>/files.json    every file with its SHA-256 (files.h)
 *   content/<sha256>/gzip.pack     the zip's own deflate streams, ready to be sent as gzip (files.h)
 *   content/<sha256>/course-N.img   one course image for each organization (player/engine/course/image.h)
 *   content/<sha256>/course.json    this header's struct package, findings included
 *
 * Everything is checked before the first byte is written; it is unpacked in content/.tmp-XXXXXX, synced to disk
 * and published by one rename. A failed, refused or cancelled import leaves nothing behind; the same zip twice
 * costs nothing. Any number of imports may run at once, in threads or processes.
 */
#ifndef PACKAGES_IMPORT_H
#define PACKAGES_IMPORT_H

#include "player/engine/base.h"
#include "player/engine/course/course.h"

struct package_organization {
	char *identifier;
	char *title;
	char *image; /* file name inside the course folder: "course-0.img" */
	uint32_t activity_count;
	uint32_t launchable_count; /* of those, how many open something */
};

/* What an import or a check came to. All strings are UTF-8 and never NULL. */
struct package {
	char sha256[65]; /* of the zip, small hexadecimal letters */
	enum scorm_edition edition;
	char *identifier; /* manifest@identifier */
	char *title;      /* of the default organization; the sentences of a refused package have none: "" */
	char *language;   /* as its metadata say; may be empty */
	struct package_organization *organizations;
	uint32_t organization_count; /* 0 when refused */
	uint32_t default_organization;
	uint32_t file_count;
	uint64_t bytes;             /* unpacked */
	uint64_t archive_bytes;     /* of the zip */
	uint32_t estimated_seconds; /* of study, by the ECM rule (estimate.h) */
	struct problem *findings;   /* errors first */
	uint32_t finding_count;
	uint32_t error_count, warning_count, hint_count; /* those beyond the limits of limits.h included */
	bool already_known;                              /* the content folder held it before */
};

enum import_result {
	IMPORT_OK,
	IMPORT_REFUSED,   /* an error of the package: see its findings */
	IMPORT_CANCELLED, /* the watcher said so */
	IMPORT_FAILED,    /* of ours: disk full, unreadable zip, no right to write; the findings tell */
};

enum import_phase {
	IMPORT_CHECKING,
	IMPORT_UNPACKING,
	IMPORT_PUBLISHING, /* until it is on disk */
};

struct import_progress {
	enum import_phase phase;
	uint64_t bytes_done, bytes_total; /* unpacked */
	uint32_t files_done, files_total;
	const char *sha256; /* of the zip: what the folder is about to be called; NULL before IMPORT_PUBLISHING */
};

struct import_watch {
	/* Called when a phase begins and some times a second at most, in the importing thread. False cancels; NULL:
	 * nobody asks. */
	bool (*progress)(void *data, const struct import_progress *progress);
	/* Called once the course folder is in place, and nobody else publishes or takes a folder away meanwhile: the
	 * moment to note it in a data base. False takes the folder back, unless it was there before. May be NULL. */
	bool (*published)(void *data, struct package *package);
	void *data;
	const char *name; /* how findings call the zip; NULL: as its path ends */
};

/* `watch` may be NULL. `ret` is set whatever the result: the findings are in it. */
enum import_result package_import(const char *zip_path, const char *content_folder,
	const struct import_watch *watch, struct package **ret);

/* The same checks without writing anything. IMPORT_OK also when there are warnings. */
enum import_result package_check(const char *zip_path, struct package **ret);
/* With another name of the zip in the findings. */
enum import_result package_check_as(const char *zip_path, const char *name, struct package **ret);

/* Removes what imports that died (kill -9, power) left aside; each import begins with it. */
void package_sweep(const char *content_folder);
/*
 * For a job that was ended after its folder may have been published by a process that died before it was noted:
 * takes the folder away, unless `wanted` says, while nobody publishes, that it is a course.
 */
void package_withdraw(const char *content_folder, const char *sha256, bool (*wanted)(void *data), void *data);

/* Reads content/<sha256>/course.json. NULL when it is not there or damaged. */
struct package *package_load(const char *content_folder, const char *sha256);

void package_destroy(struct package *package);

const char *edition_code(enum scorm_edition edition); /* "1.2", "2004-2nd", "2004-3rd", "2004-4th" */

#endif
