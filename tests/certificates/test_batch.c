/* A batch of certificates is refused before it fills the disk that the data base is on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "server/certificates/batch.h"

#define GB 1000000000LL

static void room_is_asked_for_all_of_them(void **state)
{
	static const struct {
		int64_t people, printed, free;
		bool fits;
	} table[] = {
		{60000, 0, 7 * GB, true},
		{60000, 0, 6 * GB, false},      /* the PDFs and the zip */
		{60000, 60000, 4 * GB, true},   /* all printed: the zip alone */
		{60000, 60000, 3 * GB, false},
		{0, 0, GB, true},
		{0, 0, GB / 4, false},          /* some stays free whatever is printed */
		{10, 40, GB, true},             /* others' PDFs in the same folder */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		struct problem problem = {0};
		bool fits = batch_fits(table[i].people, table[i].printed, table[i].free, &problem);
		assert_int_equal(fits, table[i].fits);
		assert_string_equal(problem.code, fits ? "" : "CERTIFICATES_NO_ROOM");
	}
}

static void the_problem_says_how_much_it_takes(void **state)
{
	struct problem problem;
	assert_false(batch_fits(60000, 0, 5 * GB, &problem));
	assert_non_null(strstr(problem.it, "60000 attestati: servono 6.2 GB liberi, ce ne sono 5.0"));
	assert_non_null(strstr(problem.en, "6.2 GB must be free, 5.0 are"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_is_asked_for_all_of_them),
		cmocka_unit_test(the_problem_says_how_much_it_takes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
