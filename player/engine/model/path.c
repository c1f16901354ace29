/* Finding an element by its path: the path with its numbers replaced by "n" is looked up in a hash table. */
#include "player/engine/model/model.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

#define PATH_SIZE 96 /* longer than any row's path */

/* A path as the tables have it, with the numbers that stood in it. */
struct pattern {
	char text[PATH_SIZE];
	uint32_t length;
	uint32_t index[2];
	uint32_t indices;
	uint32_t hash;
};

#define HASH_START 2166136261u

static uint32_t hash_with(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 16777619u;
}

/* Of a path as the tables have it. */
static struct pattern pattern_of_row(struct span path)
{
	struct pattern pattern = {.length = path.len, .hash = HASH_START};
	for (uint32_t i = 0; i < path.len; i++) {
		pattern.text[i] = path.at[i];
		pattern.hash = hash_with(pattern.hash, path.at[i]);
	}
	return pattern;
}

/* A part that begins with a digit; false for what can be no index. A number too large is behind any
 * collection's end. */
static bool take_index(struct pattern *pattern, struct span part)
{
	if (pattern->indices == 2) {
		return false;
	}
	for (uint32_t i = 0; i < part.len; i++) {
		if (!is_digit(part.at[i])) {
			return false;
		}
	}
	uint32_t number;
	pattern->index[pattern->indices++] = number_parse_index(part, &number) ? number : UINT32_MAX;
	return true;
}

static uint32_t part_length(struct span path, uint32_t start)
{
	uint32_t end = start;
	while (end < path.len && path.at[end] != '.') {
		end++;
	}
	return end - start;
}

/* Of a path as a SCO writes it; false for what can be no path of a table. The commonest thing a course makes the
 * engine do: length and hash stay in registers. */
static bool pattern_of(struct span path, struct pattern *pattern)
{
	uint32_t hash = HASH_START, length = 0, start = 0;
	pattern->indices = 0;
	for (;;) {
		struct span part = {path.at + start, part_length(path, start)};
		bool index = part.len > 0 && is_digit(part.at[0]);
		if (index) {
			if (!take_index(pattern, part)) {
				return false;
			}
			part = SPAN("n");
		} else if (part.len == 0 || (part.len == 1 && part.at[0] == 'n')) {
			return false;
		}
		if (part.len >= PATH_SIZE - length) {
			return false;
		}
		for (uint32_t i = 0; i < part.len; i++) {
			pattern->text[length + i] = part.at[i];
			hash = hash_with(hash, part.at[i]);
		}
		length += part.len;
		start += index ? part_length(path, start) : part.len;
		if (start == path.len) {
			break;
		}
		pattern->text[length++] = '.';
		hash = hash_with(hash, '.');
		start++;
	}
	pattern->length = length;
	pattern->hash = hash;
	return true;
}

static uint32_t find_row(const struct model_index *index, const struct pattern *pattern)
{
	const struct span path = {pattern->text, pattern->length};
	uint32_t slot = (pattern->hash ^ pattern->hash >> 16) & 0xff;
	for (uint32_t row; (row = index->slots[slot]) != 0; slot = (slot + 1) & 0xff) {
		if (span_equal(index->model->elements[row].path, path)) {
			return row;
		}
	}
	return 0;
}

/* Of two rows of one path the first that the edition has counts. */
void model_index_init(struct model_index *index, enum scorm_edition edition)
{
	*index = (struct model_index){
		.model = edition == SCORM_12 ? &model_12 : &model_2004,
		.edition = edition,
	};
	for (uint32_t row = 1; row < index->model->count; row++) {
		const struct element *element = &index->model->elements[row];
		if (edition < element->since) {
			continue;
		}
		struct pattern pattern = pattern_of_row(element->path);
		if (find_row(index, &pattern) == 0) {
			uint32_t slot = (pattern.hash ^ pattern.hash >> 16) & 0xff;
			while (index->slots[slot] != 0) {
				slot = (slot + 1) & 0xff;
			}
			index->slots[slot] = (uint8_t)row;
		}
	}
}

/* Is some row below this path? "cmi" and "cmi.objectives.n" are such. */
static bool is_category(const struct model_index *index, struct span path)
{
	for (uint32_t row = 1; row < index->model->count; row++) {
		const struct element *element = &index->model->elements[row];
		if (index->edition >= element->since && element->path.len > path.len &&
			element->path.at[path.len] == '.' && span_starts(element->path, path)) {
			return true;
		}
	}
	return false;
}

/* The keyword at the end of a path, without its dot; empty when there is none. */
static struct span keyword_of(struct span path)
{
	for (uint32_t i = path.len; i > 0; i--) {
		if (path.at[i - 1] == '.') {
			struct span last = span_from(path, i);
			return span_starts(last, SPAN("_")) ? last : SPAN("");
		}
	}
	return SPAN("");
}

static enum path_verdict why_not(const struct model_index *index, const struct pattern *pattern)
{
	struct span path = {pattern->text, pattern->length};
	if (is_category(index, path)) {
		return PATH_CATEGORY;
	}
	struct span keyword = keyword_of(path);
	if (keyword.len == 0) {
		return PATH_UNKNOWN;
	}
	struct span owner = span_first(path, path.len - keyword.len - 1);
	struct pattern owner_pattern = pattern_of_row(owner);
	bool known = is_category(index, owner) || find_row(index, &owner_pattern) != 0;
	if (!known) {
		return PATH_UNKNOWN;
	}
	if (span_equal(keyword, SPAN("_children"))) {
		return PATH_NO_CHILDREN;
	}
	if (span_equal(keyword, SPAN("_count"))) {
		return PATH_NO_COUNT;
	}
	return span_equal(keyword, SPAN("_version")) ? PATH_NO_VERSION : PATH_UNKNOWN;
}

/* "adl.nav.request_valid.choice.{target=a.b}": what stands in braces is no path. */
static struct span take_target(struct span path, struct span *ret_target)
{
	uint32_t brace = span_find(path, SPAN(".{target="));
	if (brace == SPAN_NOT_FOUND || path.at[path.len - 1] != '}') {
		*ret_target = SPAN("");
		return path;
	}
	struct span target = span_from(path, brace + 9);
	*ret_target = span_first(target, target.len - 1);
	return span_first(path, brace);
}

enum path_verdict model_find(const struct model_index *index, struct span path, struct element_place *ret)
{
	struct element_place place = {.target = SPAN("")};
	if (span_starts(path, SPAN("adl.nav.request_valid."))) {
		path = take_target(path, &place.target);
	}
	struct pattern pattern;
	if (!pattern_of(path, &pattern)) {
		return PATH_UNKNOWN;
	}
	uint32_t row = find_row(index, &pattern);
	if (row == 0) {
		return why_not(index, &pattern);
	}
	const struct element *element = &index->model->elements[row];
	bool targeted = element->source == SOURCE_REQUEST_VALID_TARGET;
	if (targeted != (place.target.len > 0)) {
		return targeted ? PATH_CATEGORY : PATH_UNKNOWN;
	}
	place.element = element;
	place.number = row;
	place.n = pattern.indices > 0 ? pattern.index[0] : 0;
	place.m = pattern.indices > 1 ? pattern.index[1] : 0;
	*ret = place;
	return PATH_FOUND;
}
