/*
 * The one door to libsodium: passwords (argon2id), random tokens, hashes of tokens.
 */
#ifndef SERVER_PEOPLE_SECRETS_H
#define SERVER_PEOPLE_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#define SECRETS_TOKEN 44     /* 32 random bytes in base64url without padding, and a NUL */
#define SECRETS_HASH 65      /* 64 hex digits and a NUL */
#define SECRETS_PASSWORD 128 /* argon2id text */
#define SECRETS_ONE_TIME 20

/* Once, before anything else; more often does no harm. */
void secrets_start(void);

void secrets_token(char ret[SECRETS_TOKEN]);
void secrets_random_hex(char ret[SECRETS_HASH]);
void secrets_from_hex(const char *hex, unsigned char ret[32]);
/* What is stored in place of a token: a thief of the data base holds no token. */
void secrets_token_hash(const char *token, char ret[SECRETS_HASH]);
/* A keyed hash, base64url: only who knows the key can say it of `text`. */
void secrets_keyed(const unsigned char key[32], const char *text, char ret[SECRETS_TOKEN]);
bool secrets_equal(const char *one, const char *other);
/* Uniform over all 64-bit numbers. */
unsigned long long secrets_number(void);

/* Takes some tens of milliseconds and 64 MiB on purpose; at most two run at once. False: out of memory. */
bool secrets_password_hash(const char *password, char ret[SECRETS_PASSWORD]);
/* `hash` NULL (unknown account) takes as long as a wrong password, and is false. */
bool secrets_password_is(const char *hash, const char *password);
/* Easily read and typed: "kuta-3fmw-9xre". */
void secrets_one_time_password(char ret[SECRETS_ONE_TIME]);

/*
 * An authenticated cipher (XSalsa20-Poly1305) with a random nonce: `ret` has room for len + SECRETS_SEAL bytes,
 * or for len - SECRETS_SEAL when opening. False: it was not sealed with this key, or was altered.
 */
#define SECRETS_SEAL 40
void secrets_seal(const unsigned char key[32], const void *plain, size_t len, unsigned char *ret);
bool secrets_open(const unsigned char key[32], const unsigned char *sealed, size_t len, unsigned char *ret);

#endif
