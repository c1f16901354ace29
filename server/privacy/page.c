#include "server/privacy/page.h"

#include <glib.h>
#include <string.h>

#include "server/store/personal.h"

#define CALLS_SHOWN 2000 /* of all recordings; dati.json has every one */

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"it\"><head><meta charset=\"utf-8\"><title>I miei dati</title>"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>"
	"body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
	"div{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;"
	"vertical-align:top}th{background:#eee}</style></head><body><h1>I miei dati</h1>"
	"<p>Tutto ciò che il sistema conserva su di te. Il file dati.json contiene le stesse cose in una forma leggibile dai "
	"programmi, e gli attestati sono qui accanto in PDF. Delle prove ci sono le tue risposte, non le domande; le risposte ai "
	"questionari di qualità sono anonime e non si possono ritrovare.</p>";

/* "nome_utente" → "nome utente" */
static void add_name(GString *page, const char *name)
{
	g_autofree char *words = g_strdelimit(g_strdup(name), "_", ' ');
	g_autofree char *safe = g_markup_escape_text(words, -1);
	g_string_append(page, safe);
}

static void add_value(GString *page, const json_t *value)
{
	if (json_is_null(value) || !value) {
		g_string_append(page, "–");
		return;
	}
	char *text = json_is_string(value) ? g_strdup(json_string_value(value)) : NULL;
	if (!text) {
		char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
		text = g_strdup(dumped);
		free(dumped);
	}
	g_autofree char *safe = g_markup_escape_text(text, -1);
	g_string_append(page, safe);
	g_free(text);
}

static void add_table(GString *page, const json_t *rows)
{
	size_t i;
	const char *name;
	json_t *row, *value;
	g_string_append(page, "<div tabindex=\"0\"><table><thead><tr>");
	json_object_foreach(json_array_get(rows, 0), name, value)
	{
		g_string_append(page, "<th scope=\"col\">");
		add_name(page, name);
	}
	g_string_append(page, "</tr></thead><tbody>");
	json_array_foreach((json_t *)rows, i, row)
	{
		g_string_append(page, "<tr>");
		json_object_foreach(row, name, value)
		{
			g_string_append(page, "<td>");
			add_value(page, value);
		}
	}
	g_string_append(page, "</tbody></table></div>\n");
}

/* A member that may be missing: every row has the same columns. */
static json_t *or_null(json_t *row, const char *name)
{
	json_t *value = json_object_get(row, name);
	return value ? json_incref(value) : json_null();
}

/* The calls of all increments under one another. */
static void add_recordings(GString *page, const json_t *rows)
{
	json_t *calls = json_array();
	size_t i, k;
	json_t *row, *call;
	json_array_foreach((json_t *)rows, i, row)
	{
		json_array_foreach(json_object_get(row, "registrazione"), k, call)
		{
			if (json_array_size(calls) >= CALLS_SHOWN) {
				break;
			}
			json_array_append_new(calls,
				json_pack("{s:o, s:o, s:o, s:o, s:o}", "tentativo", or_null(row, "tentativo"), "quando",
					or_null(call, "quando"), "che_cosa", or_null(call, "che_cosa"), "elemento",
					or_null(call, "elemento"), "valore", or_null(call, "valore")));
		}
	}
	if (json_array_size(calls) >= CALLS_SHOWN) {
		g_string_append(page, "<p>Qui ci sono le prime; tutte sono in dati.json.</p>");
	}
	add_table(page, calls);
	json_decref(calls);
}

char *personal_page(const json_t *data)
{
	GString *page = g_string_new(head);
	size_t count;
	const struct personal_section *sections = personal_sections(&count);
	for (size_t i = 0; i < count; i++) {
		const json_t *rows = json_object_get(data, sections[i].name);
		g_autofree char *title = g_markup_escape_text(sections[i].title, -1);
		g_string_append_printf(page, "<h2>%s</h2>", title);
		if (json_array_size(rows) == 0) {
			g_string_append(page, "<p>Niente.</p>");
		} else if (strcmp(sections[i].name, "registrazioni") == 0) {
			add_recordings(page, rows);
		} else {
			add_table(page, rows);
		}
	}
	g_string_append(page, "</body></html>\n");
	return g_string_free(page, FALSE);
}
