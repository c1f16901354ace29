/* What a manifest was read as, as JSON for the golden files: only what differs from the defaults. */
#ifndef TESTS_PACKAGES_DUMP_H
#define TESTS_PACKAGES_DUMP_H

#include <jansson.h>

#include "packages/manifest/manifest.h"

/* `manifest` may be NULL: then only the findings are there. A new reference. */
json_t *dump_manifest(const struct manifest *manifest, const struct findings *findings);

#endif
