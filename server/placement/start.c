#include "server/placement/start.h"

#include <string.h>

#include "assessment/form/draw.h"
#include "server/people/secrets.h"
#include "server/placement/sequential.h"
#include "server/problem.h"
#include "server/store/audit.h"

static const struct problem_text bank_short = {
	.code = "PLACEMENT_BANK_SHORT",
	.it = "La banca dei quesiti attiva non basta per comporre la prova.",
	.en = "The active item bank is too small to draw a test from.",
	.mend_it = "Avvisa chi gestisce i corsi: servono più quesiti o meno quesiti per area.",
	.mend_en = "Tell the course designers: more items are needed, or fewer of them per area.",
};

struct start {
	struct placement placement;
	guint items;
	bool by_grant;
	bool is_sequential;
	struct sequential sequential;
};

/* The items that were in somebody's earlier tests. */
static GHashTable *seen_items(GPtrArray *forms)
{
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < forms->len; i++) {
		struct form *form = form_read(g_ptr_array_index(forms, i));
		for (guint k = 0; form && k < form->item_count; k++) {
			g_hash_table_add(seen, g_strdup(form->items[k].id));
		}
		form_destroy(form);
	}
	return seen;
}

/* Draws into start->placement.form. */
static bool draw(struct db *db, struct start *start, struct problem *ret)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct policy policy;
	placement_policy_load(db, &policy);
	g_autofree char *body = bank_body(db, 0, &start->placement.bank);
	struct bank *bank = body ? bank_read(body, strlen(body), &faults) : NULL;
	bool good = bank && draw_check(bank, &policy, &faults);
	if (good) {
		g_autoptr(GPtrArray) forms = placement_forms(db, start->placement.person);
		g_autoptr(GHashTable) seen = seen_items(forms);
		struct form *form = form_draw(bank, &policy, secrets_number(), seen);
		start->placement.form = form_write(form);
		start->items = form->item_count;
		form_destroy(form);
	} else {
		problem_set(ret, &bank_short, "");
	}
	bank_destroy(bank);
	policy_finish(&policy);
	faults_finish(&faults);
	return good;
}

static bool draw_any(struct prepared_cache *cache, struct db *db, struct start *start, struct problem *ret)
{
	g_autoptr(GPtrArray) forms = placement_forms(db, start->placement.person);
	g_autoptr(GHashTable) seen = seen_items(forms);
	start->is_sequential = sequential_begin(cache, db, &start->placement, seen, &start->sequential);
	start->items = 1;
	return start->is_sequential || draw(db, start, ret);
}

/* Decided again on the writer's thread: another tab may have begun meanwhile, then its test is the one. */
static bool insert(struct db *db, void *data)
{
	struct start *start = data;
	struct placement_right right;
	placement_right(db, start->placement.person, store_now(), &right);
	if (right.standing == STANDING_OPEN) {
		return true;
	}
	if (!right.may_start) {
		return db_refuse(db, &right.why_not);
	}
	start->placement.number = right.number + 1;
	start->placement.started_at = store_now();
	placement_insert(db, &start->placement, start->items);
	if (start->is_sequential) {
		sequential_insert(db, &start->sequential, &start->placement);
	}
	if (right.by_grant) {
		placement_grant_use(db, start->placement.person, start->placement.id);
	}
	audit_about(db, start->placement.person, "placement.start", "placement", start->placement.id, NULL);
	return true;
}

bool placement_start(struct store *store, struct prepared_cache *cache, int64_t person, struct problem *ret)
{
	struct start start = {.placement = {.person = person}};
	struct placement_right right;
	struct db *db = store_read(store);
	placement_right(db, person, store_now(), &right);
	bool good = right.may_start;
	if (!good) {
		*ret = right.why_not;
	} else if (right.standing != STANDING_OPEN) {
		good = draw_any(cache, db, &start, ret);
	}
	store_read_done(store, db);
	if (good && right.standing != STANDING_OPEN) {
		good = store_write(store, insert, &start, ret);
	}
	if (start.is_sequential) {
		sequential_finish(&start.sequential);
	}
	placement_finish(&start.placement);
	return good;
}
