#include "server/placement/banks.h"

#include <string.h>

#include "assessment/form/draw.h"
#include "server/placement/bank_package.h"
#include "server/store/audit.h"
#include "server/store/item_media.h"

struct import {
	struct bank_row *row;
	const char *body;
	GHashTable *media; /* NULL: none */
	bool known;
};

static void add_media(struct db *db, GHashTable *media, int64_t by)
{
	GHashTableIter each;
	gpointer sum, value;
	g_hash_table_iter_init(&each, media);
	while (g_hash_table_iter_next(&each, &sum, &value)) {
		const struct import_media *one = value;
		gsize len;
		const void *bytes = g_bytes_get_data(one->bytes, &len);
		item_media_add(db, sum, one->type, (struct span){bytes, len}, by);
	}
}

static bool insert(struct db *db, void *data)
{
	struct import *import = data;
	struct bank_row there;
	if (import->media) {
		add_media(db, import->media, import->row->imported_by);
	}
	if (bank_by_sha256(db, import->row->sha256, &there)) {
		*import->row = there;
		import->known = true;
		return true;
	}
	bank_insert(db, import->row, import->body);
	bank_by_sha256(db, import->row->sha256, import->row); /* active or not */
	audit_about(db, import->row->imported_by, "bank.import", "bank", import->row->id, import->row->name);
	return true;
}

struct checking {
	struct db *db;
	GHashTable *media;
	const struct bank_item *item;
	struct faults *faults;
};

static void check_media(const char *sha256, const char *type, const char *alt, void *data)
{
	static const struct fault_text missing = {"BANK_MEDIA_MISSING", SEVERITY_ERROR, NULL,
		"L’immagine o il suono $1 non è stato caricato qui.", "The image or sound $1 was not uploaded here.",
		"Importa il pacchetto QTI, che contiene anche i file.", "Import the QTI package, which holds the files too."};
	const struct checking *checking = data;
	if (!(checking->media && g_hash_table_contains(checking->media, sha256)) && !item_media_known(checking->db, sha256)) {
		faults_add(checking->faults, &missing, checking->item->id, sha256, NULL);
	}
}

/* Everything that items show is here, or comes along. */
static bool media_is_there(struct store *store, const struct bank *bank, GHashTable *media, struct faults *faults)
{
	const guint before = faults->errors;
	struct checking checking = {.db = store_read(store), .media = media, .faults = faults};
	for (guint i = 0; i < bank->item_count; i++) {
		checking.item = &bank->items[i];
		bank_item_each_media(&bank->items[i], check_media, &checking);
	}
	store_read_done(store, checking.db);
	return faults->errors == before;
}

static enum bank_import store_bank(struct store *store, const char *json, size_t len, GHashTable *media, int64_t by,
	struct bank_row *ret, struct faults *faults, struct problem *ret_problem)
{
	struct bank *bank = bank_read(json, len, faults);
	if (!bank || !media_is_there(store, bank, media, faults)) {
		bank_destroy(bank);
		return BANK_IMPORT_FAULTS;
	}
	*ret = (struct bank_row){.items = bank->item_count, .imported_at = store_now(), .imported_by = by};
	g_strlcpy(ret->name, bank->name, sizeof(ret->name));
	g_strlcpy(ret->version, bank->version, sizeof(ret->version));
	bank_destroy(bank);
	g_autofree char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)json, len);
	g_strlcpy(ret->sha256, sha256, sizeof(ret->sha256));
	bool mark =
		len >= 3 && memcmp(json, "\xEF\xBB\xBF", 3) == 0; /* a byte order mark is no part of JSON */
	g_autofree char *body = g_strndup(mark ? json + 3 : json, mark ? len - 3 : len);
	struct import import = {.row = ret, .body = body, .media = media};
	if (!store_write(store, insert, &import, ret_problem)) {
		return BANK_IMPORT_FAILED;
	}
	return import.known ? BANK_IMPORT_KNOWN : BANK_IMPORT_NEW;
}

enum bank_import bank_import(struct store *store, const char *bytes, size_t len, int64_t by,
	struct bank_row *ret, struct faults *faults, struct problem *ret_problem)
{
	enum import_format format = import_recognise(bytes, len);
	const bool zip = bank_package_is_zip(bytes, len);
	if (!zip && (format == IMPORT_BANK || format == IMPORT_UNKNOWN)) { /* the bank's reader says best what is wrong */
		return store_bank(store, bytes, len, NULL, by, ret, faults, ret_problem);
	}
	struct import_count count;
	g_autoptr(GHashTable) media = import_media_new();
	g_autofree char *json = bank_package_read(bytes, len, media, faults, &count);
	return json ? store_bank(store, json, strlen(json), media, by, ret, faults, ret_problem) : BANK_IMPORT_FAULTS;
}

struct activation {
	int64_t bank;
	int64_t by;
};

static bool make_active(struct db *db, void *data)
{
	const struct activation *activation = data;
	bank_activate(db, activation->bank);
	audit_about(db, activation->by, "bank.activate", "bank", activation->bank, NULL);
	return true;
}

enum bank_import bank_import_media(struct store *store, const char *json, GHashTable *media, int64_t by, struct bank_row *ret,
	struct faults *faults, struct problem *ret_problem)
{
	return store_bank(store, json, strlen(json), media, by, ret, faults, ret_problem);
}

enum bank_activate bank_make_active(
	struct store *store, int64_t id, int64_t by, struct faults *faults, struct problem *ret_problem)
{
	struct policy policy;
	struct db *db = store_read(store);
	g_autofree char *body = bank_body(db, id, NULL);
	placement_policy_load(db, &policy);
	store_read_done(store, db);
	struct bank *bank = body ? bank_read(body, strlen(body), faults) : NULL;
	bool good = bank && draw_check(bank, &policy, faults);
	bank_destroy(bank);
	policy_finish(&policy);
	if (!body) {
		return BANK_ACTIVATE_UNKNOWN;
	}
	if (!good) {
		return BANK_ACTIVATE_FAULTS;
	}
	struct activation activation = {id, by};
	return store_write(store, make_active, &activation, ret_problem) ? BANK_ACTIVATE_DONE
									 : BANK_ACTIVATE_FAILED;
}
