#include "server/ecm/report.h"

#define FLUSH_BYTES (64u * 1024)

static void flush(struct report *report)
{
	if (!report->failed && report->buffer->len) {
		g_checksum_update(
			report->sum, (const guchar *)report->buffer->str, (gssize)report->buffer->len);
		report->failed = fwrite(report->buffer->str, 1, report->buffer->len, report->file) !=
				 report->buffer->len;
		report->bytes += report->buffer->len;
	}
	g_string_truncate(report->buffer, 0);
}

/* What was checked is ASCII without markup, so escaping is a second lock on the same door. */
static void escaped(GString *out, const char *value)
{
	for (const char *at = value; *at; at++) {
		switch (*at) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		default:
			g_string_append_c(out, (guchar)*at < 0x80 ? *at : '?');
		}
	}
}

static void attribute(GString *out, const char *name, const char *value)
{
	g_string_append_c(out, ' ');
	g_string_append(out, name);
	g_string_append(out, "=\"");
	escaped(out, value);
	g_string_append_c(out, '"');
}

/* "<evento cod_evento="…" …>": the level's attributes in its order; those without a value are left out. */
static void open_tag(GString *out, const struct schema_level *level, const struct report_record *record)
{
	g_string_append_c(out, '<');
	g_string_append(out, level->element);
	for (guint i = 0; i < level->attribute_count; i++) {
		const struct schema_attribute *each = &level->attributes[i];
		const char *value = each->constant              ? each->constant
				    : each->field < REPORT_FIELDS ? record->value[each->field]
								  : NULL;
		if (value) {
			attribute(out, each->name, value);
		}
	}
	g_string_append_c(out, '>');
}

static void close_tag(GString *out, const struct schema_level *level)
{
	g_string_append(out, "</");
	g_string_append(out, level->element);
	g_string_append_c(out, '>');
}

void report_init(struct report *report, FILE *file, const struct report_schema *schema, const struct ecm_event *event,
	guint participants)
{
	*report = (struct report){
		.file = file,
		.schema = schema,
		.buffer = g_string_sized_new(FLUSH_BYTES + 4096),
		.sum = g_checksum_new(G_CHECKSUM_SHA256),
	};
	struct report_record record;
	GString *out = report->buffer;
	report_event_record(event, participants, &record);
	g_string_append_printf(out, "<?xml version=\"1.0\" encoding=\"%s\"?>\n", schema->encoding);
	open_tag(out, &schema->levels[LEVEL_ROOT], &record);
	g_string_append(out, "\n  ");
	open_tag(out, &schema->levels[LEVEL_EVENT], &record);
	g_string_append_c(out, '\n');
}

static void add_profession(GString *out, const struct report_schema *schema, const struct participant_profession *profession)
{
	const struct schema_level *level = &schema->levels[LEVEL_PROFESSION];
	const struct schema_level *discipline = &schema->levels[LEVEL_DISCIPLINE];
	g_string_append(out, "      <");
	g_string_append(out, level->element);
	for (guint i = 0; i < level->attribute_count; i++) {
		char code[16];
		g_snprintf(code, sizeof(code), "%u", profession->code);
		attribute(out, level->attributes[i].name, level->attributes[i].constant ? level->attributes[i].constant : code);
	}
	g_string_append_c(out, '>');
	for (guint i = 0; i < profession->discipline_count; i++) {
		g_string_append_printf(
			out, "<%s>%u</%s>", discipline->element, profession->disciplines[i], discipline->element);
	}
	close_tag(out, level);
	g_string_append_c(out, '\n');
}

void report_add(struct report *report, const struct participant *participant, const struct report_row *row)
{
	const struct schema_level *level = &report->schema->levels[LEVEL_PERSON];
	GString *out = report->buffer;
	struct report_record record;
	report_person_record(participant, row, &record);
	g_string_append(out, "    ");
	open_tag(out, level, &record);
	g_string_append_c(out, '\n');
	for (guint p = 0; p < participant->profession_count; p++) {
		add_profession(out, report->schema, &participant->professions[p]);
	}
	g_string_append(out, "    ");
	close_tag(out, level);
	g_string_append_c(out, '\n');
	report->rows++;
	if (out->len >= FLUSH_BYTES) {
		flush(report);
	}
}

bool report_finish(struct report *report, char ret_sha256[65])
{
	g_string_append(report->buffer, "  ");
	close_tag(report->buffer, &report->schema->levels[LEVEL_EVENT]);
	g_string_append_c(report->buffer, '\n');
	close_tag(report->buffer, &report->schema->levels[LEVEL_ROOT]);
	g_string_append_c(report->buffer, '\n');
	flush(report);
	bool good = !report->failed && fflush(report->file) == 0;
	if (good) {
		g_strlcpy(ret_sha256, g_checksum_get_string(report->sum), 65);
	}
	g_checksum_free(report->sum);
	g_string_free(report->buffer, TRUE);
	report->sum = NULL;
	report->buffer = NULL;
	return good;
}
