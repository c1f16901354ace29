#include "server/routes.h"

#include <string.h>

#include "server/app.h"

const struct route *const all_routes[] = {
	placement_take_routes,
	campaign_routes,
	class_candidate_routes,
	class_group_routes,
	class_me_routes,
	class_people_routes,
	class_person_routes,
	class_place_list_routes,
	class_register_routes,
	class_result_list_routes,
	class_result_routes,
	class_whole_register_routes,
	class_session_routes,
	class_teacher_routes,
	class_venue_routes,
	mail_relay_routes,
	mail_stop_routes,
	mail_template_routes,
	certificate_me_routes,
	certificate_provider_routes,
	certificate_event_routes,
	certificate_verify_routes,
	final_take_routes,
	final_provider_routes,
	quality_routes,
	standard_routes,
	calibration_routes,
	placement_bank_routes,
	bank_export_routes,
	bank_parameters_routes,
	item_media_routes,
	placement_act_routes,
	placement_adaptive_routes,
	placement_record_routes,
	ecm_credits_routes, ecm_eligibility_routes, ecm_event_routes,
	ecm_export_routes, ecm_compare_routes,
	ecm_people_routes,
	ecm_person_data_routes,
	ecm_progress_routes, ecm_progress_people_routes,
	privacy_routes,
	ecm_staff_routes,
	session_routes,
	users_routes,
	admin_routes,
	course_routes, import_routes,
	path_routes,
	publish_routes,
	version_routes,
	launch_routes,
	look_routes,
	play_routes,
	content_routes,
	NULL,
};

static bool asset(struct request *request, struct reply *reply, const char *folder, size_t skip)
{
	g_autofree char *path = g_strndup(request->path + skip, strcspn(request->path + skip, "?#"));
	g_autofree char *name = g_strconcat(folder, path, NULL);
	return assets_answer(request->app->assets, name, request, reply);
}

static void application(struct request *request, struct reply *reply)
{
	bool api = strncmp(request->path, "/api/", 5) == 0;
	if (api || asset(request, reply, "app", 0)) {
		return;
	}
	if (strncmp(request->path, "/assets/", 8) != 0) {
		assets_answer(request->app->assets, "app/index.html", request, reply);
	}
}

static void content(struct request *request, struct reply *reply)
{
	if (strncmp(request->path, "/player/", 8) == 0) {
		asset(request, reply, "player", 7);
	} else if (strcmp(request->path, "/") == 0) {
		/* Somebody who came here by hand, or whose launch has expired, wants the application. */
		g_autofree char *to =
			g_strdup_printf("%s/", http_origin(request->app->http, ORIGIN_APPLICATION));
		reply_header(reply, "Location", to);
		reply_empty(reply, 302);
	}
}

void routes_static(struct request *request, struct reply *reply)
{
	if (request->origin == ORIGIN_APPLICATION) {
		application(request, reply);
	} else {
		content(request, reply);
	}
}
