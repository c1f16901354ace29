/* The SMTP relay, the templates of messages, and who wants none (026_campaigns.sql). */
#ifndef SERVER_STORE_MAIL_H
#define SERVER_STORE_MAIL_H

#include <glib.h>

#include "server/store/store.h"

struct mail_relay {
	char host[254]; /* "": not set, nothing is sent */
	int64_t port;
	char security[16]; /* starttls tls none */
	char user[255];
	char password[255];        /* in clear, only in memory: server/campaigns/relay_secret.h */
	unsigned char sealed[320]; /* as it is stored */
	size_t sealed_len;         /* 0: none */
	char sender[255];
	char sender_name[401];
	char reply_to[255];
	int64_t per_minute;
	int64_t retry_seconds; /* before the first retry */
	char fault[512];       /* what stands in the way of all messages; "" for nothing */
	bool stopped;          /* for good: a person has to mend the settings */
	int64_t fault_at;
};

/* `password` stays empty. */
void mail_relay_load(struct db *db, struct mail_relay *ret);
/* Everything but the password in clear, and the fault, which is forgotten. */
void mail_relay_save(struct db *db, const struct mail_relay *relay, int64_t by);
/* A password that an older program stored in clear; false when there is none. */
bool mail_relay_clear_password(struct db *db, char ret[255]);
/* In its place. */
void mail_relay_seal(struct db *db, const struct mail_relay *relay);
/* `fault` "": it works again. */
void mail_relay_fault(struct db *db, const char *fault, bool stopped);

struct mail_template {
	int64_t id; /* 0: not stored yet */
	char kind[16];
	char *name, *subject_it, *body_it, *subject_en, *body_en; /* owned */
	int64_t updated_at;
};
void mail_template_finish(struct mail_template *template);

/* Service mail is sent whatever somebody opted out of; the kind decides, so that no reminder can pass as one. */
bool mail_kind_is_service(const char *kind);
bool mail_kind_known(const char *kind);

/* struct mail_template each; g_array_unref() frees them. */
GArray *mail_templates(struct db *db);
bool mail_template_by_id(struct db *db, int64_t id, struct mail_template *ret);
/* Inserts (sets the id) or updates. */
void mail_template_save(struct db *db, struct mail_template *template, int64_t by);

bool mail_opted_out(struct db *db, int64_t person);
/* `how`: link, one_click, profile; NULL: takes it back. False when that changes nothing. */
bool mail_opt_out(struct db *db, int64_t person, const char *how);

#endif
