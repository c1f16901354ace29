#include "server/ecm/report_schema.h"

#include <jansson.h>
#include <string.h>

extern const char report_schema_1_16_text[]; /* server/data/report_1.16.json */

/* The program's own versions; the newest last. */
static const struct {
	const char *version, *text;
} own[] = {
	{"1.16", report_schema_1_16_text},
};

enum schema_kind {
	KIND_STRING,
	KIND_INTEGER,
	KIND_DECIMAL,
	KIND_DATE,
};

struct schema_type {
	enum schema_kind kind;
	guint shortest, longest; /* 0 longest: any */
	guint digits;            /* of a number, at most; 0: any */
	bool has_least, has_most, has_above;
	double least, most, above;
	GRegex *pattern; /* of the whole text; NULL: none */
};

enum schema_fault {
	SCHEMA_MISSING,
	SCHEMA_VALUE,
};

static const struct fault_text texts[] = {
	[SCHEMA_MISSING] = {"REPORT_ATTRIBUTE_MISSING", SEVERITY_ERROR, "ECM 1.2", "Manca «$1», che il tracciato richiede.",
		"\"$1\" is missing, which the format requires.", "Completa il dato.", "Complete the datum."},
	[SCHEMA_VALUE] = {"REPORT_VALUE", SEVERITY_ERROR, "ECM 1.2", "«$1» vale «$2»: il tracciato non lo ammette.",
		"\"$1\" is \"$2\": the format does not allow it.", "Correggi il dato.", "Mend the datum."},
};

static void type_destroy(void *data)
{
	struct schema_type *type = data;
	if (type->pattern) {
		g_regex_unref(type->pattern);
	}
	g_free(type);
}

static bool invalid(struct problem *ret, const char *version, const char *what)
{
	*ret = (struct problem){.severity = SEVERITY_ERROR};
	fault_set(ret,
		&(struct fault_text){"REPORT_SCHEMA_INVALID", SEVERITY_ERROR, "ECM 1.10",
			"La versione del tracciato non è utilizzabile: $1.", "This version of the format cannot be used: $1.",
			"Correggi il file della versione nella cartella dati, report-schemas.",
			"Mend the version's file in the data folder, report-schemas."},
		version, what, NULL);
	return false;
}

static const char *text_of(json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

static bool number_at(json_t *json, const char *name, double *ret)
{
	json_t *value = json_object_get(json, name);
	*ret = json_number_value(value);
	return json_is_number(value);
}

static bool read_type(struct report_schema *schema, const char *name, json_t *json, struct problem *ret)
{
	static const char *const kinds[] = {"string", "integer", "decimal", "date"};
	struct schema_type *type = g_new0(struct schema_type, 1);
	g_hash_table_insert(schema->types, g_strdup(name), type);
	const char *kind = text_of(json, "kind"), *pattern = text_of(json, "pattern");
	for (guint i = 0; kind && i < G_N_ELEMENTS(kinds); i++) {
		type->kind = strcmp(kinds[i], kind) == 0 ? (enum schema_kind)i : type->kind;
	}
	if (kind && strcmp(kinds[type->kind], kind) != 0) {
		return invalid(ret, schema->version, kind);
	}
	type->shortest = (guint)json_integer_value(json_array_get(json_object_get(json, "length"), 0));
	type->longest = (guint)json_integer_value(json_array_get(json_object_get(json, "length"), 1));
	type->digits = (guint)json_integer_value(json_object_get(json, "digits"));
	type->has_least = number_at(json, "least", &type->least);
	type->has_most = number_at(json, "most", &type->most);
	type->has_above = number_at(json, "above", &type->above);
	if (pattern) {
		g_autofree char *whole = g_strdup_printf("\\A(?:%s)\\z", pattern);
		type->pattern = g_regex_new(whole, G_REGEX_OPTIMIZE | G_REGEX_RAW, 0, NULL);
	}
	return !pattern || type->pattern || invalid(ret, schema->version, pattern);
}

static bool read_attribute(
	struct report_schema *schema, struct schema_level *level, json_t *json, struct problem *ret)
{
	const char *name = text_of(json, "name"), *from = text_of(json, "from"), *type = text_of(json, "type");
	if (!name || !type || level->attribute_count == SCHEMA_ATTRIBUTES_MAX) {
		return invalid(ret, schema->version, name ? name : "attributes");
	}
	struct schema_attribute *attribute = &level->attributes[level->attribute_count++];
	*attribute = (struct schema_attribute){.name = g_strdup(name),
		.constant = g_strdup(text_of(json, "value")),
		.optional = json_is_true(json_object_get(json, "optional")),
		.type = g_hash_table_lookup(schema->types, type)};
	attribute->field = attribute->constant ? FIELD_UNKNOWN : report_field_by_name(from ? from : name);
	bool sound = attribute->type && (attribute->constant || attribute->field != FIELD_UNKNOWN);
	return sound || invalid(ret, schema->version, name);
}

static bool read_level(struct report_schema *schema, guint index, json_t *json, struct problem *ret)
{
	struct schema_level *level = &schema->levels[index];
	const char *element = text_of(json, "element"), *text = text_of(json, "text");
	size_t i;
	json_t *attribute;
	level->element = g_strdup(element ? element : "");
	level->unique = g_strdup(text_of(json, "unique"));
	level->text = text ? g_hash_table_lookup(schema->types, text) : NULL;
	if (!element || (text && !level->text) || (index == LEVEL_DISCIPLINE) != (level->text != NULL)) {
		return invalid(ret, schema->version, element ? element : "levels");
	}
	json_array_foreach(json_object_get(json, "attributes"), i, attribute)
	{
		if (!read_attribute(schema, level, attribute, ret)) {
			return false;
		}
	}
	return true;
}

static bool read_schema(struct report_schema *schema, json_t *json, struct problem *ret)
{
	const char *name, *version = text_of(json, "version"), *encoding = text_of(json, "encoding");
	size_t i;
	json_t *each, *levels = json_object_get(json, "levels");
	if (!version || strcmp(version, schema->version) != 0 || !encoding || json_array_size(levels) != SCHEMA_LEVELS) {
		return invalid(ret, schema->version, "version, encoding, levels");
	}
	schema->encoding = g_strdup(encoding);
	json_object_foreach(json_object_get(json, "types"), name, each)
	{
		if (!read_type(schema, name, each, ret)) {
			return false;
		}
	}
	json_array_foreach(levels, i, each)
	{
		if (!read_level(schema, (guint)i, each, ret)) {
			return false;
		}
	}
	return true;
}

/* The file's text: the data folder's own before the program's. Yours; NULL: there is none. */
static char *text_of_version(const char *folder, const char *version)
{
	char *text = NULL;
	bool plain = *version && strspn(version, "0123456789.") == strlen(version) && strlen(version) < SCHEMA_VERSION_BYTES;
	if (folder && plain) {
		g_autofree char *path = g_strdup_printf("%s/report-schemas/%s.json", folder, version);
		g_file_get_contents(path, &text, NULL, NULL);
	}
	for (guint i = 0; !text && i < G_N_ELEMENTS(own); i++) {
		text = strcmp(own[i].version, version) == 0 ? g_strdup(own[i].text) : NULL;
	}
	return text;
}

struct report_schema *report_schema_load(const char *folder, const char *version, struct problem *ret)
{
	g_autofree char *text = text_of_version(folder, version);
	if (!text) {
		fault_set(ret,
			&(struct fault_text){"REPORT_SCHEMA_UNKNOWN", SEVERITY_ERROR, "ECM 1.10",
				"La versione «$1» del tracciato non c’è.", "There is no version \"$1\" of the format.",
				"Scegli una versione conosciuta nelle impostazioni, o metti il suo file nella cartella dati, "
				"report-schemas.",
				"Choose a known version in the settings, or put its file into the data folder, "
				"report-schemas."},
			"report_schema", version, NULL);
		return NULL;
	}
	json_error_t error;
	json_auto_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	struct report_schema *schema = g_new0(struct report_schema, 1);
	schema->types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, type_destroy);
	g_strlcpy(schema->version, version, sizeof(schema->version));
	if (json ? read_schema(schema, json, ret) : invalid(ret, version, error.text)) {
		return schema;
	}
	report_schema_destroy(schema);
	return NULL;
}

void report_schema_destroy(struct report_schema *schema)
{
	if (!schema) {
		return;
	}
	for (guint i = 0; i < SCHEMA_LEVELS; i++) {
		for (guint k = 0; k < schema->levels[i].attribute_count; k++) {
			g_free(schema->levels[i].attributes[k].name);
			g_free(schema->levels[i].attributes[k].constant);
		}
		g_free(schema->levels[i].element);
		g_free(schema->levels[i].unique);
	}
	g_hash_table_unref(schema->types);
	g_free(schema->encoding);
	g_free(schema);
}

/* --- Values --- */

/* "+7", "007" and "7.0" are numbers too, as XML Schema sees them. */
static bool number_fits(const struct schema_type *type, const char *text)
{
	const char *at = text + (*text == '+' || *text == '-');
	size_t whole = strspn(at, "0123456789");
	const char *rest = at + whole;
	size_t fraction = 0;
	if (type->kind == KIND_DECIMAL && *rest == '.') {
		fraction = strspn(rest + 1, "0123456789");
		rest += 1 + fraction;
	}
	if (whole + fraction == 0 || whole > 15 || *rest) {
		return false;
	}
	double value = g_ascii_strtod(text, NULL);
	size_t zeros = strspn(at, "0");
	return (!type->digits || whole - MIN(zeros, whole - 1) <= type->digits) && (!type->has_least || value >= type->least) &&
	       (!type->has_most || value <= type->most) && (!type->has_above || value > type->above);
}

bool schema_type_fits(const struct schema_type *type, const char *text)
{
	size_t len = strlen(text);
	for (const char *at = text; *at; at++) {
		if ((guchar)*at < 0x20 || (guchar)*at > 0x7E) {
			return false;
		}
	}
	if (len < type->shortest || (type->longest && len > type->longest)) {
		return false;
	}
	switch (type->kind) {
	case KIND_STRING:
		break;
	case KIND_INTEGER:
	case KIND_DECIMAL:
		if (!number_fits(type, text)) {
			return false;
		}
		break;
	case KIND_DATE:
		if (!ecm_date_valid(text)) {
			return false;
		}
		break;
	}
	return !type->pattern || g_regex_match(type->pattern, text, 0, NULL);
}

const struct schema_attribute *schema_attribute_find(const struct schema_level *level, const char *name)
{
	for (guint i = 0; i < level->attribute_count; i++) {
		if (strcmp(level->attributes[i].name, name) == 0) {
			return &level->attributes[i];
		}
	}
	return NULL;
}

bool report_schema_check(const struct report_schema *schema, enum schema_level_index index,
	const struct report_record *record, const char *where, struct faults *faults)
{
	const struct schema_level *level = &schema->levels[index];
	guint before = faults->errors;
	for (guint i = 0; i < level->attribute_count; i++) {
		const struct schema_attribute *attribute = &level->attributes[i];
		const char *value = attribute->constant ? attribute->constant
				    : attribute->field < REPORT_FIELDS ? record->value[attribute->field]
								       : NULL;
		if (!value ? attribute->optional : schema_type_fits(attribute->type, value)) {
			continue;
		}
		g_autofree char *place = g_strdup_printf("%s, %s", where, attribute->name);
		faults_add(faults, &texts[value ? SCHEMA_VALUE : SCHEMA_MISSING], place, attribute->name, value);
	}
	return faults->errors == before;
}

static bool check_code(
	const struct schema_type *type, const char *name, guint code, const char *where, struct faults *faults)
{
	char text[16];
	g_snprintf(text, sizeof(text), "%u", code);
	if (schema_type_fits(type, text)) {
		return true;
	}
	g_autofree char *place = g_strdup_printf("%s, %s", where, name);
	faults_add(faults, &texts[SCHEMA_VALUE], place, name, text);
	return false;
}

bool report_schema_check_professions(const struct report_schema *schema, const struct participant *participant,
	const char *where, struct faults *faults)
{
	const struct schema_level *level = &schema->levels[LEVEL_PROFESSION];
	bool good = true;
	for (guint p = 0; p < participant->profession_count; p++) {
		const struct participant_profession *profession = &participant->professions[p];
		for (guint i = 0; i < level->attribute_count; i++) {
			if (level->attributes[i].field == FIELD_COD_PROF) {
				good = check_code(level->attributes[i].type, level->attributes[i].name, profession->code, where, faults) && good;
			}
		}
		for (guint i = 0; i < profession->discipline_count; i++) {
			good = check_code(schema->levels[LEVEL_DISCIPLINE].text, schema->levels[LEVEL_DISCIPLINE].element,
				       profession->disciplines[i], where, faults) && good;
		}
	}
	return good;
}
