#include "server/people/secrets.h"

#include <glib.h>
#include <sodium.h>
#include <string.h>

/* Memory for argon2id is the scarce thing: more at once would only wait for each other's cores. */
#define HASHES_AT_ONCE 2

static GMutex lock;
static GCond free_again;
static int running;

void secrets_start(void)
{
	if (sodium_init() < 0) {
		g_error("libsodium does not start");
	}
}

static void base64(const unsigned char bytes[32], char ret[SECRETS_TOKEN])
{
	sodium_bin2base64(ret, SECRETS_TOKEN, bytes, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secrets_token(char ret[SECRETS_TOKEN])
{
	unsigned char bytes[32];
	randombytes_buf(bytes, sizeof(bytes));
	base64(bytes, ret);
}

void secrets_random_hex(char ret[SECRETS_HASH])
{
	unsigned char bytes[32];
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(ret, SECRETS_HASH, bytes, sizeof(bytes));
}

void secrets_from_hex(const char *hex, unsigned char ret[32])
{
	memset(ret, 0, 32);
	sodium_hex2bin(ret, 32, hex, strlen(hex), NULL, NULL, NULL);
}

void secrets_token_hash(const char *token, char ret[SECRETS_HASH])
{
	unsigned char hash[32];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)token, strlen(token), NULL, 0);
	sodium_bin2hex(ret, SECRETS_HASH, hash, sizeof(hash));
}

void secrets_keyed(const unsigned char key[32], const char *text, char ret[SECRETS_TOKEN])
{
	unsigned char hash[32];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text, strlen(text), key, 32);
	base64(hash, ret);
}

bool secrets_equal(const char *one, const char *other)
{
	size_t length = strlen(one);
	return length == strlen(other) && sodium_memcmp(one, other, length) == 0;
}

unsigned long long secrets_number(void)
{
	unsigned long long number;
	randombytes_buf(&number, sizeof(number));
	return number;
}

static void enter(void)
{
	g_mutex_lock(&lock);
	while (running >= HASHES_AT_ONCE) {
		g_cond_wait(&free_again, &lock);
	}
	running++;
	g_mutex_unlock(&lock);
}

static void leave(void)
{
	g_mutex_lock(&lock);
	running--;
	g_cond_signal(&free_again);
	g_mutex_unlock(&lock);
}

bool secrets_password_hash(const char *password, char ret[SECRETS_PASSWORD])
{
	G_STATIC_ASSERT(SECRETS_PASSWORD >= crypto_pwhash_STRBYTES);
	enter();
	int outcome =
		crypto_pwhash_str_alg(ret, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
			crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
	leave();
	return outcome == 0;
}

bool secrets_password_is(const char *hash, const char *password)
{
	if (hash == NULL || hash[0] == '\0') {
		char waste[SECRETS_PASSWORD];
		secrets_password_hash(password, waste);
		return false;
	}
	enter();
	int outcome = crypto_pwhash_str_verify(hash, password, strlen(password));
	leave();
	return outcome == 0;
}

void secrets_one_time_password(char ret[SECRETS_ONE_TIME])
{
	/* Nothing that is taken for something else: no 0 o 1 l i. 31 signs, 12 of them: 59 bits. */
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char *at = ret;
	for (int i = 0; i < 12; i++) {
		if (i > 0 && i % 4 == 0) {
			*at++ = '-';
		}
		*at++ = signs[randombytes_uniform(sizeof(signs) - 1)];
	}
	*at = '\0';
}

_Static_assert(SECRETS_SEAL == crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES, "nonce and tag");

void secrets_seal(const unsigned char key[32], const void *plain, size_t len, unsigned char *ret)
{
	randombytes_buf(ret, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(ret + crypto_secretbox_NONCEBYTES, plain, len, ret, key);
}

bool secrets_open(const unsigned char key[32], const unsigned char *sealed, size_t len, unsigned char *ret)
{
	return len >= SECRETS_SEAL &&
	       crypto_secretbox_open_easy(ret, sealed + crypto_secretbox_NONCEBYTES,
		       len - crypto_secretbox_NONCEBYTES, sealed, key) == 0;
}
