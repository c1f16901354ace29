/* What differs between two manifests: organizations, then activity by activity, each part in words. */
#include <string.h>

#include "packages/diff/parts.h"

static char *text_of(struct span span)
{
	return g_strndup(span.at ? span.at : "", span.len);
}

static bool equal(struct span one, struct span two)
{
	return one.len == two.len && (one.len == 0 || memcmp(one.at, two.at, one.len) == 0);
}

static json_t *text_json(const char *text)
{
	return text ? json_string(text) : json_null();
}

static void note_change(json_t *list, const char *what, const char *group, const char *from, const char *to)
{
	if (g_strcmp0(from, to) != 0) {
		json_t *one = json_pack(
			"{s:s, s:o, s:o}", "what", what, "from", text_json(from), "to", text_json(to));
		if (group) {
			json_object_set_new(one, "group", json_string(group));
		}
		json_array_append_new(list, one);
	}
}

/* One organization's activities, to be found by identifier. */
struct side {
	const struct course *course;
	GHashTable *index; /* identifier → index + 1 */
	uint32_t *matches; /* of each activity, its counterpart's index; NO_INDEX: none */
	uint32_t *places;  /* among those children of its parent that the other side has too */
};

static void side_init(struct side *side, const struct course *course)
{
	uint32_t count = course->activity_count;
	*side = (struct side){
		.course = course, .index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	side->matches = g_new(uint32_t, MAX(count, 1));
	side->places = g_new0(uint32_t, MAX(count, 1));
	for (uint32_t i = count; i-- > 0;) {
		side->matches[i] = NO_INDEX;
		g_hash_table_replace(
			side->index, text_of(course->activities[i].identifier), GUINT_TO_POINTER(i + 1));
	}
}

static void side_finish(struct side *side)
{
	g_hash_table_unref(side->index);
	g_free(side->matches);
	g_free(side->places);
}

static void match(struct side *from, uint32_t one, struct side *to, uint32_t two)
{
	from->matches[one] = two;
	to->matches[two] = one;
}

/* What an activity without a counterpart of its name is known by: its address, a cluster by its title. */
static char *likeness(const struct activity *activity)
{
	return activity->href.len > 0
		       ? text_of(activity->href)
		       : g_strdup_printf("\n%.*s", (int)activity->title.len, activity->title.at);
}

static void match_by_identifier(struct side *from, struct side *to)
{
	/* The roots are each other's, whatever they are called. */
	match(from, 0, to, 0);
	for (uint32_t i = 1; i < from->course->activity_count; i++) {
		g_autofree char *identifier = text_of(from->course->activities[i].identifier);
		uint32_t found = GPOINTER_TO_UINT(g_hash_table_lookup(to->index, identifier));
		if (found > 1 && to->matches[found - 1] == NO_INDEX) {
			match(from, i, to, found - 1);
		}
	}
}

/* Tools give new identifiers at every publication: then what opens the same address is the same. */
static void match_by_likeness(struct side *from, struct side *to)
{
	g_autoptr(GHashTable) alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (uint32_t i = to->course->activity_count; i-- > 1;) {
		if (to->matches[i] == NO_INDEX) {
			g_hash_table_replace(
				alike, likeness(&to->course->activities[i]), GUINT_TO_POINTER(i));
		}
	}
	for (uint32_t i = 1; i < from->course->activity_count; i++) {
		g_autofree char *key = likeness(&from->course->activities[i]);
		uint32_t found = GPOINTER_TO_UINT(g_hash_table_lookup(alike, key));
		if (from->matches[i] == NO_INDEX && found > 0) {
			match(from, i, to, found);
			g_hash_table_remove(alike, key);
		}
	}
}

static void count_places(struct side *side)
{
	g_autofree uint32_t *children = g_new0(uint32_t, MAX(side->course->activity_count, 1));
	for (uint32_t i = 1; i < side->course->activity_count; i++) {
		if (side->matches[i] != NO_INDEX) {
			side->places[i] = ++children[side->course->activities[i].parent];
		}
	}
}

static void compare_place(json_t *changes, const struct side *from, uint32_t one, const struct side *to)
{
	uint32_t two = from->matches[one];
	uint32_t before = from->course->activities[one].parent, after = to->course->activities[two].parent;
	if (from->matches[before] != after) {
		g_autofree char *here = text_of(from->course->activities[before].title);
		g_autofree char *there = text_of(to->course->activities[after].title);
		note_change(changes, "parent", "place", here, there);
	} else if (from->places[one] != to->places[two]) {
		g_autofree char *was = g_strdup_printf("%u", from->places[one]);
		g_autofree char *is = g_strdup_printf("%u", to->places[two]);
		note_change(changes, "position", "place", was, is);
	}
}

static json_t *compare_activity(const struct side *from, uint32_t one, const struct side *to)
{
	const struct activity *before = &from->course->activities[one];
	const struct activity *after = &to->course->activities[from->matches[one]];
	json_t *changes = json_array();
	g_autofree char *was = text_of(before->title), *is = text_of(after->title);
	note_change(changes, "title", "title", was, is);
	if (one > 0) {
		g_autofree char *old = text_of(before->identifier), *new = text_of(after->identifier);
		note_change(changes, "identifier", "title", old, new);
		compare_place(changes, from, one, to);
	}
	for (unsigned i = 0; i < activity_part_count; i++) {
		const struct activity_part *part = &activity_parts[i];
		g_autofree char *then = part->describe(from->course, before);
		g_autofree char *now = part->describe(to->course, after);
		note_change(changes, part->what, part->group, then, now);
	}
	return changes;
}

static void note_activity(
	json_t *list, const struct course *course, uint32_t index, const char *change, json_t *take)
{
	const struct activity *activity = &course->activities[index];
	g_autofree char *organization = text_of(course->organization);
	g_autofree char *identifier = text_of(activity->identifier), *title = text_of(activity->title);
	json_array_append_new(
		list, json_pack("{s:s, s:s, s:s, s:s, s:o}", "change", change, "organization", organization,
			      "identifier", identifier, "title", title, "changes", take));
}

static void list_activities(json_t *list, const struct side *from, const struct side *to)
{
	for (uint32_t i = 0; i < from->course->activity_count; i++) {
		if (from->matches[i] == NO_INDEX) {
			note_activity(list, from->course, i, "removed", json_array());
			continue;
		}
		json_t *changes = compare_activity(from, i, to);
		if (json_array_size(changes) > 0) {
			note_activity(list, to->course, from->matches[i], "changed", changes);
		} else {
			json_decref(changes);
		}
	}
	for (uint32_t i = 0; i < to->course->activity_count; i++) {
		if (to->matches[i] == NO_INDEX) {
			note_activity(list, to->course, i, "added", json_array());
		}
	}
}

static void compare_courses(json_t *list, const struct course *before, const struct course *after)
{
	struct side from, to;
	side_init(&from, before);
	side_init(&to, after);
	match_by_identifier(&from, &to);
	match_by_likeness(&from, &to);
	count_places(&from);
	count_places(&to);
	list_activities(list, &from, &to);
	side_finish(&from);
	side_finish(&to);
}

static const struct course *organization_like(const struct diff_side *side, const struct course *wanted)
{
	for (uint32_t i = 0; i < side->course_count; i++) {
		if (equal(side->courses[i].organization, wanted->organization)) {
			return &side->courses[i];
		}
	}
	/* A course of one organization compares with a course of one organization. */
	return side->course_count == 1 ? &side->courses[0] : NULL;
}

static void compare_organizations(
	json_t *course, json_t *activities, const struct diff_side *from, const struct diff_side *to)
{
	for (uint32_t i = 0; i < from->course_count; i++) {
		const struct course *before = &from->courses[i], *after = organization_like(to, before);
		if (!after) {
			g_autofree char *was = text_of(before->title);
			note_change(course, "organization", NULL, was, NULL);
			continue;
		}
		note_change(course, "objectives_global_to_system", NULL,
			before->objectives_global_to_system ? "true" : "false",
			after->objectives_global_to_system ? "true" : "false");
		note_change(course, "shared_data_global_to_system", NULL,
			before->shared_data_global_to_system ? "true" : "false",
			after->shared_data_global_to_system ? "true" : "false");
		compare_courses(activities, before, after);
	}
	for (uint32_t i = 0; i < to->course_count; i++) {
		if (!organization_like(from, &to->courses[i])) {
			g_autofree char *is = text_of(to->courses[i].title);
			note_change(course, "organization", NULL, NULL, is);
		}
	}
}

static const char *default_of(const struct package *package)
{
	return package->default_organization < package->organization_count
		       ? package->organizations[package->default_organization].identifier
		       : NULL;
}

json_t *diff_manifest(const struct diff_side *from, const struct diff_side *to)
{
	json_t *course = json_array(), *activities = json_array();
	const struct package *before = from->package, *after = to->package;
	note_change(course, "title", NULL, before->title, after->title);
	note_change(course, "identifier", NULL, before->identifier, after->identifier);
	note_change(course, "edition", NULL, edition_code(before->edition), edition_code(after->edition));
	note_change(course, "language", NULL, before->language, after->language);
	if (before->organization_count > 1 || after->organization_count > 1) {
		note_change(course, "default_organization", NULL, default_of(before), default_of(after));
	}
	compare_organizations(course, activities, from, to);
	return json_pack("{s:o, s:o}", "course", course, "activities", activities);
}
