/* Any bytes as a file of items: what comes out of it is a good bank, and every item of it goes out as QTI. */
#include <stdlib.h>
#include <string.h>

#include "assessment/import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct faults faults;
	struct import_count count;
	faults_init(&faults, 50);
	GHashTable *media = import_media_new();
	char *json = import_read((const char *)bytes, len, media, &faults, &count);
	struct bank *bank = json ? bank_read(json, strlen(json), &faults) : NULL;
	if ((json && !bank) || (!json && faults.list->len == 0)) {
		abort();
	}
	for (guint i = 0; bank && i < bank->item_count; i++) {
		g_free(bank_item_qti(bank, &bank->items[i]));
	}
	bank_destroy(bank);
	g_hash_table_unref(media);
	g_free(json);
	faults_finish(&faults);
	return 0;
}
