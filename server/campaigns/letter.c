#include "server/campaigns/letter.h"

#include <string.h>

#include "server/campaigns/fill.h"
#include "server/http/http.h"
#include "server/people/secrets.h"
#include "server/settings.h"
#include "server/store/provider.h"

#define DAY_MS 86400000LL

/* 2026-12-31 → 31/12/2026 */
static void day_text(const char *day, char *ret, size_t size)
{
	if (strlen(day) == 10) {
		g_snprintf(ret, size, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
	} else {
		g_strlcpy(ret, "-", size);
	}
}

void letter_frame_load(struct app *app, struct db *db, struct letter_frame *ret)
{
	char deadline[SETTING_BYTES];
	settings_value(db, "programme_title_it", ret->programme_it);
	settings_value(db, "programme_title_en", ret->programme_en);
	settings_value(db, "programme_deadline", deadline);
	settings_value(db, "support_email", ret->support);
	day_text(deadline, ret->deadline, sizeof(ret->deadline));
	struct provider provider;
	provider_load(db, &provider);
	g_strlcpy(ret->provider, provider.name[0] ? provider.name : "-", sizeof(ret->provider));
	if (ret->support[0] == '\0') {
		g_strlcpy(ret->support, "-", sizeof(ret->support));
	}
	g_strlcpy(ret->origin, app->http ? http_origin(app->http, ORIGIN_APPLICATION) : "", sizeof(ret->origin));
}

static int64_t days_idle(const struct mail_reader *reader)
{
	return reader->active_at > 0 ? MAX((store_now() - reader->active_at) / DAY_MS, 0) : 0;
}

char *letter_reason(const struct campaign *campaign, const struct mail_reader *reader, bool english)
{
	const char *kind = campaign->text.kind;
	int64_t missing = reader->modules_total - reader->modules_done;
	if (campaign->event) {
		return g_strdup_printf(english ? "you are invited to \"%s\"" : "hai un invito o un'iscrizione a «%s»", reader->event_title);
	}
	if (strcmp(kind, "invitation") == 0) {
		return g_strdup(english ? "you are enrolled and have not begun yet"
					: "hai un'iscrizione e non hai ancora cominciato");
	}
	if (strcmp(kind, "placement") == 0) {
		return g_strdup(english ? "you have not done the initial questionnaire"
					: "non hai ancora fatto il questionario iniziale");
	}
	if (strcmp(kind, "start") == 0) {
		return g_strdup(english ? "you have a path and have not begun it"
					: "hai un percorso e non l'hai ancora cominciato");
	}
	if (strcmp(kind, "idle") == 0) {
		return g_strdup_printf(english ? "your path has stood still for %d days"
					       : "il tuo percorso è fermo da %d giorni",
			(int)days_idle(reader));
	}
	if (strcmp(kind, "almost") == 0) {
		return g_strdup_printf(english ? "%d of your modules are still missing"
					       : "moduli che ti mancano ancora: %d",
			(int)missing);
	}
	if (strcmp(kind, "complete") == 0) {
		return g_strdup(english ? "you completed your path" : "hai completato il percorso");
	}
	return g_strdup(english ? "you are enrolled in the programme" : "hai un'iscrizione al programma");
}

char *letter_stop_code(const struct app *app, int64_t person)
{
	g_autofree char *text = g_strdup_printf("unsubscribe:%" G_GINT64_FORMAT, person);
	char hash[SECRETS_TOKEN];
	secrets_keyed(app->key, text, hash);
	return g_strdup_printf("%" G_GINT64_FORMAT ".%s", person, hash);
}

int64_t letter_stop_person(const struct app *app, const char *code)
{
	char *end;
	int64_t person = g_ascii_strtoll(code, &end, 10);
	if (person <= 0 || *end != '.') {
		return 0;
	}
	g_autofree char *right = letter_stop_code(app, person);
	return strlen(right) == strlen(code) && secrets_equal(right, code) ? person : 0;
}

/* Says at the foot why it came, and how to have no more of it. */
static char *foot(const struct campaign *campaign, const struct mail_reader *reader, bool english,
	const char *unsubscribe)
{
	g_autofree char *reason = letter_reason(campaign, reader, english);
	if (!unsubscribe) {
		return g_strdup_printf(english ? "\n-- \nThis is a service message about your training: you get it "
						 "because %s.\n"
					       : "\n-- \nQuesto è un messaggio di servizio sulla tua formazione: "
						 "lo ricevi perché %s.\n",
			reason);
	}
	return g_strdup_printf(english ? "\n-- \nYou get this reminder because %s.\nTo get no more reminders: %s\n"
				       : "\n-- \nRicevi questo promemoria perché %s.\nPer non ricevere più "
					 "promemoria: %s\n",
		reason, unsubscribe);
}

void letter_write(const struct app *app, const struct letter_frame *frame, const struct campaign *campaign,
	const struct mail_reader *reader, struct letter *ret)
{
	bool english = strcmp(reader->language, "en") == 0;
	char done[24], total[24], missing[24], days[24];
	g_snprintf(done, sizeof(done), "%d", (int)reader->modules_done);
	g_snprintf(total, sizeof(total), "%d", (int)reader->modules_total);
	g_snprintf(missing, sizeof(missing), "%d", (int)(reader->modules_total - reader->modules_done));
	g_snprintf(days, sizeof(days), "%d", (int)days_idle(reader));
	const char *level = english ? reader->level_en : reader->level_it;
	const char *const values[FILL_VALUES] = {
		[FILL_GIVEN_NAME] = reader->given_name,
		[FILL_FAMILY_NAME] = reader->family_name,
		[FILL_LOGIN] = reader->login,
		[FILL_LEVEL] = *level ? level : "-",
		[FILL_MODULES_DONE] = done,
		[FILL_MODULES_TOTAL] = total,
		[FILL_MODULES_MISSING] = missing,
		[FILL_DAYS] = days,
		[FILL_DEADLINE] = frame->deadline,
		[FILL_ADDRESS] = frame->origin,
		[FILL_PROGRAMME] = english ? frame->programme_en : frame->programme_it,
		[FILL_PROVIDER] = frame->provider,
		[FILL_SUPPORT] = frame->support,
		[FILL_EVENT] = *reader->event_title ? reader->event_title : "-",
		[FILL_SESSIONS] = *reader->sessions ? reader->sessions : "-",
	};
	ret->unsubscribe = NULL;
	if (!campaign_is_service(campaign)) {
		g_autofree char *code = letter_stop_code(app, reader->person);
		ret->unsubscribe = g_strdup_printf("%s/disiscrizione/%s", frame->origin, code);
	}
	g_autofree char *body = fill(english ? campaign->text.body_en : campaign->text.body_it, values);
	g_autofree char *end = foot(campaign, reader, english, ret->unsubscribe);
	ret->subject = fill(english ? campaign->text.subject_en : campaign->text.subject_it, values);
	ret->body = g_strconcat(body, end, NULL);
	ret->language = english ? "en" : "it";
}

void letter_finish(struct letter *letter)
{
	g_free(letter->subject);
	g_free(letter->body);
	g_free(letter->unsubscribe);
}

GString *letter_message(const struct mail_relay *relay, const struct letter *letter, const char *to,
	const char *to_name, const char *token)
{
	return message_write(&(struct message){
		.from = relay->sender,
		.from_name = relay->sender_name,
		.reply_to = relay->reply_to,
		.to = to,
		.to_name = to_name,
		.subject = letter->subject,
		.token = token,
		.unsubscribe = letter->unsubscribe,
		.language = letter->language,
		.at = store_now(),
		.body = letter->body,
	});
}
