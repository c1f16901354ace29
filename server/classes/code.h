/*
 * The two secrets of attendance, both derived from the installation's key, so that nothing need be stored:
 *
 *   the code of a class   six digits, shown in class as they are and as a QR code, another one each minute;
 *                         who is enrolled signs in with it, logged in as themselves
 *   a person's badge      letters and digits, on the person's telephone or on paper as a QR code; who keeps the
 *                         register scans or types it
 */
#ifndef SERVER_CLASSES_CODE_H
#define SERVER_CLASSES_CODE_H

#include <jansson.h>

#include "server/app.h"

#define CLASS_CODE_BYTES 7
#define CLASS_BADGE_BYTES 64

/* The one shown at this moment. */
void class_code(const struct app *app, int64_t session, int64_t now, char ret[CLASS_CODE_BYTES]);
/* Is it the present one or one of the newest before it? Blanks in it are ignored. */
bool class_code_is(const struct app *app, int64_t session, int64_t now, const char *code);

void class_badge(const struct app *app, int64_t event, int64_t person, char ret[CLASS_BADGE_BYTES]);
/* False: not one of ours. Letter case and blanks do not matter. */
bool class_badge_read(const struct app *app, const char *badge, int64_t *ret_event, int64_t *ret_person);

/* {size, rows: ["0110…", …]}: a QR code for the browser to draw. A new reference. */
json_t *class_qr_json(const char *text);

#endif
