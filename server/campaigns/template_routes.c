/* /api/mail/templates: the words of messages, checked when saved. */
#include <string.h>

#include "server/app.h"
#include "server/campaigns/fill.h"
#include "server/campaigns/limits.h"
#include "server/http/request.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/mail.h"

static json_t *template_json(const struct mail_template *template)
{
	char updated[32];
	store_time_text(template->updated_at, updated);
	return json_pack("{s:I, s:s, s:b, s:s, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)template->id, "kind",
		template->kind, "service", (int)mail_kind_is_service(template->kind), "name", template->name,
		"subject_it", template->subject_it, "body_it", template->body_it, "subject_en",
		template->subject_en, "body_en", template->body_en, "updated_at", updated);
}

static void get_templates(struct request *request, struct reply *reply)
{
	json_t *list = json_array(), *names = json_array();
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) templates = mail_templates(db);
	store_read_done(request->app->store, db);
	for (guint i = 0; i < templates->len; i++) {
		json_array_append_new(list, template_json(&g_array_index(templates, struct mail_template, i)));
	}
	for (int i = 0; i < FILL_VALUES; i++) {
		json_array_append_new(names, json_pack("{s:s, s:s, s:s}", "name", fill_names[i].name, "it",
						     fill_names[i].it, "en", fill_names[i].en));
	}
	reply_json(reply, 200, json_pack("{s:o, s:o}", "templates", list, "placeholders", names));
}

static const struct problem_text bad_template = {
	.code = "BAD_TEMPLATE",
	.it = "Uno dei testi del modello manca o è troppo lungo.",
	.en = "One of the template's texts is missing or too long.",
	.mend_it = "Ogni testo è necessario nelle due lingue; l'oggetto sta in una riga di al massimo 200 caratteri, "
		   "il messaggio in 8000.",
	.mend_en = "Each text is needed in both languages; the subject is one line of at most 200 characters, the "
		   "message at most 8000.",
};

/* False: `ret` says which member and why. Texts are copied into `template`. */
static bool read_template(json_t *json, struct mail_template *template, struct problem *ret)
{
	const struct {
		const char *name;
		char **text;
		glong most;
		bool line;
	} fields[] = {{"name", &template->name, MAIL_NAME_CHARACTERS, true},
		{"subject_it", &template->subject_it, MAIL_SUBJECT_CHARACTERS, true},
		{"body_it", &template->body_it, MAIL_BODY_CHARACTERS, false},
		{"subject_en", &template->subject_en, MAIL_SUBJECT_CHARACTERS, true},
		{"body_en", &template->body_en, MAIL_BODY_CHARACTERS, false}};
	const char *kind = json_string_value(json_object_get(json, "kind"));
	if (!kind || !mail_kind_known(kind)) {
		problem_set(ret, &bad_template, "kind");
		return false;
	}
	g_strlcpy(template->kind, kind, sizeof(template->kind));
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *text = json_string_value(json_object_get(json, fields[i].name));
		g_autofree char *bare = g_strstrip(g_strdup(text ? text : ""));
		if (*bare == '\0' || g_utf8_strlen(text, -1) > fields[i].most ||
			(fields[i].line && strpbrk(bare, "\r\n"))) {
			problem_set(ret, &bad_template, fields[i].name);
			return false;
		}
		if (i > 0 && !fill_check(text, fields[i].name, ret)) {
			return false;
		}
		*fields[i].text = g_strdup(fields[i].line ? bare : text);
	}
	return true;
}

struct saving {
	struct mail_template template;
	int64_t by;
	bool missing;
};

static bool save_work(struct db *db, void *data)
{
	struct saving *saving = data;
	struct mail_template before;
	bool is_new = saving->template.id == 0;
	if (!is_new) {
		saving->missing = !mail_template_by_id(db, saving->template.id, &before);
		if (saving->missing) {
			return false;
		}
		mail_template_finish(&before);
	}
	mail_template_save(db, &saving->template, saving->by);
	audit_about(db, saving->by, is_new ? "mail.template.add" : "mail.template.change", "mail_template",
		saving->template.id, saving->template.name);
	return true;
}

static void save(struct request *request, struct reply *reply, int64_t id)
{
	struct saving saving = {.template.id = id, .by = request->who.person};
	struct problem problem = {0};
	if (!read_template(request->json, &saving.template, &problem)) {
		reply_problem(reply, 422, &problem);
	} else if (store_write(request->app->store, save_work, &saving, &problem)) {
		saving.template.updated_at = store_now();
		reply_json(reply, id == 0 ? 201 : 200, template_json(&saving.template));
	} else if (saving.missing) {
		reply_not_found(reply, "template");
	} else {
		reply_store_fault(reply, &problem);
	}
	mail_template_finish(&saving.template);
}

static void post_template(struct request *request, struct reply *reply)
{
	save(request, reply, 0);
}

static void put_template(struct request *request, struct reply *reply)
{
	save(request, reply, request->values[0].number);
}

const struct route mail_template_routes[] = {
	{.id = "mail.templates",
		.method = HTTP_GET,
		.pattern = "/api/mail/templates",
		.roles = ROLE_PROVIDER,
		.handler = get_templates,
		.summary = "Templates of messages, and the placeholders they may hold"},
	{.id = "mail.templates.add",
		.method = HTTP_POST,
		.pattern = "/api/mail/templates",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = post_template,
		.summary = "Adds a template"},
	{.id = "mail.templates.put",
		.method = HTTP_PUT,
		.pattern = "/api/mail/templates/{template:id}",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_template,
		.summary = "Changes a template; campaigns that began keep their words"},
	ROUTE_END,
};
