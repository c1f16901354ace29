/* Who wants no reminders: by the link at the foot of each (no log-in), by a mail program's one click, in the profile. */
#include "server/app.h"
#include "server/campaigns/letter.h"
#include "server/http/request.h"
#include "server/routes.h"
#include "server/store/audit.h"

struct stopping {
	int64_t person, by;
	const char *how; /* NULL: wants them again */
};

static bool stop_work(struct db *db, void *data)
{
	const struct stopping *stopping = data;
	if (mail_opt_out(db, stopping->person, stopping->how)) {
		audit_about(db, stopping->by, stopping->how ? "mail.opt_out" : "mail.opt_in", "person",
			stopping->person, stopping->how);
	}
	return true;
}

static void answer(struct request *request, struct reply *reply, int64_t person)
{
	struct db *db = store_read(request->app->store);
	bool stopped = mail_opted_out(db, person);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:b}", "opted_out", (int)stopped));
}

static void change(struct request *request, struct reply *reply, const struct stopping *stopping)
{
	struct problem problem;
	if (!store_write(request->app->store, stop_work, (void *)stopping, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		answer(request, reply, stopping->person);
	}
}

/* Says nothing of whom the code belongs to. */
static void get_stop(struct request *request, struct reply *reply)
{
	int64_t person = letter_stop_person(request->app, request->values[0].text);
	if (person == 0) {
		reply_json(reply, 200, json_pack("{s:b}", "known", 0));
	} else {
		answer(request, reply, person);
	}
}

static void post_stop(struct request *request, struct reply *reply)
{
	int stop;
	int64_t person = letter_stop_person(request->app, request->values[0].text);
	if (!request_unpack(request, reply, "{s:b}", "opted_out", &stop)) {
		return;
	}
	if (person == 0) {
		reply_not_found(reply, "code");
		return;
	}
	change(request, reply, &(struct stopping){person, 0, stop ? "link" : NULL});
}

/* List-Unsubscribe-Post [RFC 8058]: a mail program posts here without cookies. */
static void one_click(struct request *request, struct reply *reply)
{
	int64_t person = letter_stop_person(request->app, request->values[0].text);
	if (person == 0) {
		reply_not_found(reply, "code");
		return;
	}
	change(request, reply, &(struct stopping){person, 0, "one_click"});
}

/* The same address in a browser: the page that asks. */
static void page(struct request *request, struct reply *reply)
{
	assets_answer(request->app->assets, "app/index.html", request, reply);
}

static void get_mine(struct request *request, struct reply *reply)
{
	answer(request, reply, request->who.person);
}

static void put_mine(struct request *request, struct reply *reply)
{
	int stop;
	if (!request_unpack(request, reply, "{s:b}", "opted_out", &stop)) {
		return;
	}
	int64_t person = request->who.person;
	change(request, reply, &(struct stopping){person, person, stop ? "profile" : NULL});
}

const struct route mail_stop_routes[] = {
	{.id = "mail.stop",
		.method = HTTP_GET,
		.pattern = "/api/unsubscribe/{code:name}",
		.roles = ROLE_PUBLIC,
		.handler = get_stop,
		.summary = "Whether the holder of a reminder's link gets reminders"},
	{.id = "mail.stop.post",
		.method = HTTP_POST,
		.pattern = "/api/unsubscribe/{code:name}",
		.roles = ROLE_PUBLIC,
		.body = BODY_JSON,
		.handler = post_stop,
		.summary = "Stops reminders, or wants them again, by a reminder's link"},
	{.id = "mail.stop.page",
		.method = HTTP_GET,
		.pattern = "/disiscrizione/{code:name}",
		.roles = ROLE_PUBLIC,
		.handler = page,
		.summary = "The page behind a reminder's link"},
	{.id = "mail.stop.one_click",
		.method = HTTP_POST,
		.pattern = "/disiscrizione/{code:name}",
		.roles = ROLE_PUBLIC,
		.body = BODY_BYTES,
		.body_limit = 4096,
		.flags = ROUTE_NO_CSRF,
		.handler = one_click,
		.summary = "List-Unsubscribe-Post of a mail program [RFC 8058]"},
	{.id = "mail.mine",
		.method = HTTP_GET,
		.pattern = "/api/me/mail",
		.roles = ROLE_SIGNED_IN,
		.handler = get_mine,
		.summary = "Whether I get reminders"},
	{.id = "mail.mine.put",
		.method = HTTP_PUT,
		.pattern = "/api/me/mail",
		.roles = ROLE_SIGNED_IN,
		.body = BODY_JSON,
		.handler = put_mine,
		.summary = "Stops reminders to me, or wants them again"},
	ROUTE_END,
};
