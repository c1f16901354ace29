/* What a calibration says: every item beside what it was on the old scale. */
#include <math.h>
#include <string.h>

#include "assessment/placement/pool.h"
#include "server/calibration/work.h"

struct link {
	guint items;
	double slope, shift; /* theta_old = slope × theta_new + shift */
};

static const struct irt_item *old_of(const struct pool *pool, const char *id)
{
	guint place = pool ? pool_find(pool, id) : G_MAXUINT;
	return place != G_MAXUINT && pool->items[place].has_parameters ? &pool->items[place].irt : NULL;
}

static const char *item_name(const struct calibration_work *work, guint i)
{
	return g_ptr_array_index(work->table->items, g_array_index(work->kept, guint, i));
}

/* Mean and sigma of the difficulties that both have; items that moved far are left out of a second round. */
static struct link find_link(const struct calibration_work *work, const struct pool *pool)
{
	struct link link = {0, 1, 0};
	for (int round = 0; round < 2; round++) {
		double n = 0, sum_new = 0, sum_old = 0, square_new = 0, square_old = 0;
		for (guint i = 0; i < work->kept->len; i++) {
			const struct irt_item *old = old_of(pool, item_name(work, i));
			double b = work->items[i].b;
			if (!old || (round == 1 && fabs(link.slope * b + link.shift - old->b) > CALIBRATION_DRIFT)) {
				continue;
			}
			n++;
			sum_new += b;
			sum_old += old->b;
			square_new += b * b;
			square_old += old->b * old->b;
		}
		if (n < 2) {
			break;
		}
		double sd_new = sqrt(fmax(square_new / n - sum_new / n * sum_new / n, 0));
		double sd_old = sqrt(fmax(square_old / n - sum_old / n * sum_old / n, 0));
		bool rasch = work->wish->model == CALIBRATION_RASCH;
		link.items = (guint)n;
		link.slope = rasch || sd_new < 1e-9 || sd_old < 1e-9 ? 1 : sd_old / sd_new;
		link.shift = sum_old / n - link.slope * sum_new / n;
	}
	return link;
}

static struct irt_item linked_item(const struct calibration_work *work, guint i, const struct link *link)
{
	return irt_item_3pl(work->items[i].a / link->slope, link->slope * work->items[i].b + link->shift, work->items[i].c);
}

/* --- The report --- */

static json_t *number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *item_json(const struct calibration_work *work, guint i, const struct pool *pool, const struct link *link)
{
	const struct item_fit *fit = &work->fit[i];
	const struct irt_item *old = old_of(pool, item_name(work, i));
	struct irt_item moved = linked_item(work, i, link);
	double displacement = old ? moved.b - old->b : NAN, se = fit->se_b * link->slope;
	bool misfit = fit->infit < CALIBRATION_MISFIT_LOW || fit->infit > CALIBRATION_MISFIT_HIGH ||
		      fit->outfit > CALIBRATION_MISFIT_HIGH;
	bool drifted = old && fabs(displacement) > CALIBRATION_DRIFT && fabs(displacement) > 2.58 * se;
	json_t *json = json_pack("{s:s, s:f, s:f, s:f, s:o, s:o, s:f, s:f, s:f, s:f, s:b, s:o, s:b}", "item",
		item_name(work, i), "a", work->items[i].a, "b", work->items[i].b, "c", work->items[i].c, "se_a", number_json(fit->se_a),
		"se_b", number_json(fit->se_b), "answers", fit->answers, "share", fit->share, "infit", fit->infit,
		"outfit", fit->outfit, "misfit", (int)misfit, "displacement", number_json(displacement), "drifted",
		(int)drifted);
	json_object_set_new(json, "linked", json_pack("{s:f, s:f, s:o}", "a", moved.a, "b", moved.b, "se_b", number_json(se)));
	json_object_set_new(json, "old", old ? json_pack("{s:f, s:f, s:f}", "a", old->a, "b", old->b, "c", old->c) : json_null());
	return json;
}

json_t *calibration_report_json(struct calibration_work *work, const char *bank, const GArray *levels)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = bank ? pool_read(bank, strlen(bank), &faults) : NULL;
	faults_finish(&faults);
	const guint n = work->kept->len;
	struct link link = find_link(work, pool);
	g_autofree struct irt_item *fresh = g_new0(struct irt_item, n), *old = g_new0(struct irt_item, n);
	bool all_old = true;
	double answers = 0;
	json_t *items = json_array();
	for (guint i = 0; i < n; i++) {
		const struct irt_item *known = old_of(pool, item_name(work, i));
		fresh[i] = linked_item(work, i, &link);
		old[i] = known ? *known : fresh[i];
		all_old = all_old && known;
		answers += work->fit[i].answers;
		json_array_append_new(items, item_json(work, i, pool, &link));
	}
	json_t *report = json_pack("{s:s, s:s, s:i, s:f, s:f, s:i, s:b, s:f, s:O, s:o, s:o, s:n, s:n}", "model",
		calibration_model_name(work->wish->model), "method", work->wish->cml ? "cml" : "mml",
		"persons", (int)work->table->persons, "answers", answers, "log_likelihood", work->result.log_likelihood,
		"iterations", (int)work->result.iterations, "converged", (int)work->result.converged, "theta_sd",
		work->result.theta_sd, "dropped", work->dropped, "items", items, "link",
		link.items ? json_pack("{s:i, s:f, s:f}", "items", (int)link.items, "slope", link.slope, "shift", link.shift) : json_null(),
		"people", "accuracy");
	calibration_add_people(report, work, levels, all_old ? old : NULL, fresh);
	pool_destroy(pool);
	return report;
}
