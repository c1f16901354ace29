/* A folder with all below it: deleted, or brought to disk. Included by import.c, publish.c and remove.c only. */
#ifndef PACKAGES_IMPORT_TREE_H
#define PACKAGES_IMPORT_TREE_H

#include <stdbool.h>
#include <stdint.h>

/* Deletes a folder with all below it. */
void remove_tree(const char *path);

/* Waits until everything below `folder` is on disk, names included. False with errno. */
bool sync_tree(const char *folder, uint32_t file_count);

#endif
