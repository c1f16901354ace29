#include "server/certificates/template.h"

#include <string.h>

#include "server/certificates/limits.h"
#include "server/problem.h"

/* Every fact that a block may name. */
static const char *const FACTS[] = {"provider_name", "provider_code", "provider_accreditation", "accreditation_expiry",
	"provider_legal", "provider_legal_quality", "provider_place", "accreditor", "organiser", "partner",
	"event_title", "event_code", "event_edition", "event_form", "event_from", "event_to", "event_place",
	"event_period", "class_name", "presence_hours",
	"event_hours", "event_credits", "event_credits_words", "objective", "person_name", "person_title",
	"codice_fiscale", "birth_place", "birth_day", "professions", "disciplines", "order", "role",
	"recruited", "credits", "credits_words", "earned_day", "earned_year", "level", "issued_day", "code",
	"verify_url"};

/* server/data/certificates.json, embedded by the build. */
extern const char certificate_builtin[];

struct block {
	enum block_style style;
	char *text;
	char **conditions; /* names of facts; NULL: always */
};

struct certificate_template {
	char *version, *source;
	GArray *kinds[CERTIFICATE_KINDS]; /* of struct block */
};

static const char *const style_names[BLOCK_STYLES] = {
	"title", "subtitle", "body", "name", "credits", "small", "signature"};
static const char *const kind_names[CERTIFICATE_KINDS] = {"ecm", "participation"};

const char *certificate_kind_name(enum certificate_kind kind)
{
	return kind_names[kind];
}

static bool is_fact(const char *name, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(FACTS); i++) {
		if (strlen(FACTS[i]) == len && strncmp(name, FACTS[i], len) == 0) {
			return true;
		}
	}
	return false;
}

static const struct problem_text bad_template = {
	.code = "CERTIFICATE_TEMPLATE",
	.it = "Il modello degli attestati non è valido.",
	.en = "The template of the certificates is not valid.",
	.mend_it = "Correggi certificates.json nella cartella dati, o toglilo per usare il modello del "
		   "programma.",
	.mend_en =
		"Mend certificates.json in the data folder, or remove it to use the program's own template.",
};

/* Gives false, so that a caller can return it. */
static bool refuse(struct problem *ret, const char *where, const char *what)
{
	g_autofree char *place = g_strconcat(where, ": ", what, NULL);
	problem_set(ret, &bad_template, place);
	return false;
}

/* Every {name} is a fact, every brace closes. */
static bool check_text(const char *text, const char *where, struct problem *ret)
{
	if (g_utf8_strlen(text, -1) > CERTIFICATE_BLOCK_CHARACTERS) {
		return refuse(ret, where, "text is too long");
	}
	for (const char *at = text; (at = strchr(at, '{')) != NULL;) {
		const char *end = strchr(at, '}');
		if (!end || !is_fact(at + 1, (size_t)(end - at - 1))) {
			g_autofree char *what = g_strdup_printf("%.40s", at);
			return refuse(ret, where, what);
		}
		at = end;
	}
	return true;
}

static bool read_conditions(struct block *block, json_t *json, const char *where, struct problem *ret)
{
	size_t i;
	json_t *name;
	if (json && !json_is_array(json)) {
		return refuse(ret, where, "if: [\"fact\", …]");
	}
	block->conditions = g_new0(char *, json_array_size(json) + 1);
	json_array_foreach(json, i, name)
	{
		const char *text = json_string_value(name);
		if (!text || !is_fact(text, strlen(text))) {
			return refuse(ret, where, text ? text : "if");
		}
		block->conditions[i] = g_strdup(text);
	}
	return true;
}

static bool read_block(struct block *block, json_t *json, const char *where, struct problem *ret)
{
	const char *text = json_string_value(json_object_get(json, "text"));
	const char *style = json_string_value(json_object_get(json, "style"));
	size_t i = 0;
	while (style && i < BLOCK_STYLES && strcmp(style, style_names[i]) != 0) {
		i++;
	}
	if (!text || !style || i == BLOCK_STYLES) {
		return refuse(ret, where, text ? "style" : "text");
	}
	block->style = (enum block_style)i;
	block->text = g_strdup(text);
	return check_text(text, where, ret) &&
	       read_conditions(block, json_object_get(json, "if"), where, ret);
}

static void block_clear(void *data)
{
	struct block *block = data;
	g_free(block->text);
	g_strfreev(block->conditions);
}

static bool read_kind(GArray *blocks, json_t *list, const char *kind, struct problem *ret)
{
	if (!json_is_array(list) || json_array_size(list) == 0 ||
		json_array_size(list) > CERTIFICATE_BLOCKS_MAX) {
		return refuse(ret, kind, "1–64 blocks");
	}
	size_t i;
	json_t *json;
	json_array_foreach(list, i, json)
	{
		g_autofree char *where = g_strdup_printf("kinds.%s[%zu]", kind, i);
		struct block block = {0};
		bool good = read_block(&block, json, where, ret);
		g_array_append_val(blocks, block);
		if (!good) {
			return false;
		}
	}
	return true;
}

struct certificate_template *certificate_template_read(const char *bytes, size_t len, struct problem *ret)
{
	json_error_t error;
	json_t *json = len <= CERTIFICATE_TEMPLATE_BYTES
			       ? json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error)
			       : NULL;
	const char *version = json_string_value(json_object_get(json, "version"));
	const char *format = json_string_value(json_object_get(json, "format"));
	if (!version || !format || strcmp(format, "fad-certificates-1") != 0) {
		refuse(ret, "certificates.json", json ? "format, version" : "JSON");
		json_decref(json);
		return NULL;
	}
	struct certificate_template *template = g_new0(struct certificate_template, 1);
	template->version = g_strdup(version);
	template->source = g_strndup(bytes, len);
	bool good = true;
	for (size_t i = 0; i < CERTIFICATE_KINDS; i++) {
		template->kinds[i] = g_array_new(FALSE, TRUE, sizeof(struct block));
		g_array_set_clear_func(template->kinds[i], block_clear);
		json_t *list = json_object_get(json_object_get(json, "kinds"), kind_names[i]);
		good = good && read_kind(template->kinds[i], list, kind_names[i], ret);
	}
	json_decref(json);
	if (!good) {
		certificate_template_destroy(template);
		return NULL;
	}
	return template;
}

struct certificate_template *certificate_template_load(const char *path, struct problem *ret)
{
	g_autofree char *own = NULL;
	gsize len = 0;
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		return certificate_template_read(certificate_builtin, strlen(certificate_builtin), ret);
	}
	if (!g_file_get_contents(path, &own, &len, NULL)) {
		refuse(ret, path, "read");
		return NULL;
	}
	return certificate_template_read(own, len, ret);
}

void certificate_template_destroy(struct certificate_template *template)
{
	if (!template) {
		return;
	}
	for (size_t i = 0; i < CERTIFICATE_KINDS; i++) {
		if (template->kinds[i]) {
			g_array_free(template->kinds[i], TRUE);
		}
	}
	g_free(template->version);
	g_free(template->source);
	g_free(template);
}

const char *certificate_template_version(const struct certificate_template *template)
{
	return template->version;
}

const char *certificate_template_source(const struct certificate_template *template)
{
	return template->source;
}

const char *certificate_fact(const json_t *facts, const char *name)
{
	const char *text = json_string_value(json_object_get(facts, name));
	return text ? text : "";
}

static bool applies(const struct block *block, const json_t *facts)
{
	for (char **name = block->conditions; *name; name++) {
		if (*certificate_fact(facts, *name) == '\0') {
			return false;
		}
	}
	return true;
}

static char *fill(const char *text, const json_t *facts)
{
	GString *filled = g_string_new(NULL);
	for (const char *at = text; *at; at++) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		if (!end) {
			g_string_append_c(filled, *at);
			continue;
		}
		g_autofree char *name = g_strndup(at + 1, (gsize)(end - at - 1));
		g_string_append(filled, certificate_fact(facts, name));
		at = end;
	}
	return g_string_free(filled, FALSE);
}

bool certificate_prints(const struct certificate_template *template, enum certificate_kind kind, const char *fact)
{
	g_autofree char *name = g_strdup_printf("{%s}", fact);
	for (guint i = 0; i < template->kinds[kind]->len; i++) {
		if (strstr(g_array_index(template->kinds[kind], struct block, i).text, name)) {
			return true;
		}
	}
	return false;
}

static void printed_clear(void *data)
{
	g_free(((struct certificate_block *)data)->text);
}

GArray *certificate_blocks(
	const struct certificate_template *template, enum certificate_kind kind, const json_t *facts)
{
	GArray *printed = g_array_new(FALSE, FALSE, sizeof(struct certificate_block));
	g_array_set_clear_func(printed, printed_clear);
	for (guint i = 0; i < template->kinds[kind]->len; i++) {
		const struct block *block = &g_array_index(template->kinds[kind], struct block, i);
		if (applies(block, facts)) {
			struct certificate_block out = {block->style, fill(block->text, facts)};
			g_array_append_val(printed, out);
		}
	}
	return printed;
}
