#include "server/campaigns/relay_secret.h"

#include <string.h>

#include "server/people/secrets.h"

const struct problem_text relay_locked = {"RELAY_KEY_MISSING",
	"La password del server di posta è sigillata con un'altra chiave: il file fad.key non è quello di allora.",
	"The mail relay's password is sealed with another key: the file fad.key is not the one of then.",
	"Rimettere il file fad.key e riavviare, o scrivere di nuovo la password nelle impostazioni.",
	"Put the file fad.key back and restart, or enter the password again in the settings."};

void relay_lock(const struct app *app, struct mail_relay *relay)
{
	size_t length = strlen(relay->password);
	G_STATIC_ASSERT(sizeof(relay->sealed) >= sizeof(relay->password) + SECRETS_SEAL);
	relay->sealed_len = length > 0 ? length + SECRETS_SEAL : 0;
	if (length > 0) {
		secrets_seal(app->vault, relay->password, length, relay->sealed);
	}
}

bool relay_unlock(const struct app *app, struct mail_relay *relay)
{
	memset(relay->password, 0, sizeof(relay->password));
	return relay->sealed_len == 0 ||
	       (relay->sealed_len < sizeof(relay->password) + SECRETS_SEAL &&
		       secrets_open(app->vault, relay->sealed, relay->sealed_len, (unsigned char *)relay->password));
}

void relay_protect(struct db *db, const struct app *app)
{
	struct mail_relay relay = {0};
	if (mail_relay_clear_password(db, relay.password)) {
		relay_lock(app, &relay);
		mail_relay_seal(db, &relay);
	}
}
