/*
 * Passwords, tokens, and the brake on guessing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "server/limits.h"
#include "server/people/limiter.h"
#include "server/people/secrets.h"

static void hashes_passwords(void **state)
{
	char hash[SECRETS_PASSWORD], again[SECRETS_PASSWORD];
	assert_true(secrets_password_hash("perché no?", hash));
	assert_true(g_str_has_prefix(hash, "$argon2id$"));
	assert_true(secrets_password_is(hash, "perché no?"));
	assert_false(secrets_password_is(hash, "perche no?"));
	assert_false(secrets_password_is(NULL, ""));
	assert_false(secrets_password_is("", ""));
	assert_false(secrets_password_is("not a hash", "x"));
	assert_true(secrets_password_hash("perché no?", again));
	assert_string_not_equal(hash, again);
}

static void makes_tokens(void **state)
{
	char one[SECRETS_TOKEN], other[SECRETS_TOKEN], hash[SECRETS_HASH], same[SECRETS_HASH];
	secrets_token(one);
	secrets_token(other);
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, other);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
	secrets_token_hash(one, hash);
	secrets_token_hash(one, same);
	assert_string_equal(hash, same);
	secrets_token_hash(other, same);
	assert_string_not_equal(hash, same);
}

static void keys_hashes(void **state)
{
	unsigned char key[32] = {1}, other[32] = {2};
	char one[SECRETS_TOKEN], two[SECRETS_TOKEN];
	secrets_keyed(key, "cookie", one);
	secrets_keyed(key, "cookie", two);
	assert_true(secrets_equal(one, two));
	secrets_keyed(other, "cookie", two);
	assert_false(secrets_equal(one, two));
	assert_false(secrets_equal(one, ""));
}

static void makes_one_time_passwords(void **state)
{
	char password[SECRETS_ONE_TIME];
	secrets_one_time_password(password);
	assert_int_equal(strlen(password), 14);
	assert_null(strpbrk(password, "0o1il"));
	assert_true(strlen(password) >= LIMIT_PASSWORD_SHORTEST);
}

static void brakes_guessing(void **state)
{
	struct limiter *limiter = limiter_create();
	int64_t now = 1000000;
	for (int i = 0; i < LIMIT_LOGIN_ATTEMPTS_ACCOUNT; i++) {
		assert_int_equal(limiter_try(limiter, "Maria", "10.0.0.1", now), 0);
	}
	assert_int_equal(limiter_try(limiter, "MARIA", "10.0.0.2", now), LIMIT_LOGIN_WAIT_SECONDS);
	assert_int_equal(limiter_try(limiter, "ugo", "10.0.0.1", now), 0);
	now += LIMIT_LOGIN_WAIT_SECONDS * 1000LL + 1;
	assert_int_equal(limiter_try(limiter, "maria", "10.0.0.2", now), 0);
	limiter_succeeded(limiter, "maria", "10.0.0.2");
	for (int i = 0; i < LIMIT_LOGIN_ATTEMPTS_ACCOUNT; i++) {
		assert_int_equal(limiter_try(limiter, "maria", "10.0.0.2", now), 0);
	}
	limiter_destroy(limiter);
}

static void brakes_addresses(void **state)
{
	struct limiter *limiter = limiter_create();
	for (int i = 0; i < LIMIT_LOGIN_ATTEMPTS_ADDRESS; i++) {
		g_autofree char *login = g_strdup_printf("p%d", i);
		assert_int_equal(limiter_try(limiter, login, "10.0.0.1", 5), 0);
	}
	assert_true(limiter_try(limiter, "other", "10.0.0.1", 5) > 0);
	assert_int_equal(limiter_try(limiter, "other", "10.0.0.3", 5), 0);
	limiter_destroy(limiter);
}

/* A crowd of names must not fill the memory. */
static void forgets_crowds(void **state)
{
	struct limiter *limiter = limiter_create();
	for (int i = 0; i < LIMIT_LOGIN_REMEMBERED + 100; i++) {
		g_autofree char *text = g_strdup_printf("%d", i);
		limiter_try(limiter, text, text, i);
	}
	assert_int_equal(limiter_try(limiter, "new", "new", 100), 0);
	limiter_destroy(limiter);
}

int main(void)
{
	secrets_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_passwords),
		cmocka_unit_test(makes_tokens),
		cmocka_unit_test(keys_hashes),
		cmocka_unit_test(makes_one_time_passwords),
		cmocka_unit_test(brakes_guessing),
		cmocka_unit_test(brakes_addresses),
		cmocka_unit_test(forgets_crowds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
