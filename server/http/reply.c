/*
 * Building answers, and what a handler asks of its request beyond the row.
 */
#include "server/http/request.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "assessment/faults.h"
#include "server/limits.h"
#include "server/problem.h"

void reply_header(struct reply *reply, const char *name, const char *value)
{
	g_ptr_array_add(reply->headers, g_strdup(name));
	g_ptr_array_add(reply->headers, g_strdup(value));
}

static void set(struct reply *reply, unsigned status, const char *type, GBytes *body)
{
	g_clear_pointer(&reply->body, g_bytes_unref);
	reply->status = status;
	reply->content_type = type;
	reply->body = body;
}

void reply_json(struct reply *reply, unsigned status, json_t *json)
{
	g_assert(json != NULL);
	char *text = json_dumps(json, JSON_COMPACT);
	g_assert(text != NULL);
	set(reply, status, "application/json", g_bytes_new_with_free_func(text, strlen(text), free, text));
	json_decref(json);
}

void reply_problem(struct reply *reply, unsigned status, const struct problem *problem)
{
	reply_json(reply, status, json_pack("{s:o}", "problem", problem_json(problem)));
}

void reply_fault(struct reply *reply, unsigned status, const struct problem_text *text, const char *where)
{
	struct problem problem;
	problem_set(&problem, text, where);
	reply_problem(reply, status, &problem);
}

void reply_problems(struct reply *reply, unsigned status, const struct problem *problems, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(list, problem_json(&problems[i]));
	}
	reply_json(reply, status, json_pack("{s:o}", "problems", list));
}

void reply_faults(struct reply *reply, unsigned status, const struct faults *faults)
{
	reply_problems(reply, status, (const struct problem *)(const void *)faults->list->data, faults->list->len);
}

void reply_bytes(struct reply *reply, unsigned status, const char *type, GBytes *bytes)
{
	set(reply, status, type, g_bytes_ref(bytes));
}

void reply_text(struct reply *reply, unsigned status, const char *text)
{
	set(reply, status, "text/plain; charset=utf-8", g_bytes_new(text, strlen(text)));
}

void reply_empty(struct reply *reply, unsigned status)
{
	set(reply, status, NULL, NULL);
}

void reply_file(
	struct reply *reply, unsigned status, const char *type, int file, int64_t from, int64_t length)
{
	set(reply, status, type, NULL);
	reply->file = file;
	reply->file_from = from;
	reply->file_length = length;
}

void reply_finish(struct reply *reply)
{
	g_clear_pointer(&reply->body, g_bytes_unref);
	g_clear_pointer(&reply->headers, g_ptr_array_unref);
	if (reply->file >= 0) {
		close(reply->file);
		reply->file = -1;
	}
}

void reply_not_found(struct reply *reply, const char *where)
{
	reply_fault(reply, 404,
		&(struct problem_text){"NOT_FOUND", "Non esiste, o non è più disponibile.",
			"It does not exist, or is no longer available.",
			"Tornare alla pagina precedente e riprovare.",
			"Go back to the page before and try again."},
		where);
}

void reply_store_fault(struct reply *reply, const struct problem *problem)
{
	bool fault = strncmp(problem->code, "STORE_", 6) == 0 || problem->code[0] == '\0';
	reply_problem(reply, fault ? 500 : 409, problem);
}

int64_t request_query_number(
	struct request *request, const char *name, int64_t low, int64_t high, int64_t otherwise)
{
	const char *text = request_query(request, name);
	int64_t number;
	if (text == NULL || !g_ascii_string_to_signed(text, 10, low, high, &number, NULL)) {
		return otherwise;
	}
	return number;
}

char *request_file_name(const struct request *request)
{
	const char *header = request_header(request, "X-File-Name");
	g_autofree char *name = header == NULL ? NULL : g_uri_unescape_string(header, NULL);
	if (name == NULL || !g_utf8_validate(name, -1, NULL)) {
		return g_strdup("upload");
	}
	const char *start = name;
	for (const char *at = name; *at != '\0'; at++) {
		start = *at == '/' || *at == '\\' ? at + 1 : start;
	}
	if (start[0] == '\0') {
		return g_strdup("upload");
	}
	char cut[LIMIT_FILE_NAME_BYTES];
	PROBLEM_COPY(cut, start);
	return g_strdup(cut);
}

bool request_unpack(struct request *request, struct reply *reply, const char *format, ...)
{
	json_error_t error;
	va_list arguments;
	va_start(arguments, format);
	int outcome = json_vunpack_ex(request->json, &error, 0, format, arguments);
	va_end(arguments);
	if (outcome == 0) {
		return true;
	}
	g_autofree char *it = g_strdup_printf("La richiesta non ha la forma attesa: %s", error.text);
	g_autofree char *en = g_strdup_printf("The request does not have the expected shape: %s", error.text);
	reply_fault(
		reply, 422, &(struct problem_text){"BAD_JSON", it, en, NULL, NULL}, request->route->pattern);
	return false;
}
