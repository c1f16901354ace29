/*
 * The course image: one organization's struct course as bytes, written once when a package is imported,
 * opened by the server and by the browser. Endian-free, versioned, and fully checked when opened: a hostile
 * image is refused, never followed.
 *
 * Format, in the terms of bytes.h:
 *   "FADC", version (1 byte), hash of everything after it (8 bytes, bytes_hash), then
 *   edition, identifier, organization, title, two booleans,
 *   the eight counts in the order of struct course, then the members of each array, field by field in the
 *   order of course.h. Activities carry `parent` only: first_child and next_sibling follow from it.
 */
#ifndef PLAYER_ENGINE_IMAGE_H
#define PLAYER_ENGINE_IMAGE_H

#include "player/engine/base.h"
#include "player/engine/course/course.h"

/* Writes at most `room` bytes and returns the image's size: call with room 0 to learn it. Returns 0 for a
 * course that breaks a rule of course.h or a limit of limits.h, which image_open() would refuse. */
size_t image_write(const struct course *course, void *buffer, size_t room);

/* Opens an image. Arrays are taken from the arena, texts point into the image: both must outlive `ret`.
 * False, with `ret` untouched, when the image is damaged or the arena too small (arena->exhausted). */
bool image_open(struct span image, struct arena *arena, struct course *ret);

/* The course's edition, names and counts without its arrays; false as image_open(), but without looking
 * at the arrays. */
bool image_open_head(struct span image, struct course *ret);

/* Arena size that image_open() needs for a course of these counts. */
size_t image_arrays_size(const struct course *head);
/* The same for an image; 0 when even its head is damaged. */
size_t image_arena_size(struct span image);

#endif
