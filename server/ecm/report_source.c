#include "server/ecm/report_source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "packages/archive/archive.h"

enum source_fault {
	SOURCE_UNREADABLE,
	SOURCE_SIGNED,
	SOURCE_ONE_XML,
	SOURCE_DAMAGED,
};

static const struct fault_text texts[] = {
	[SOURCE_UNREADABLE] = {"REPORT_UNREADABLE", SEVERITY_ERROR, NULL, "Non riesco a leggere il file: $1.",
		"The file cannot be read: $1.", "Controlla il file.", "Check the file."},
	[SOURCE_SIGNED] = {"REPORT_SIGNED", SEVERITY_ERROR, "ECM 1.7", "Il file è firmato (.p7m): qui si legge quello dentro.",
		"The file is signed (.p7m): what is inside it is read here.",
		"Estrai il file con il programma di firma, o carica quello da prima della firma.",
		"Extract it with the signing program, or load the one from before it was signed."},
	[SOURCE_ONE_XML] = {"REPORT_ZIP_ONE", SEVERITY_ERROR, "ECM 1.7",
		"Nello zip va esattamente un file XML; qui i file sono $1.",
		"A zip holds exactly one XML file; here there are $1 files.", "Metti nello zip il solo rapporto.",
		"Put the report alone into the zip."},
	[SOURCE_DAMAGED] = {"REPORT_ZIP_DAMAGED", SEVERITY_ERROR, "ECM 1.7", "Il file dentro lo zip è danneggiato.",
		"The file inside the zip is damaged.", "Rifai lo zip.", "Make the zip again."},
};

static bool feed(void *data, const void *bytes, size_t len)
{
	return report_reader_feed(data, bytes, len);
}

static bool has_xml_name(const char *name)
{
	size_t len = strlen(name);
	return len > 4 && g_ascii_strcasecmp(name + len - 4, ".xml") == 0;
}

static void tell_findings(const struct findings *findings, struct faults *faults)
{
	uint32_t count;
	const struct problem *list = findings_list(findings, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (list[i].severity == SEVERITY_ERROR) {
			faults_add_problem(faults, &list[i], list[i].where);
		}
	}
}

/* Gives whether everything was fed. */
static bool feed_zip(const char *path, const char *name, struct report_reader *reader, struct faults *faults)
{
	struct findings *findings = findings_create();
	struct archive *archive = archive_open(path, name, findings);
	bool good = archive != NULL;
	if (!good) {
		tell_findings(findings, faults);
	} else {
		uint32_t count;
		char text[16];
		const struct archive_entry *entries = archive_entries(archive, &count);
		g_snprintf(text, sizeof(text), "%u", count);
		good = count == 1 && has_xml_name(entries[0].name);
		if (!good) {
			faults_add(faults, &texts[SOURCE_ONE_XML], name, text, NULL);
		} else {
			struct archive_reader *inside = archive_reader_open(archive);
			/* Stopped: the XML was refused, and report_reader_end() says why. */
			good = inside && archive_read(inside, &entries[0], feed, reader) != ARCHIVE_DAMAGED;
			if (!good) {
				faults_add(faults, &texts[SOURCE_DAMAGED], name, NULL, NULL);
			}
			archive_reader_close(inside);
		}
		archive_close(archive);
	}
	findings_destroy(findings);
	return good;
}

static bool feed_plain(FILE *file, const char *name, struct report_reader *reader, struct faults *faults)
{
	char block[64 * 1024];
	size_t got;
	while ((got = fread(block, 1, sizeof(block), file)) > 0 && report_reader_feed(reader, block, got)) {
	}
	if (ferror(file)) {
		faults_add(faults, &texts[SOURCE_UNREADABLE], name, g_strerror(errno), NULL);
		return false;
	}
	return true;
}

bool report_source_read(const char *path, const char *name, const struct report_schema *schema,
	struct report_file *ret, struct faults *faults)
{
	FILE *file = fopen(path, "rbe");
	guchar head[4] = {0};
	if (!file || fread(head, 1, sizeof(head), file) != sizeof(head)) {
		faults_add(faults, &texts[SOURCE_UNREADABLE], name, file ? "vuoto / empty" : g_strerror(errno), NULL);
		if (file) {
			fclose(file);
		}
		return false;
	}
	rewind(file);
	if (head[0] == 0x30 && (head[1] & 0x80)) { /* DER: a CAdES envelope */
		faults_add(faults, &texts[SOURCE_SIGNED], name, NULL, NULL);
		fclose(file);
		return false;
	}
	struct report_reader *reader = report_reader_create(schema, faults);
	bool fed = memcmp(head, "PK", 2) == 0 ? feed_zip(path, name, reader, faults) : feed_plain(file, name, reader, faults);
	fclose(file);
	struct report_file read = {0};
	bool good = report_reader_end(reader, fed, &read);
	if (good && fed) {
		*ret = read;
	} else {
		report_file_finish(&read);
	}
	return good && fed;
}
