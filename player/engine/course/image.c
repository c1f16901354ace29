/* Writing and opening course images. */
#include "player/engine/course/image.h"
#include "player/engine/bytes.h"
#include "player/engine/course/image_internal.h"
#include "player/engine/limits.h"
#include "player/engine/text.h"

#define IMAGE_VERSION 1
#define HEAD_SIZE (4 + 1 + 8)

static const char magic[4] = {'F', 'A', 'D', 'C'};

/* --- Writing --- */

static void write_body(struct byte_writer *writer, const struct course *course)
{
	const struct codec codec = {.writer = writer};
	struct course head = *course;
	image_code_head(&codec, &head);
	/* The walk takes mutable members because it also reads; writing goes over a copy of each. */
	for (uint32_t i = 0; i < course->activity_count; i++) {
		struct activity copy = course->activities[i];
		image_code_activity(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->rule_count; i++) {
		struct sequencing_rule copy = course->rules[i];
		image_code_rule(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->rollup_rule_count; i++) {
		struct rollup_rule copy = course->rollup_rules[i];
		image_code_rollup_rule(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->condition_count; i++) {
		struct condition copy = course->conditions[i];
		image_code_condition(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		struct objective copy = course->objectives[i];
		image_code_objective(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->map_count; i++) {
		struct objective_map copy = course->maps[i];
		image_code_map(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->shared_data_count; i++) {
		struct shared_data_map copy = course->shared_data[i];
		image_code_shared_data(&codec, &copy);
	}
}

size_t image_write(const struct course *course, void *buffer, size_t room)
{
	if (!image_is_sound(course)) {
		return 0;
	}
	unsigned char *bytes = buffer;
	size_t body_room = room > HEAD_SIZE ? room - HEAD_SIZE : 0;
	struct byte_writer body = {.at = body_room ? bytes + HEAD_SIZE : bytes, .room = body_room};
	write_body(&body, course);
	if (body.used > LIMIT_IMAGE_BYTES - HEAD_SIZE) {
		return 0;
	}
	if (body.used <= body_room) {
		struct byte_writer head = {.at = bytes, .room = HEAD_SIZE};
		put_raw(&head, magic, sizeof(magic));
		put_byte(&head, IMAGE_VERSION);
		put_fixed64(&head, bytes_hash((struct span){(char *)bytes + HEAD_SIZE, (uint32_t)body.used}));
	}
	return HEAD_SIZE + body.used;
}

/* --- Opening --- */

static bool open_head(struct span image, struct byte_reader *reader, struct course *course)
{
	*reader = byte_reader_of(image);
	struct span name = get_raw(reader, sizeof(magic));
	unsigned char version = get_byte(reader);
	uint64_t hash = get_fixed64(reader);
	if (reader->failed || image.len > LIMIT_IMAGE_BYTES || memcmp(name.at, magic, sizeof(magic)) != 0 ||
		version != IMAGE_VERSION || hash != bytes_hash(span_from(image, HEAD_SIZE))) {
		return false;
	}
	*course = (struct course){0};
	const struct codec codec = {.reader = reader};
	image_code_head(&codec, course);
	/* A member takes at least a byte, so a small image cannot claim a large array. */
	uint64_t members = (uint64_t)course->activity_count + course->rule_count + course->rollup_rule_count +
			   course->condition_count + course->objective_count + course->map_count +
			   course->shared_data_count;
	return !reader->failed && course->activity_count > 0 && members <= reader->left;
}

bool image_open_head(struct span image, struct course *ret)
{
	struct byte_reader unused;
	struct course head;
	if (!open_head(image, &unused, &head)) {
		return false;
	}
	*ret = head;
	return true;
}

/* A block in which every array has room for its alignment. */
size_t image_arrays_size(const struct course *head)
{
	return 7 * 16 + head->activity_count * sizeof(struct activity) +
	       head->rule_count * sizeof(struct sequencing_rule) +
	       head->rollup_rule_count * sizeof(struct rollup_rule) +
	       head->condition_count * sizeof(struct condition) +
	       head->objective_count * sizeof(struct objective) +
	       head->map_count * sizeof(struct objective_map) +
	       head->shared_data_count * sizeof(struct shared_data_map);
}

size_t image_arena_size(struct span image)
{
	struct course head;
	return image_open_head(image, &head) ? image_arrays_size(&head) : 0;
}

static bool read_arrays(const struct codec *codec, struct arena *arena, struct course *course)
{
	const size_t align = _Alignof(max_align_t);
	struct activity *activities =
		arena_take_array(arena, course->activity_count, sizeof(struct activity), align);
	struct sequencing_rule *rules =
		arena_take_array(arena, course->rule_count, sizeof(struct sequencing_rule), align);
	struct rollup_rule *rollup_rules =
		arena_take_array(arena, course->rollup_rule_count, sizeof(struct rollup_rule), align);
	struct condition *conditions =
		arena_take_array(arena, course->condition_count, sizeof(struct condition), align);
	struct objective *objectives =
		arena_take_array(arena, course->objective_count, sizeof(struct objective), align);
	struct objective_map *maps =
		arena_take_array(arena, course->map_count, sizeof(struct objective_map), align);
	struct shared_data_map *shared_data =
		arena_take_array(arena, course->shared_data_count, sizeof(struct shared_data_map), align);
	if (arena->exhausted) {
		return false;
	}
	for (uint32_t i = 0; i < course->activity_count; i++) {
		image_code_activity(codec, &activities[i]);
	}
	for (uint32_t i = 0; i < course->rule_count; i++) {
		image_code_rule(codec, &rules[i]);
	}
	for (uint32_t i = 0; i < course->rollup_rule_count; i++) {
		image_code_rollup_rule(codec, &rollup_rules[i]);
	}
	for (uint32_t i = 0; i < course->condition_count; i++) {
		image_code_condition(codec, &conditions[i]);
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		image_code_objective(codec, &objectives[i]);
	}
	for (uint32_t i = 0; i < course->map_count; i++) {
		image_code_map(codec, &maps[i]);
	}
	for (uint32_t i = 0; i < course->shared_data_count; i++) {
		image_code_shared_data(codec, &shared_data[i]);
	}
	course->activities = activities;
	course->rules = rules;
	course->rollup_rules = rollup_rules;
	course->conditions = conditions;
	course->objectives = objectives;
	course->maps = maps;
	course->shared_data = shared_data;
	return !codec->reader->failed && codec->reader->left == 0;
}

/* From the last to the first, each activity puts itself before its parent's children found so far. */
static void link_children(struct activity *activities, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		activities[i].first_child = NO_INDEX;
		activities[i].next_sibling = NO_INDEX;
	}
	for (uint32_t i = count - 1; i > 0; i--) {
		struct activity *parent = &activities[activities[i].parent];
		activities[i].next_sibling = parent->first_child;
		parent->first_child = i;
	}
}

bool image_open(struct span image, struct arena *arena, struct course *ret)
{
	struct byte_reader reader;
	struct course course;
	if (!open_head(image, &reader, &course)) {
		return false;
	}
	const struct codec codec = {.reader = &reader};
	if (!read_arrays(&codec, arena, &course) || !image_is_sound(&course)) {
		return false;
	}
	link_children((struct activity *)course.activities, course.activity_count);
	*ret = course;
	return true;
}
