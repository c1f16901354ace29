#include "server/key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/people/secrets.h"
#include "server/problem.h"

#define KEY_DIGITS 64

static const struct problem_text unsafe = {"KEY_UNSAFE",
	"Altri utenti di questa macchina possono leggere la chiave dell'installazione.",
	"Other users of this machine may read the installation's key.", "Eseguire chmod 600 su questo file.",
	"Run chmod 600 on this file."};
static const struct problem_text damaged = {"KEY_DAMAGED",
	"Il file della chiave non contiene 64 cifre esadecimali.", "The key's file does not hold 64 hexadecimal digits.",
	"Rimetterlo dalla copia di sicurezza. Senza copia, spostarlo altrove: ne nasce una nuova, e la password del "
	"server di posta va scritta di nuovo.",
	"Put it back from its backup. Without one, move it away: a new key is made, and the mail relay's password has to "
	"be entered again."};

static bool unreadable(struct problem *ret, const char *path)
{
	g_autofree char *it = g_strdup_printf("Il file della chiave non si può leggere o scrivere: %s", g_strerror(errno));
	g_autofree char *en = g_strdup_printf("The key's file cannot be read or written: %s", g_strerror(errno));
	problem_set(ret,
		&(struct problem_text){"KEY_UNREADABLE", it, en, "Dare a questo utente il permesso di leggerlo.",
			"Give this user the permission to read it."},
		path);
	return false;
}

/* Of two that begin at once one makes it; whole or not at all. */
static bool make(const char *path)
{
	char hex[SECRETS_HASH];
	secrets_random_hex(hex);
	g_autofree char *text = g_strdup_printf("%s\n", hex), *partial = g_strdup_printf("%s.%d", path, (int)getpid());
	int file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text) && fsync(file) == 0;
	if (file >= 0) {
		close(file);
	}
	good = good && (link(partial, path) == 0 || errno == EEXIST);
	int why = errno;
	unlink(partial);
	errno = why;
	return good;
}

static bool read_key(int file, unsigned char ret[32])
{
	char text[KEY_DIGITS + 2] = "";
	ssize_t length = read(file, text, sizeof(text) - 1);
	if (length < KEY_DIGITS || strspn(text, "0123456789abcdefABCDEF") != KEY_DIGITS) {
		return false;
	}
	text[KEY_DIGITS] = '\0';
	secrets_from_hex(text, ret);
	return true;
}

bool key_load(const char *folder, unsigned char ret[32], struct problem *ret_problem)
{
	const char *named = g_getenv("FAD_KEY_FILE");
	g_autofree char *path = named && *named ? g_strdup(named) : g_build_filename(folder, "fad.key", NULL);
	struct stat about;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 && errno == ENOENT && make(path)) {
		file = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (file < 0 || fstat(file, &about) != 0) {
		return unreadable(ret_problem, path);
	}
	bool safe = S_ISREG(about.st_mode) && (about.st_mode & 077) == 0, good = safe && read_key(file, ret);
	close(file);
	if (!good) {
		problem_set(ret_problem, safe ? &damaged : &unsafe, path);
	}
	return good;
}
