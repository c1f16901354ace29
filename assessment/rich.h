/*
 * Texts of items with markup. A text is plain, or it is rich: then it is a tree of a few safe elements and nothing
 * else, so that nobody has to interpret markup that somebody else wrote.
 *
 * As JSON a plain text is a string and a rich one a list of nodes, a node being
 *
 *   "text"                                               as it stands, line ends and all
 *   {"tag": "p", "of": [nodes]}                          p em strong sub sup code pre blockquote ul ol li table tr th td
 *   {"tag": "br"}
 *   {"tag": "img", "sha256": "…", "type": "image/png", "alt": "…"}     the bytes are stored apart; audio likewise
 *
 * In ul and ol stand li, in table tr, in tr th and td; li, tr, th and td stand nowhere else.
 *
 * In memory, and in the forms frozen from a bank, a text is one string, so that it is kept, compared and copied like any
 * other: a rich one begins with a character that no plain text has and goes on as its JSON.
 */
#ifndef ASSESSMENT_RICH_H
#define ASSESSMENT_RICH_H

#include <jansson.h>
#include <stdbool.h>

#define RICH_NODES_MAX 1000u
#define RICH_DEPTH_MAX 16u

bool rich_is(const char *text);

/* May it stand within a line: no paragraphs, lists, tables or sounds? */
bool rich_is_inline(const char *text);

/* The text of a JSON value, yours (g_free). NULL: no text; `ret_why` (may be NULL) says what of it, static. */
char *rich_read(json_t *value, const char **ret_why);

/* The JSON of a text. A new reference. */
json_t *rich_json(const char *text);

/* Only what is read, yours: blocks end lines, an image is its alternative. */
char *rich_plain(const char *text);

/* Calls for each image and sound, in order. Strings are lent for the call. */
typedef void rich_media(const char *sha256, const char *type, const char *alt, void *data);
void rich_each_media(const char *text, rich_media *call, void *data);

#endif
