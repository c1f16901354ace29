#include "server/campaigns/campaign_view.h"

#include "server/campaigns/letter.h"
#include "server/campaigns/limits.h"

static json_t *time_json(int64_t at)
{
	char text[32];
	store_time_text(at, text);
	return json_string(text);
}

static json_t *counts_json(struct db *db, int64_t id)
{
	int64_t counts[MESSAGE_STATES];
	json_t *json = json_object();
	campaign_counts(db, id, counts);
	for (size_t i = 0; i < MESSAGE_STATES; i++) {
		json_object_set_new(json, message_states[i], json_integer((json_int_t)counts[i]));
	}
	return json;
}

json_t *campaign_json(struct db *db, const struct campaign *campaign)
{
	return json_pack("{s:I, s:s, s:I, s:s, s:s, s:b, s:s, s:I, s:s, s:s, s:s, s:I, s:I, s:o, s:I, s:I, s:I, s:o, "
			 "s:s, s:o, s:o, s:o, s:o, s:I, s:s}",
		"id", (json_int_t)campaign->id, "name", campaign->name, "template", (json_int_t)campaign->text.id,
		"template_name", campaign->text.name, "kind", campaign->text.kind, "service",
		(int)campaign_is_service(campaign), "company", campaign->company, "profession",
		(json_int_t)campaign->profession, "target_group", campaign->target_group, "level",
		campaign->level, "person_state", campaign->person_state, "idle_days",
		(json_int_t)campaign->idle_days, "few", (json_int_t)campaign->few, "start_at",
		time_json(campaign->start_at), "repeat_days", (json_int_t)campaign->repeat_days, "rounds_max",
		(json_int_t)campaign->rounds_max, "rounds", (json_int_t)campaign->rounds, "next_round_at",
		time_json(campaign->next_round_at), "state", campaign->state, "created_at",
		time_json(campaign->created_at), "started_at", time_json(campaign->started_at), "ended_at",
		time_json(campaign->ended_at), "counts", counts_json(db, campaign->id), "event",
		(json_int_t)campaign->event, "event_state", campaign->event_state);
}

json_t *obstacle_json(struct db *db)
{
	struct mail_relay relay;
	mail_relay_load(db, &relay);
	return json_pack("{s:b, s:s, s:b}", "set", (int)(relay.host[0] != '\0'), "fault", relay.fault, "stopped",
		(int)relay.stopped);
}

struct looking {
	const struct app *app;
	const struct campaign *campaign;
	struct letter_frame frame;
	json_t *sample;
	json_t *letter; /* as the first of the sample gets it */
	int64_t people, no_address, opted_out;
};

static void look(const struct mail_reader *reader, void *data)
{
	struct looking *looking = data;
	bool valid = message_address_valid(reader->email);
	bool out = reader->opted_out && !campaign_is_service(looking->campaign);
	looking->no_address += !valid;
	looking->opted_out += valid && out;
	looking->people += valid && !out;
	if (!valid || out || json_array_size(looking->sample) >= MAIL_SAMPLE) {
		return;
	}
	g_autofree char *it = letter_reason(looking->campaign, reader, false);
	g_autofree char *en = letter_reason(looking->campaign, reader, true);
	json_array_append_new(looking->sample,
		json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "person", (json_int_t)reader->person, "given_name",
			reader->given_name, "family_name", reader->family_name, "address", reader->email,
			"reason_it", it, "reason_en", en));
	if (!looking->letter) {
		struct letter letter;
		letter_write(looking->app, &looking->frame, looking->campaign, reader, &letter);
		/* The link that stops reminders belongs to its reader alone. */
		if (letter.unsubscribe) {
			g_auto(GStrv) parts = g_strsplit(letter.body, letter.unsubscribe, -1);
			g_free(letter.body);
			letter.body = g_strjoinv("…/disiscrizione/…", parts);
		}
		looking->letter = json_pack("{s:s, s:s}", "subject", letter.subject, "body", letter.body);
		letter_finish(&letter);
	}
}

json_t *audience_json(struct app *app, struct db *db, const struct campaign *campaign)
{
	struct looking looking = {.app = app, .campaign = campaign, .sample = json_array()};
	letter_frame_load(app, db, &looking.frame);
	campaign_readers(db, campaign, 0, look, &looking);
	return json_pack("{s:I, s:I, s:I, s:o, s:o}", "people", (json_int_t)looking.people, "no_address",
		(json_int_t)looking.no_address, "opted_out", (json_int_t)looking.opted_out, "sample",
		looking.sample, "letter", looking.letter ? looking.letter : json_null());
}

json_t *message_json(const struct mail_message *message)
{
	return json_pack("{s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:I, s:o, s:s}", "id",
		(json_int_t)message->id, "round", (json_int_t)message->round, "person",
		(json_int_t)message->person, "given_name", message->given_name, "family_name",
		message->family_name, "address", message->address, "state", message->state,
		"attempts", (json_int_t)message->attempts, "changed_at",
		time_json(message->changed_at), "reply", message->reply);
}
