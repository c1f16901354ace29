#include "server/taking.h"

const struct problem_text taking_stale = {
	.code = "STALE_REVISION",
	.it = "Questa risposta è stata cambiata in un'altra finestra.",
	.en = "This answer was changed in another window.",
	.mend_it = "Controlla la risposta salvata e, se serve, cambiala di nuovo.",
	.mend_en = "Look at the saved answer and change it again if you need to.",
};

void taking_damaged(struct reply *reply, const char *code, const char *where)
{
	const struct problem_text damaged = {
		.code = code,
		.it = "La prova salvata non è leggibile.",
		.en = "The stored test cannot be read.",
		.mend_it = "Avvisa chi gestisce la piattaforma: serve una copia di sicurezza.",
		.mend_en = "Tell the administrators: a backup is needed.",
	};
	reply_fault(reply, 500, &damaged, where);
}

bool taking_position(struct request *request, struct reply *reply, guint count, const char *where, guint *ret)
{
	guint64 position;
	if (!g_ascii_string_to_unsigned(request->values[0].text, 10, 0, count - 1, &position, NULL)) {
		reply_not_found(reply, where);
		return false;
	}
	*ret = (guint)position;
	return true;
}

void taking_refused(struct reply *reply, const struct problem_text *why, json_t *item)
{
	struct problem problem;
	problem_set(&problem, why, "revision");
	reply_json(reply, 409, json_pack("{s:o, s:o}", "problem", problem_json(&problem), "item", item));
}
