#include "assessment/placement/pool.h"

#include <jansson.h>
#include <string.h>

#include "assessment/placement/parameters.h"
#include "assessment/placement/pool_faults.h"

struct builder {
	struct pool *pool;
	GArray *items;      /* struct pool_item */
	GPtrArray *areas;   /* char * */
	GHashTable *area_of; /* id -> place + 1 */
	GHashTable *ids;
	struct faults *faults;
};

static const char *const state_names[POOL_STATE_MAX] = {
	[POOL_DRAFT] = "draft",
	[POOL_PILOT] = "pilot",
	[POOL_CALIBRATED] = "calibrated",
	[POOL_RETIRED] = "retired",
};

const char *pool_state_name(enum pool_state state)
{
	return state_names[state];
}

double pool_theta(guint cell)
{
	return -4 + (cell + 0.5) * (8.0 / POOL_THETAS);
}

static guint area_place(struct builder *builder, const char *id)
{
	guint place = GPOINTER_TO_UINT(g_hash_table_lookup(builder->area_of, id));
	if (place == 0) {
		char *own = g_strdup(id);
		g_ptr_array_add(builder->areas, own);
		place = builder->areas->len;
		g_hash_table_insert(builder->area_of, own, GUINT_TO_POINTER(place));
	}
	return place - 1;
}

static bool model_parse(const char *name, struct irt_item *item)
{
	static const char *const names[] = {
		[IRT_RASCH] = "rasch", [IRT_2PL] = "2pl", [IRT_3PL] = "3pl", [IRT_GPCM] = "gpcm"};
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_ascii_strcasecmp(name, names[i]) == 0) {
			item->model = (enum irt_model)i;
			return true;
		}
	}
	return false;
}

static void add(struct builder *builder, struct pool_item *item, const char *where)
{
	if (builder->items->len >= BANK_ITEMS_MAX) {
		return; /* told once, by the reader */
	}
	if (g_hash_table_contains(builder->ids, item->id)) {
		faults_add(builder->faults, &pool_faults[POOL_FAULT_TWICE], where, item->id, NULL);
		return;
	}
	if (item->has_parameters && !irt_item_is_valid(&item->irt)) {
		faults_add(builder->faults, &pool_faults[POOL_FAULT_PARAMETERS], where, item->id, NULL);
		return;
	}
	item->id = g_string_chunk_insert(builder->pool->texts, item->id);
	g_hash_table_add(builder->ids, (char *)(gsize)item->id);
	g_array_append_val(builder->items, *item);
}

/* The parameters of one item; false when the member has the wrong shape. */
static bool parameters_of(json_t *json, struct irt_item *ret)
{
	const char *model = json_string_value(json_object_get(json, "model"));
	json_t *a = json_object_get(json, "a"), *b = json_object_get(json, "b"), *c = json_object_get(json, "c");
	json_t *steps = json_object_get(json, "steps");
	*ret = (struct irt_item){.model = IRT_2PL, .a = 1, .categories = 2};
	if (!json_is_object(json) || (model && !model_parse(model, ret)) || (a && !json_is_number(a)) ||
		(b && !json_is_number(b)) || (c && !json_is_number(c))) {
		return false;
	}
	ret->a = a && ret->model != IRT_RASCH ? json_number_value(a) : 1;
	ret->b = json_number_value(b);
	ret->c = ret->model == IRT_3PL ? json_number_value(c) : 0;
	if (ret->model != IRT_GPCM) {
		return b != NULL;
	}
	const size_t count = json_array_size(steps);
	if (count < 1 || count > IRT_CATEGORIES_MAX - 1) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		ret->steps[i] = json_number_value(json_array_get(steps, i));
	}
	ret->categories = (uint32_t)count + 1;
	return true;
}

static void read_bank_item(struct builder *builder, json_t *json, guint number)
{
	const char *id = json_string_value(json_object_get(json, "id"));
	const char *area = json_string_value(json_object_get(json, "area"));
	const char *state = json_string_value(json_object_get(json, "state"));
	json_t *parameters = json_object_get(json, "parameters");
	g_autofree char *where = g_strdup_printf("items[%u] %.64s", number + 1, id ? id : "");
	if (!id) {
		faults_add(builder->faults, &pool_faults[POOL_FAULT_SHAPE], where, "id", NULL);
		return;
	}
	struct pool_item item = {.id = id, .area = area_place(builder, area ? area : ""),
		.difficulty = (guint)CLAMP(json_integer_value(json_object_get(json, "difficulty")), 0, ITEM_DIFFICULTY_MAX)};
	if (parameters && !json_is_null(parameters)) {
		item.has_parameters = parameters_of(parameters, &item.irt);
		if (!item.has_parameters) {
			faults_add(builder->faults, &pool_faults[POOL_FAULT_PARAMETERS], where, id, NULL);
			return;
		}
	}
	item.state = item.has_parameters ? POOL_CALIBRATED : POOL_PILOT;
	for (guint i = 0; state && i < POOL_STATE_MAX; i++) {
		item.state = strcmp(state, state_names[i]) == 0 ? (enum pool_state)i : item.state;
	}
	if (item.state == POOL_CALIBRATED && !item.has_parameters) {
		item.state = POOL_PILOT;
	}
	add(builder, &item, where);
}

static void read_bank(struct builder *builder, const char *text, size_t len)
{
	json_error_t error;
	json_t *json = json_loadb(text, len, 0, &error);
	json_t *items = json_object_get(json, "items");
	if (!json) {
		g_autofree char *where = g_strdup_printf("%d:%d", error.line, error.column);
		faults_add(builder->faults, &pool_faults[POOL_FAULT_SYNTAX], where, error.text, NULL);
	} else if (!json_is_array(items) || json_array_size(items) > BANK_ITEMS_MAX) {
		faults_add(builder->faults, &pool_faults[POOL_FAULT_SHAPE], "items", "items", NULL);
	} else {
		for (size_t i = 0; i < json_array_size(items); i++) {
			read_bank_item(builder, json_array_get(items, i), (guint)i);
		}
	}
	json_decref(json);
}

/* Rows without an identifier are named by their place. */
static void read_csv(struct builder *builder, const char *text, size_t len)
{
	struct parameter_sheet sheet;
	if (parameters_read(text, len, builder->faults, &sheet)) {
		for (guint i = 0; i < sheet.rows->len; i++) {
			const struct parameter_row *row = &g_array_index(sheet.rows, struct parameter_row, i);
			g_autofree char *place = g_strdup_printf("%u", i + 1);
			struct pool_item item = {.id = *row->id ? row->id : place, .area = area_place(builder, row->area),
				.state = row->has_state ? row->state : POOL_CALIBRATED, .has_parameters = true, .irt = row->irt};
			add(builder, &item, item.id);
		}
	}
	parameters_finish(&sheet);
}

static void *block(struct pool *pool, size_t count, size_t size)
{
	void *memory = g_malloc0_n(MAX(count, 1), size);
	g_ptr_array_add(pool->blocks, memory);
	return memory;
}

static void work_out(struct pool *pool, struct pool_item *items)
{
	float *information = block(pool, (size_t)pool->count * POOL_INFORMATION_POINTS, sizeof(float));
	float *thetas = block(pool, POOL_THETAS, sizeof(float));
	for (guint g = 0; g < POOL_THETAS; g++) {
		thetas[g] = (float)pool_theta(g);
	}
	for (guint i = 0; i < pool->count; i++) {
		struct pool_item *item = &items[i];
		pool->pilots += item->state == POOL_PILOT;
		if (!item->has_parameters) {
			continue;
		}
		float *curves = block(pool, (size_t)item->irt.categories * POOL_THETAS, sizeof(float));
		item->curves = curves;
		for (guint g = 0; g < POOL_THETAS; g++) {
			struct irt_curve curve;
			irt_curve_at(&item->irt, pool_theta(g), &curve);
			for (guint k = 0; k < item->irt.categories; k++) {
				curves[k * POOL_THETAS + g] = (float)curve.p[k];
			}
		}
		if (item->state != POOL_CALIBRATED) {
			continue;
		}
		pool->calibrated++;
		for (guint p = 0; p < POOL_INFORMATION_POINTS; p++) {
			information[i * POOL_INFORMATION_POINTS + p] =
				(float)irt_information(&item->irt, -4 + p * 0.125);
		}
	}
	pool->thetas = thetas;
	pool->information = information;
}

struct pool *pool_read(const char *text, size_t len, struct faults *faults)
{
	struct pool *pool = g_new0(struct pool, 1);
	pool->texts = g_string_chunk_new(4096);
	pool->blocks = g_ptr_array_new_with_free_func(g_free);
	struct builder builder = {.pool = pool, .faults = faults,
		.items = g_array_new(FALSE, TRUE, sizeof(struct pool_item)),
		.areas = g_ptr_array_new(), .area_of = g_hash_table_new(g_str_hash, g_str_equal),
		.ids = g_hash_table_new(g_str_hash, g_str_equal)};
	const guint before = faults->errors;
	size_t start = 0;
	while (start < len && g_ascii_isspace(text[start])) {
		start++;
	}
	if (len > BANK_BYTES_MAX) {
		faults_add(faults, &pool_faults[POOL_FAULT_SHAPE], "", "items", NULL);
	} else if (start < len && text[start] == '{') {
		read_bank(&builder, text, len);
	} else {
		read_csv(&builder, text, len);
	}
	if (faults->errors == before && builder.areas->len > BANK_AREAS_MAX) {
		faults_add(faults, &pool_faults[POOL_FAULT_SHAPE], "areas", "areas", NULL);
	}
	pool->count = builder.items->len;
	pool->area_count = builder.areas->len;
	g_ptr_array_add(builder.areas, NULL);
	pool->areas = (char **)g_ptr_array_free(builder.areas, FALSE);
	g_hash_table_destroy(builder.area_of);
	g_hash_table_destroy(builder.ids);
	struct pool_item *items = (struct pool_item *)(void *)g_array_free(builder.items, FALSE);
	g_ptr_array_add(pool->blocks, items);
	pool->items = items;
	if (faults->errors != before) {
		pool_destroy(pool);
		return NULL;
	}
	work_out(pool, items);
	return pool;
}

void pool_destroy(struct pool *pool)
{
	if (pool) {
		g_string_chunk_free(pool->texts);
		g_ptr_array_unref(pool->blocks);
		g_strfreev(pool->areas);
		g_free(pool);
	}
}

guint pool_find(const struct pool *pool, const char *id)
{
	for (guint i = 0; i < pool->count; i++) {
		if (strcmp(pool->items[i].id, id) == 0) {
			return i;
		}
	}
	return G_MAXUINT;
}
