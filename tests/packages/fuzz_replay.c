/* Runs a fuzz target on every file below the given folders: what a fuzzer once found stays found. */
#include <ftw.h>
#include <glib.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static unsigned files;

static int run_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	char *bytes = NULL;
	gsize len = 0;
	if (type == FTW_F && g_file_get_contents(path, &bytes, &len, NULL)) {
		/* Exactly as long as the input, so that a sanitizer sees a read beyond it. */
		guint8 *exact = g_memdup2(bytes, len);
		LLVMFuzzerTestOneInput(exact, len);
		g_free(exact);
		g_free(bytes);
		files++;
	}
	return 0;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		nftw(argv[i], run_one, 16, FTW_PHYS);
	}
	printf("%u inputs\n", files);
	return files > 0 ? 0 : 1;
}
