/* The sample courses pass the importer's own checks without a warning; so does the sample bank. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib.h>

#include "assessment/bank/bank.h"
#include "packages/import/import.h"

#define MODULES 8
#define LEVELS 3

static void show(const struct problem *problem)
{
	print_error("%s %s: %s\n", problem->code, problem->where, problem->it);
}

static void packages_have_no_findings(void **state)
{
	static const char *const levels[LEVELS] = {"base", "intermedio", "avanzato"};
	for (int module = 1; module <= MODULES; module++) {
		for (int level = 0; level < LEVELS; level++) {
			g_autofree char *name =
				g_strdup_printf("fse-modulo-%d-%s.zip", module, levels[level]);
			g_autofree char *zip = g_build_filename(g_getenv("FAD_BUILD"), "sample", name, NULL);
			struct package *package = NULL;
			assert_int_equal(package_check(zip, &package), IMPORT_OK);
			for (uint32_t i = 0; i < package->finding_count; i++) {
				if (package->findings[i].severity != SEVERITY_HINT) {
					print_error("%s: ", name);
					show(&package->findings[i]);
				}
			}
			assert_int_equal(package->error_count + package->warning_count, 0);
			assert_int_equal(package->edition, SCORM_12);
			assert_int_equal(package->organization_count, 1);
			assert_int_equal(package->organizations[0].launchable_count, 1);
			package_destroy(package);
		}
	}
}

static void bank_is_good(void **state)
{
	g_autofree char *file =
		g_build_filename(g_getenv("FAD_SOURCE"), "assessment", "sample", "fse-bank.json", NULL);
	g_autofree char *json = NULL;
	gsize len = 0;
	assert_true(g_file_get_contents(file, &json, &len, NULL));
	struct faults faults;
	faults_init(&faults, 20);
	struct bank *bank = bank_read(json, len, &faults);
	for (guint i = 0; i < faults.list->len; i++) {
		show(&g_array_index(faults.list, struct problem, i));
	}
	assert_int_equal(faults.list->len, 0);
	assert_non_null(bank);
	assert_int_equal(bank->area_count, 6);
	guint per_area[6] = {0};
	for (guint i = 0; i < bank->item_count; i++) {
		per_area[bank->items[i].area]++;
	}
	for (guint area = 0; area < bank->area_count; area++) {
		assert_true(per_area[area] >= 8);
	}
	bank_destroy(bank);
	faults_finish(&faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packages_have_no_findings),
		cmocka_unit_test(bank_is_good),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
