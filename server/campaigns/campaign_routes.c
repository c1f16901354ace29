/* /api/campaigns: whom to write to and when; nothing is sent before somebody starts one. What is told: campaign_view.h. */
#include <string.h>

#include "server/app.h"
#include "server/campaigns/campaign_draft.h"
#include "server/campaigns/campaign_view.h"
#include "server/campaigns/worker.h"
#include "server/http/request.h"
#include "server/limits.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/campaigns.h"
#include "server/store/ecm.h"

static void get_campaigns(struct request *request, struct reply *reply)
{
	json_t *list = json_array();
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) campaigns = campaigns_all(db);
	for (guint i = 0; i < campaigns->len; i++) {
		json_array_append_new(list, campaign_json(db, &g_array_index(campaigns, struct campaign, i)));
	}
	json_t *relay = obstacle_json(db);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o, s:o}", "campaigns", list, "relay", relay));
}

static void get_campaign(struct request *request, struct reply *reply)
{
	struct campaign campaign;
	struct db *db = store_read(request->app->store);
	if (!campaign_by_id(db, request->values[0].number, &campaign)) {
		store_read_done(request->app->store, db);
		reply_not_found(reply, "campaign");
		return;
	}
	json_t *json = campaign_json(db, &campaign);
	json_object_set_new(json, "relay", obstacle_json(db));
	json_object_set_new(json, "subject_it", json_string(campaign.text.subject_it));
	json_object_set_new(json, "audience",
		strcmp(campaign.state, "draft") == 0 ? audience_json(request->app, db, &campaign) : json_null());
	store_read_done(request->app->store, db);
	campaign_finish(&campaign);
	reply_json(reply, 200, json);
}

/* --- Drafts --- */

static const struct problem_text bad_campaign = {
	.code = "BAD_CAMPAIGN",
	.it = "Uno dei dati della campagna manca o non è valido.",
	.en = "One of the campaign's data is missing or not valid.",
	.mend_it = "Serve un nome e un modello; giorni 1–365; moduli 1–64; ripetizione ogni 0–90 giorni per 1–52 volte; "
		   "l'inizio è una data e ora AAAA-MM-GGThh:mm:ssZ. Un avviso generale non si ripete.",
	.mend_en = "A name and a template are needed; days 1–365; modules 1–64; repeated every 0–90 days 1–52 times; "
		   "the start is a date and time YYYY-MM-DDThh:mm:ssZ. A general notice is not repeated.",
};
static const struct problem_text not_draft = {"NOT_DRAFT", "La campagna è già cominciata.",
	"The campaign has begun already.", "Crearne una nuova.", "Make a new one."};
static const struct problem_text bad_move = {"BAD_STATE", "La campagna non è in uno stato che lo permette.",
	"The campaign is not in a state that allows this.", "Ricaricare la pagina.", "Load the page again."};

struct change {
	struct campaign campaign;
	int64_t by;
	const struct problem_text *fault; /* NULL: it went well */
	const char *where;
};

static bool save_work(struct db *db, void *data)
{
	struct change *change = data;
	struct campaign *campaign = &change->campaign;
	struct mail_template template;
	bool is_new = campaign->id == 0;
	if (!mail_template_by_id(db, campaign->text.id, &template)) {
		change->fault = &bad_campaign;
		change->where = "template";
		return false;
	}
	struct ecm_event event;
	bool known = campaign->event == 0 || (ecm_event_by_id(db, campaign->event, &event) && ecm_event_in_class(&event));
	bool repeats = strcmp(template.kind, "general") != 0;
	mail_template_finish(&template);
	if (!known) {
		change->fault = &bad_campaign;
		change->where = "event";
		return false;
	}
	if (!repeats && campaign->repeat_days > 0) {
		change->fault = &bad_campaign;
		change->where = "repeat_days";
		return false;
	}
	if (!campaign_save(db, campaign, change->by)) {
		change->fault = &not_draft;
		return false;
	}
	audit_about(db, change->by, is_new ? "campaign.draft" : "campaign.change", "campaign", campaign->id,
		campaign->name);
	return true;
}

static void answer_one(struct request *request, struct reply *reply, int64_t id)
{
	request->values[0].number = id;
	get_campaign(request, reply);
}

static void save(struct request *request, struct reply *reply, int64_t id)
{
	struct change change = {.campaign.id = id, .by = request->who.person};
	struct problem problem = {0};
	const char *wrong = campaign_read(request->json, &change.campaign);
	if (wrong) {
		reply_fault(reply, 422, &bad_campaign, wrong);
	} else if (store_write(request->app->store, save_work, &change, &problem)) {
		answer_one(request, reply, change.campaign.id);
	} else if (change.fault) {
		reply_fault(reply, change.fault == &not_draft ? 409 : 422, change.fault, change.where);
	} else {
		reply_store_fault(reply, &problem);
	}
	campaign_finish(&change.campaign);
}

static void post_campaign(struct request *request, struct reply *reply)
{
	save(request, reply, 0);
}

static void put_campaign(struct request *request, struct reply *reply)
{
	save(request, reply, request->values[0].number);
}

/* --- Moves --- */

struct move {
	int64_t id, by;
	const char *act;
	bool (*go)(struct db *db, int64_t id);
	bool refused;
};

static bool move_work(struct db *db, void *data)
{
	struct move *move = data;
	move->refused = !move->go(db, move->id);
	if (!move->refused) {
		audit_about(db, move->by, move->act, "campaign", move->id, NULL);
	}
	return !move->refused;
}

static bool go_start(struct db *db, int64_t id)
{
	struct campaign campaign;
	if (!campaign_by_id(db, id, &campaign)) {
		return false;
	}
	bool went = campaign_start(db, &campaign);
	campaign_finish(&campaign);
	return went;
}

static bool go_again(struct db *db, int64_t id)
{
	return campaign_send_uncertain(db, id) > 0;
}

static void move(struct request *request, struct reply *reply)
{
	static const struct {
		const char *name, *act;
		bool (*go)(struct db *db, int64_t id);
	} moves[] = {
		{"start", "campaign.start", go_start},
		{"pause", "campaign.pause", campaign_pause},
		{"resume", "campaign.resume", campaign_resume},
		{"cancel", "campaign.cancel", campaign_cancel},
		{"again", "campaign.again", go_again},
	};
	struct problem problem = {0};
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		if (strcmp(moves[i].name, request->values[1].text) != 0) {
			continue;
		}
		struct move work = {
			request->values[0].number, request->who.person, moves[i].act, moves[i].go, false};
		if (store_write(request->app->store, move_work, &work, &problem)) {
			mail_worker_wake(request->app);
			answer_one(request, reply, work.id);
		} else if (work.refused) {
			reply_fault(reply, 409, &bad_move, moves[i].name);
		} else {
			reply_store_fault(reply, &problem);
		}
		return;
	}
	reply_not_found(reply, request->values[1].text);
}

static void delete_campaign(struct request *request, struct reply *reply)
{
	struct move work = {request->values[0].number, request->who.person, "campaign.delete", campaign_delete, false};
	struct problem problem = {0};
	if (store_write(request->app->store, move_work, &work, &problem)) {
		reply_empty(reply, 204);
	} else if (work.refused) {
		reply_fault(reply, 409, &not_draft, NULL);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void get_messages(struct request *request, struct reply *reply)
{
	const char *state = request_query(request, "state");
	int64_t page = request_query_number(request, "page", 1, 1000000000, 1), total;
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) messages =
		campaign_messages(db, request->values[0].number, state ? state : "", page, &total);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < messages->len; i++) {
		json_array_append_new(list, message_json(&g_array_index(messages, struct mail_message, i)));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:I, s:I, s:I}", "messages", list, "total", (json_int_t)total, "page",
			(json_int_t)page, "pages",
			(json_int_t)MAX(1, (total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS)));
}

const struct route campaign_routes[] = {
	{.id = "campaigns",
		.method = HTTP_GET,
		.pattern = "/api/campaigns",
		.roles = ROLE_PROVIDER,
		.handler = get_campaigns,
		.summary = "Campaigns with the counts of their messages"},
	{.id = "campaigns.add",
		.method = HTTP_POST,
		.pattern = "/api/campaigns",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = post_campaign,
		.summary = "A new draft; tells whom it would write to and why"},
	{.id = "campaigns.one",
		.method = HTTP_GET,
		.pattern = "/api/campaigns/{campaign:id}",
		.roles = ROLE_PROVIDER,
		.handler = get_campaign,
		.summary = "One campaign; of a draft, whom it would write to and why"},
	{.id = "campaigns.put",
		.method = HTTP_PUT,
		.pattern = "/api/campaigns/{campaign:id}",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_campaign,
		.summary = "Changes a draft"},
	{.id = "campaigns.delete",
		.method = HTTP_DELETE,
		.pattern = "/api/campaigns/{campaign:id}",
		.roles = ROLE_PROVIDER,
		.handler = delete_campaign,
		.summary = "Deletes a draft"},
	{.id = "campaigns.messages",
		.method = HTTP_GET,
		.pattern = "/api/campaigns/{campaign:id}/messages",
		.roles = ROLE_PROVIDER,
		.handler = get_messages,
		.summary = "Who was written to, when, with what outcome"},
	{.id = "campaigns.move",
		.method = HTTP_POST,
		.pattern = "/api/campaigns/{campaign:id}/{move:name}",
		.roles = ROLE_PROVIDER,
		.handler = move,
		.summary = "start, pause, resume, cancel, or again (for messages of uncertain outcome)"},
	ROUTE_END,
};
