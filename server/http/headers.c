#include "server/http/headers.h"

/* The application: its own files and nothing else; nobody frames it. */
static const char application_policy[] = "default-src 'self'; img-src 'self' data:; font-src 'self' data:; "
					 "style-src 'self' 'unsafe-inline'; object-src 'none'; "
					 "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/*
 * The player page: our own script and WebAssembly; the course in a frame of the same origin. Scripts come from
 * /player/ alone: the files of courses are of the same origin, and a course may write into this page.
 */
static const char player_policy[] =
	"default-src 'self'; script-src %s/player/ 'wasm-unsafe-eval'; worker-src 'none'; img-src 'self' data:; "
	"style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-src 'self'; "
	"frame-ancestors 'none'";

/*
 * A course is somebody else's code: inline scripts and eval() are how they are written. It may show media
 * of other https hosts, but sends what the learner does nowhere but here.
 */
#define COURSE_SOURCES "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
#define COURSE_REST                                                                                          \
	"; img-src 'self' data: blob: https:; "                                                              \
	"media-src 'self' data: blob: https:; font-src 'self' data: https:; frame-src 'self' data: blob: "   \
	"https:; "                                                                                           \
	"connect-src 'self' data: blob:; form-action 'self'; frame-ancestors 'self'"
static const char course_policy[] = COURSE_SOURCES COURSE_REST;

char *headers_course_policy(const char *hosts)
{
	g_autoptr(GString) policy = g_string_new(COURSE_SOURCES);
	g_auto(GStrv) names = g_strsplit(hosts, " ", -1);
	for (char **name = names; *name != NULL; name++) {
		if (**name != '\0') {
			g_string_append_printf(policy, " https://%s", *name);
		}
	}
	g_string_append(policy, COURSE_REST);
	return g_string_free(g_steal_pointer(&policy), FALSE);
}

static bool has_header(const struct reply *reply, const char *name)
{
	for (guint i = 0; i + 1 < reply->headers->len; i += 2) {
		if (g_ascii_strcasecmp(reply->headers->pdata[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static void add(struct reply *reply, const char *name, const char *value)
{
	if (!has_header(reply, name)) {
		reply_header(reply, name, value);
	}
}

void headers_add(struct reply *reply, enum http_origin origin, const char *address, bool course_content)
{
	g_autofree char *player = g_strdup_printf(player_policy, address);
	const char *policy = origin == ORIGIN_APPLICATION ? application_policy
			     : course_content             ? course_policy
							  : player;
	add(reply, "Content-Security-Policy", policy);
	add(reply, "X-Content-Type-Options", "nosniff");
	/* The path of the content origin holds a token: it goes to no other host. */
	add(reply, "Referrer-Policy", "same-origin");
	/* Courses report their last words in unload; browsers are about to switch it off by default. */
	add(reply, "Permissions-Policy", "unload=(self)");
	/*
	 * No window that a course opened reaches the page that comes after its own in the same tab, nor does a page
	 * that the application opened reach back. A course's pop-ups keep their opener: some look for the API there.
	 */
	if (!course_content) {
		add(reply, "Cross-Origin-Opener-Policy",
			origin == ORIGIN_APPLICATION ? "same-origin" : "same-origin-allow-popups");
	}
	add(reply, "Cross-Origin-Resource-Policy", "same-origin");
	if (origin == ORIGIN_APPLICATION) {
		add(reply, "X-Frame-Options", "DENY");
	}
	add(reply, "Cache-Control", "no-store");
}
