#include "server/quality/key.h"

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "server/people/secrets.h"
#include "server/problem.h"

#define TMPFS 0x01021994
#define RAMFS 0x858458f6

static const struct problem_text no_memory = {
	.code = "QUALITY_NO_MEMORY",
	.it = "Il questionario non può essere raccolto in forma anonima: manca un file system in memoria.",
	.en = "The questionnaire cannot be collected anonymously: there is no memory file system.",
	.mend_it = "Montare /dev/shm (tmpfs), o avviare il servizio con RuntimeDirectory=fad.",
	.mend_en = "Mount /dev/shm (tmpfs), or start the service with RuntimeDirectory=fad.",
};

static bool is_memory(const char *path)
{
	struct statfs about;
	return path && *path && statfs(path, &about) == 0 &&
	       ((unsigned long)about.f_type == TMPFS || (unsigned long)about.f_type == RAMFS) &&
	       access(path, W_OK) == 0;
}

/* The folder of this installation's keys, made if need be; NULL when there is no memory file system. */
static char *folder_of(const char *data_folder)
{
	const char *const places[] = {
		g_getenv("RUNTIME_DIRECTORY"), g_getenv("XDG_RUNTIME_DIR"), "/dev/shm"};
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		if (!is_memory(places[i])) {
			continue;
		}
		char hash[SECRETS_HASH];
		g_autofree char *real = realpath(data_folder, NULL);
		secrets_token_hash(real ? real : data_folder, hash);
		char *folder = g_strdup_printf("%s/fad-%u-%.16s", places[i], (unsigned)getuid(), hash);
		struct stat about;
		/* Somebody else's folder of that name, or a link, is not ours to use. */
		if ((mkdir(folder, 0700) == 0 || access(folder, R_OK | W_OK | X_OK) == 0) &&
			lstat(folder, &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == getuid() &&
			(about.st_mode & 077) == 0) {
			return folder;
		}
		g_free(folder);
	}
	return NULL;
}

static char *file_of(const char *folder, int64_t event, const char *which)
{
	return g_strdup_printf("%s/quality-%" G_GINT64_FORMAT ".%s", folder, event, which);
}

static bool read_key(const char *path, unsigned char ret[32])
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool good = file >= 0 && read(file, ret, 32) == 32;
	if (file >= 0) {
		close(file);
	}
	return good;
}

static bool make_key(const char *path, unsigned char ret[32])
{
	char hex[SECRETS_HASH];
	secrets_random_hex(hex);
	secrets_from_hex(hex, ret);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = file >= 0 && write(file, ret, 32) == 32;
	if (file >= 0) {
		close(file);
	}
	return good;
}

bool quality_keys_load(
	const char *data_folder, int64_t event, struct quality_keys *ret, struct problem *ret_problem)
{
	*ret = (struct quality_keys){0};
	g_autofree char *folder = folder_of(data_folder);
	if (!folder) {
		problem_set(ret_problem, &no_memory, "");
		return false;
	}
	g_autofree char *now = file_of(folder, event, "key"), *old = file_of(folder, event, "old");
	ret->has_old = read_key(old, ret->old);
	if (read_key(now, ret->now)) {
		return true;
	}
	ret->is_new = true;
	if (!make_key(now, ret->now)) {
		problem_set(ret_problem, &no_memory, folder);
		return false;
	}
	return true;
}

bool quality_keys_turn(const char *data_folder, int64_t event)
{
	unsigned char fresh[32];
	g_autofree char *folder = folder_of(data_folder);
	if (!folder) {
		return false;
	}
	g_autofree char *now = file_of(folder, event, "key"), *old = file_of(folder, event, "old");
	return rename(now, old) == 0 && make_key(now, fresh);
}

void quality_keys_forget(const char *data_folder, int64_t event)
{
	g_autofree char *folder = folder_of(data_folder);
	if (folder) {
		g_autofree char *old = file_of(folder, event, "old");
		unlink(old);
	}
}
