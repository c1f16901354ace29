/* Taking a published course folder away again. */
#ifndef PACKAGES_REMOVE_H
#define PACKAGES_REMOVE_H

/*
 * Takes content/<sha256>/ out of sight by one rename: from then on it is not published, and what a crash
 * leaves of it is swept by the next import. Gives its new path (g_free() it), for package_discard(); NULL:
 * there was none.
 */
char *package_hide(const char *content_folder, const char *sha256);
/* Removes it for good. Accepts NULL. */
void package_discard(const char *path);

#endif
