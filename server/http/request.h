/*
 * What a handler gets and what it gives back. The request is already checked: the route matched, its
 * parameters have the right type, the person has one of the route's roles, the CSRF token was right,
 * the body is complete and within its limit, a JSON body is parsed.
 *
 * Everything in a request lives until the handler returns. What goes into a reply is owned by it.
 */
#ifndef SERVER_HTTP_REQUEST_H
#define SERVER_HTTP_REQUEST_H

#include <glib.h>
#include <jansson.h>

#include "player/engine/base.h"
#include "server/http/route.h"
#include "server/problem.h"

struct app;
struct faults;

struct route_value {
	int64_t number;   /* {name:id} */
	const char *text; /* {name:name}, {name:token}, {name:rest}: percent-decoded UTF-8 */
};

/* Who asks: from the session cookie (application) or the launch token (content). */
struct identity {
	int64_t person; /* 0: nobody */
	unsigned roles; /* enum role, or-ed */
	bool must_change_password;
	char session[65]; /* hex of the hashed session token; empty: nobody */
};

struct exchange; /* the connection behind a request, http.c */

struct request {
	struct app *app;
	const struct route *route;
	struct exchange *exchange;
	enum http_origin origin; /* by the Host header */
	const char *method;      /* "GET", also when HEAD was asked */
	bool head;
	const char *path; /* as sent, with the query */
	struct route_value values[ROUTE_PARAMETERS_MAX];
	struct identity who;
	const char *address; /* the caller's, as text */

	json_t *json;          /* BODY_JSON */
	GBytes *body;          /* BODY_JSON, BODY_BYTES */
	const char *body_file; /* BODY_FILE: a file in incoming/, removed after the handler */
	int64_t body_size;
};

/* NULL when absent. Header names are compared without case. */
const char *request_header(const struct request *request, const char *name);
const char *request_cookie(struct request *request, const char *name);
const char *request_query(struct request *request, const char *name);
/* A decimal query value within bounds, `otherwise` when absent or unreadable. */
int64_t request_query_number(
	struct request *request, const char *name, int64_t low, int64_t high, int64_t otherwise);
/* The X-File-Name header, percent-decoded, without folders; a stand-in when absent or not UTF-8. */
char *request_file_name(const struct request *request);

struct reply {
	unsigned status; /* 0 until something answered */
	GBytes *body;    /* NULL: empty, or a file */
	int file;        /* -1: no file; owned */
	int64_t file_from, file_length;
	const char *content_type; /* static or interned */
	GPtrArray *headers;       /* name, value, name, value, … */
};

void reply_header(struct reply *reply, const char *name, const char *value);
/* Takes `json`. */
void reply_json(struct reply *reply, unsigned status, json_t *json);
void reply_problem(struct reply *reply, unsigned status, const struct problem *problem);
/* The same for a fixed text. */
void reply_fault(struct reply *reply, unsigned status, const struct problem_text *text, const char *where);
/* {"problems": […]} */
void reply_problems(struct reply *reply, unsigned status, const struct problem *problems, size_t count);
/* The same for a list of faults (assessment/faults.h). */
void reply_faults(struct reply *reply, unsigned status, const struct faults *faults);
/* Takes a reference of `bytes`. `type` must be static. */
void reply_bytes(struct reply *reply, unsigned status, const char *type, GBytes *bytes);
void reply_text(struct reply *reply, unsigned status, const char *text);
void reply_empty(struct reply *reply, unsigned status);
/* Takes the descriptor. */
void reply_file(
	struct reply *reply, unsigned status, const char *type, int file, int64_t from, int64_t length);
void reply_finish(struct reply *reply);

/* The usual refusals. */
void reply_not_found(struct reply *reply, const char *where);
void reply_store_fault(struct reply *reply, const struct problem *problem);

/*
 * Reads the JSON body with a format of json_unpack(); answers 422 BAD_JSON naming the member and gives
 * false when it does not fit.
 */
bool request_unpack(struct request *request, struct reply *reply, const char *format, ...);

#endif
