#include "server/learning/journal_reply.h"

#include "server/learning/launch.h"
#include "server/learning/replay.h"

void journal_reply_sequence(struct reply *reply, int64_t sequence)
{
	reply_json(reply, 200, json_pack("{s:I}", "sequence", (json_int_t)sequence));
}

void journal_reply_result(struct reply *reply, enum engine_result result, int64_t sequence)
{
	static const struct problem_text gap = {"SEQUENCE_GAP", "Mancano registrazioni precedenti.",
		"Earlier records are missing.", NULL, NULL};
	static const struct problem_text bad = {"BAD_RECORD", "Le registrazioni del corso sono danneggiate.",
		"The course's records are damaged.", "Riaprire il corso dalla propria pagina.",
		"Open the course again from your page."};
	static const struct problem_text disagrees = {"DISAGREES", "Il server arriva a un altro risultato.",
		"The server comes to another result.", "Ricaricare la pagina del corso.",
		"Load the course's page again."};
	switch (result) {
	case ENGINE_SEQUENCE_GAP:
		reply_player(reply, 409, &gap, sequence);
		return;
	case ENGINE_BAD_RECORD:
		reply_player(reply, 422, &bad, -1);
		return;
	case ENGINE_DISAGREES:
		reply_player(reply, 422, &disagrees, -1);
		return;
	case ENGINE_OK:
	case ENGINE_NO_MEMORY:
	case ENGINE_BAD_IMAGE:
	case ENGINE_BAD_SNAPSHOT:
		break;
	}
	struct problem_text text = {engine_result_code(result), "Lo stato del corso non si legge più.",
		"The course's state can no longer be read.", "Avvisare l'amministratore.",
		"Tell the administrator."};
	reply_player(reply, 500, &text, -1);
}

void journal_reply_taken(struct reply *reply)
{
	reply_player(reply, 409,
		&(struct problem_text){"LEASE_TAKEN", "Il corso è stato aperto in un'altra finestra.",
			"The course was opened in another window.", "Continuare nell'altra finestra.",
			"Go on in the other window."},
		-1);
}

void journal_reply_other_terms(struct reply *reply, const char *member)
{
	g_autofree char *it = g_strdup_printf(
		"Le registrazioni dicono altro da quanto il server ha stabilito per questo corso: %s.", member);
	g_autofree char *en =
		g_strdup_printf("The records say something else than what the server laid down: %s.", member);
	reply_player(reply, 422,
		&(struct problem_text){"OTHER_TERMS", it, en, "Riaprire il corso dalla propria pagina.",
			"Open the course again from your page."},
		-1);
}

void journal_reply_busy(struct reply *reply)
{
	reply_player(reply, 503,
		&(struct problem_text){"BUSY", "Il server è occupato.", "The server is busy.", NULL, NULL}, -1);
}
