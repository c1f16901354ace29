/*
 * imsmanifest.xml becomes one struct course for each organization (CAM 3; SCORM 1.2 CAM 2.3). Lax in what
 * plays, exact in what is reported: a fault that can be lived with is a finding, and only what leaves nothing
 * to launch, or is dangerous to read, is an error.
 *
 * Sequencing is read whole (imsss, adlseq, adlnav, adlcp), with references to a sequencingCollection resolved
 * and defaults filled in, so that no reader of a course has to know the manifest's shape.
 */
#ifndef PACKAGES_MANIFEST_H
#define PACKAGES_MANIFEST_H

#include "packages/check/findings.h"
#include "player/engine/course/course.h"

/* A file that the manifest says the package holds. */
struct declared_file {
	struct span path; /* below the package's root, percent-decoded, without query and fragment */
	uint32_t line, column;
	bool launched; /* some item opens it */
};

/* One address an item opens; several items may share it. */
struct launch_file {
	struct span path; /* as in struct declared_file */
	enum resource_kind kind;
	struct span item_title;
	uint32_t line, column; /* of the resource */
};

struct manifest {
	enum scorm_edition edition;
	struct span identifier;
	struct span title;    /* of the default organization */
	struct span language; /* of the course's metadata; empty when it says none */
	struct course *courses;
	uint32_t course_count; /* at least 1 */
	uint32_t default_course;
	struct declared_file *files;
	uint32_t file_count;
	struct launch_file *launches;
	uint32_t launch_count;
	struct manifest_memory *memory; /* owns every string and array above */
};

/*
 * Reads the file's bytes in whatever encoding they are. NULL when it cannot be played: then `findings` got at
 * least one error. `where` is the file's name for the findings.
 */
struct manifest *manifest_read(struct span bytes, const char *where, struct findings *findings);
void manifest_destroy(struct manifest *manifest);

#endif
