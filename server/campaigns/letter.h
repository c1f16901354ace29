/* From a campaign's words and what is known of a reader to the message that goes out. */
#ifndef SERVER_CAMPAIGNS_LETTER_H
#define SERVER_CAMPAIGNS_LETTER_H

#include "server/app.h"
#include "server/campaigns/message.h"
#include "server/store/campaigns.h"

/* What is the same for every reader. */
struct letter_frame {
	char programme_it[1000], programme_en[1000], deadline[1000], provider[1000], support[1000];
	char origin[1000]; /* the application's address */
};
void letter_frame_load(struct app *app, struct db *db, struct letter_frame *ret);

struct letter {
	char *subject, *body;
	char *unsubscribe; /* NULL: service mail */
	const char *language;
};
void letter_write(const struct app *app, const struct letter_frame *frame, const struct campaign *campaign,
	const struct mail_reader *reader, struct letter *ret);
void letter_finish(struct letter *letter);

/* Why somebody gets a message of this kind: a sentence's second half. Yours. */
char *letter_reason(const struct campaign *campaign, const struct mail_reader *reader, bool english);

/* The secret in the address of the page that stops reminders: "PERSON.HASH". */
char *letter_stop_code(const struct app *app, int64_t person);
/* 0: not one of ours. */
int64_t letter_stop_person(const struct app *app, const char *code);

/* The whole for the relay. Yours. */
GString *letter_message(const struct mail_relay *relay, const struct letter *letter, const char *to,
	const char *to_name, const char *token);

#endif
