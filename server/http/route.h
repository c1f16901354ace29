/*
 * Routes: one row says everything about a way in. The generic code enforces the row before the handler
 * runs, so a handler gets checked arguments only.
 *
 * To add routes for a subject:
 *   1. write server/SUBJECT/routes.c with `const struct route SUBJECT_routes[] = { {…}, …, ROUTE_END };`
 *   2. declare it and add it to the list in server/routes.c;
 *   3. add the files in server/SUBJECT/meson.build: `server_sources += files('routes.c', …)`;
 *   4. the test of the table (tests/server) checks the row and tries every role against it.
 *
 *   {.id = "courses.one", .method = HTTP_GET, .pattern = "/api/courses/{course:id}", .roles = ROLE_DESIGNER,
 *    .handler = courses_one, .summary = "One course with its versions and findings"}
 *
 *   static void courses_one(struct request *request, struct reply *reply)
 *   {
 *           int64_t course = request->values[0].number;
 *           struct db *db = store_read(request->app->store);
 *           …                                       // functions of server/store/courses.h
 *           store_read_done(request->app->store, db);
 *           reply_json(reply, 200, json_pack("{s:I}", "id", (json_int_t)course));
 *   }
 *
 * A handler runs on a worker thread and may block (on the store's writer, on a file). It must answer
 * exactly once. Nothing is shared between handlers but struct app.
 */
#ifndef SERVER_HTTP_ROUTE_H
#define SERVER_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROUTE_PARAMETERS_MAX 4

struct request;
struct reply;

enum role {
	ROLE_OPERATOR = 1 << 0,
	ROLE_DESIGNER = 1 << 1,
	ROLE_PROVIDER = 1 << 2,
	ROLE_COORDINATOR = 1 << 3,
	ROLE_ADMINISTRATOR = 1 << 4,
	/* Not roles of a person but of a route: */
	ROLE_SIGNED_IN = (1 << 5) - 1, /* any of the above */
	ROLE_PUBLIC = 1 << 8,          /* nobody needs to be known */
	ROLE_LAUNCH = 1 << 9,          /* the launch token in the path decides; content origin */
};

enum http_method {
	HTTP_NO_METHOD,
	HTTP_GET, /* HEAD too */
	HTTP_POST,
	HTTP_PUT,
	HTTP_DELETE,
};

enum http_origin {
	ORIGIN_APPLICATION,
	ORIGIN_CONTENT,
};

enum body_kind {
	BODY_NONE,
	BODY_JSON,  /* an object, parsed; at most LIMIT_JSON_BYTES unless body_limit says more */
	BODY_BYTES, /* in memory, at most body_limit */
	BODY_FILE,  /* spooled to incoming/, at most body_limit */
};

/* Exceptions from what is usual. */
enum route_flag {
	ROUTE_NO_CSRF = 1 << 0,                 /* only where the path holds a secret that decides alone */
	ROUTE_QUICK = 1 << 2,                   /* answered by the thread that moves bytes: it hardly ever waits */
	ROUTE_DESPITE_PASSWORD_CHANGE = 1 << 1, /* open to a person who has yet to change the password */
	ROUTE_RECORDED = 1 << 3,                /* takes people's data away: who asked is written down */
};

typedef void (*route_handler)(struct request *request, struct reply *reply);

struct route {
	const char *id; /* unique: "subject.verb"; the operationId of the API's description */
	enum http_method method;
	enum http_origin origin;
	/*
	 * Segments are fixed text or {name:type}, type one of
	 *   id     a positive decimal number → values[n].number
	 *   name   1–64 of A–Z a–z 0–9 _ . - → values[n].text
	 *   token  43 characters of base64url → values[n].text
	 *   rest   all that follows, last only, may be empty; no empty, "." or ".." segment → values[n].text
	 */
	const char *pattern;
	unsigned roles;
	enum body_kind body;
	int64_t body_limit; /* 0: the usual of its kind */
	unsigned flags;
	route_handler handler;
	const char *summary;
};

#define ROUTE_END                                                                                            \
	{                                                                                                    \
		.method = HTTP_NO_METHOD                                                                     \
	}

enum route_match {
	ROUTE_FOUND,
	ROUTE_UNKNOWN,      /* 404 */
	ROUTE_OTHER_METHOD, /* 405 */
	ROUTE_BAD_PATH,     /* 400: not UTF-8, a NUL, a slash hidden in %2F, … */
};

/* The path of a request, percent-decoded and cut into segments. */
struct route_path {
	char *text; /* owned; segments lie in it */
	const char *segments[64];
	unsigned count;
	bool trailing_slash;
};

bool route_path_init(struct route_path *path, const char *raw);
void route_path_finish(struct route_path *path);

struct route_value;

/* Looks through one table; fills `values` (ROUTE_PARAMETERS_MAX) when found. `rest` texts are borrowed from `path`. */
enum route_match route_find(const struct route *const *tables, enum http_origin origin,
	enum http_method method, struct route_path *path, const struct route **ret,
	struct route_value *values);

/* Every subject's rows, NULL at the end: server/routes.c. */
extern const struct route *const all_routes[];

/* What is wrong with a row, NULL when nothing: used by the tests and at start. */
const char *route_fault(const struct route *route);

const char *http_method_name(enum http_method method);

#endif
