/*
 * The table of all routes, and what is served where no route fits.
 */
#ifndef SERVER_ROUTES_H
#define SERVER_ROUTES_H

#include "server/http/request.h"

/* One table a subject. Add yours here and to the list in routes.c. */
extern const struct route placement_take_routes[], placement_bank_routes[], bank_export_routes[], bank_parameters_routes[], item_media_routes[],
	placement_act_routes[],
	placement_adaptive_routes[], placement_record_routes[];
extern const struct route ecm_credits_routes[], ecm_eligibility_routes[], ecm_event_routes[], ecm_export_routes[], ecm_compare_routes[], ecm_people_routes[], ecm_person_data_routes[], ecm_staff_routes[], ecm_progress_routes[], ecm_progress_people_routes[];
extern const struct route final_take_routes[], final_provider_routes[], quality_routes[], standard_routes[], calibration_routes[];
extern const struct route campaign_routes[], mail_relay_routes[], mail_stop_routes[], mail_template_routes[];
extern const struct route class_candidate_routes[], class_group_routes[], class_me_routes[], class_people_routes[], class_person_routes[], class_place_list_routes[],
	class_register_routes[], class_result_list_routes[], class_result_routes[], class_whole_register_routes[], class_session_routes[], class_teacher_routes[], class_venue_routes[];
extern const struct route certificate_me_routes[], certificate_provider_routes[], certificate_event_routes[], certificate_verify_routes[];
extern const struct route privacy_routes[];
extern const struct route session_routes[], users_routes[], admin_routes[], course_routes[], path_routes[],
	launch_routes[], import_routes[], look_routes[], play_routes[], content_routes[], publish_routes[], version_routes[];

/* Static files; any other path of the application is a page of its own, so: index.html. */
void routes_static(struct request *request, struct reply *reply);

#endif
