/* Plays stored inputs through a fuzz target: replay FILE_OR_FOLDER…. Stands in for libFuzzer in every
 * test run. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

static int play_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		perror(path);
		return 1;
	}
	uint8_t *bytes = malloc(1u << 20);
	size_t size = fread(bytes, 1, 1u << 20, file);
	fclose(file);
	/* Exactly as long as the input, so that a sanitizer sees a read beyond it. */
	uint8_t *exact = realloc(bytes, size > 0 ? size : 1);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	return 0;
}

static int play_folder(DIR *folder, const char *path, unsigned *count)
{
	int status = 0;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (entry->d_name[0] != '.') {
			char file[4096];
			snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
			status |= play_file(file);
			++*count;
		}
	}
	closedir(folder);
	return status;
}

int main(int argc, char **argv)
{
	int status = 0;
	unsigned count = 0;
	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		status |= folder != NULL ? play_folder(folder, argv[i], &count) : play_file(argv[i]);
		count += folder == NULL;
	}
	printf("%u inputs\n", count);
	return status != 0 || count == 0;
}
