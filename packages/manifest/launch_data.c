/* What adlcp and adlnav say of an item: launch data, threshold, shared data, hidden controls (CAM 3.4.1.9, 5.3). */
#include "packages/manifest/reader.h"

static void read_threshold(struct reader *reader, const xmlNode *item, struct activity *activity)
{
	const xmlNode *at = element_child(item, FAMILY_ADLCP, "completionThreshold");
	if (!at) {
		return;
	}
	/* Until the 3rd Edition the element's text was the threshold; the 4th has attributes. */
	g_autofree char *text = g_strstrip(element_text(at));
	if (*text &&
		value_real(reader, at, "completionThreshold", text, 0, 1, &activity->min_progress_measure)) {
		activity->completed_by_measure = true;
	}
	reader_real(reader, at, "minProgressMeasure", 0, 1, &activity->min_progress_measure);
	reader_real(reader, at, "progressWeight", 0, 1, &activity->progress_weight);
	reader_bool(reader, at, "completedByMeasure", &activity->completed_by_measure);
}

static void read_hidden_controls(struct reader *reader, const xmlNode *item, struct activity *activity)
{
	static const char *const words[] = {
		"previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"};
	const xmlNode *presentation = element_child(item, FAMILY_ADLNAV, "presentation");
	const xmlNode *interface = element_child(presentation, FAMILY_ADLNAV, "navigationInterface");
	for (const xmlNode *at = element_child(interface, FAMILY_ADLNAV, "hideLMSUI"); at;
		at = element_next(at, FAMILY_ADLNAV, "hideLMSUI")) {
		g_autofree char *text = element_text(at);
		uint32_t word = 0;
		if (value_word(reader, at, "hideLMSUI", text, words, G_N_ELEMENTS(words), &word)) {
			activity->hide_lms_ui |= 1u << word;
		} else {
			reader_find(reader, VALUE_BAD, at, text, "hideLMSUI");
		}
	}
}

static void read_shared_data(struct builder *builder, const xmlNode *item, struct activity *activity)
{
	struct reader *reader = builder->reader;
	const xmlNode *data = element_child(item, FAMILY_ADLCP, "data");
	activity->first_shared_data = builder->shared_data->len;
	for (const xmlNode *at = element_child(data, FAMILY_ADLCP, "map"); at;
		at = element_next(at, FAMILY_ADLCP, "map")) {
		struct shared_data_map map = {.read = true, .write = true};
		map.target = reader_attribute(reader, at, "targetID");
		reader_bool(reader, at, "readSharedData", &map.read);
		reader_bool(reader, at, "writeSharedData", &map.write);
		if (map.target.len > 0 && manifest_part(builder, at)) {
			g_array_append_val(builder->shared_data, map);
			activity->shared_data_count++;
		}
	}
}

/* adlcp:datafromlms, masteryscore, maxtimeallowed, prerequisites (SCORM 1.2), dataFromLMS, timeLimitAction */
static void read_launch_data(struct reader *reader, const xmlNode *item, struct activity *activity)
{
	static const char *const actions[] = {
		[TIME_LIMIT_CONTINUE_NO_MESSAGE] = "continue,no message",
		[TIME_LIMIT_CONTINUE_MESSAGE] = "continue,message",
		[TIME_LIMIT_EXIT_NO_MESSAGE] = "exit,no message",
		[TIME_LIMIT_EXIT_MESSAGE] = "exit,message",
	};
	for (const xmlNode *at = element_first(item); at; at = element_following(at)) {
		const char *name = element_name(at);
		g_autofree char *text = NULL;
		if (g_ascii_strcasecmp(name, "dataFromLMS") == 0) {
			activity->data_from_lms = reader_text(reader, at, false);
		} else if (g_ascii_strcasecmp(name, "prerequisites") == 0) {
			activity->prerequisites = reader_text(reader, at, false);
		} else if (g_ascii_strcasecmp(name, "masteryscore") == 0) {
			text = g_strstrip(element_text(at));
			if (*text && value_real(reader, at, name, text, 0, 100, &activity->mastery_score)) {
				activity->has_mastery_score = true;
			}
		} else if (g_ascii_strcasecmp(name, "maxtimeallowed") == 0) {
			text = g_strstrip(element_text(at));
			activity->has_max_time =
				*text && (parse_timespan(text, &activity->max_time_cs) ||
						 parse_duration(text, &activity->max_time_cs));
			if (*text && !activity->has_max_time) {
				reader_find(reader, VALUE_BAD, at, text, name);
			}
		} else if (g_ascii_strcasecmp(name, "timelimitaction") == 0) {
			text = g_strstrip(element_text(at));
			uint32_t action = TIME_LIMIT_CONTINUE_NO_MESSAGE;
			if (value_word(reader, at, name, text, actions, G_N_ELEMENTS(actions), &action)) {
				activity->time_limit_action = (enum time_limit_action)action;
			} else if (*text) {
				reader_find(reader, VALUE_BAD, at, text, name);
			}
		}
	}
}

void manifest_launch_data(struct builder *builder, const xmlNode *element, struct activity *activity)
{
	read_threshold(builder->reader, element, activity);
	read_hidden_controls(builder->reader, element, activity);
	read_shared_data(builder, element, activity);
	read_launch_data(builder->reader, element, activity);
}
