/* <imsss:objectives> and its extension <adlseq:objectives> (CAM 5.1.7, 5.2.3): one list, one map a target. */
#include "packages/manifest/reader.h"

#include <string.h>

/* Objectives are appended one after the other, so the maps of each are contiguous only if both elements'
 * maps are gathered at once: the extension's objectives are looked up by identifier. */
static const xmlNode *extension_of(struct reader *reader, const xmlNode *extension, struct span id)
{
	for (const xmlNode *at = element_child(extension, FAMILY_ADLSEQ, "objective"); at;
		at = element_next(at, FAMILY_ADLSEQ, "objective")) {
		if (strcmp(reader_objective_id(reader, at, "objectiveID").at, id.at) == 0) {
			return at;
		}
	}
	return NULL;
}

/* The map to this target, new with the defaults of SN 3.10.3 when the objective has none yet. */
static struct objective_map *map_to(struct builder *builder, const xmlNode *element, enum family family,
	struct objective *objective, struct span target)
{
	if (!element_charge(element, objective->map_count)) {
		return NULL;
	}
	for (uint32_t i = 0; i < objective->map_count; i++) {
		struct objective_map *map =
			&g_array_index(builder->maps, struct objective_map, objective->first_map + i);
		if (strcmp(map->target.at, target.at) == 0) {
			return map;
		}
	}
	if (!manifest_part(builder, element)) {
		return NULL;
	}
	struct objective_map map = {
		.target = target,
		/* the extension's maps never carry these two */
		.read_satisfied_status = family == FAMILY_IMSSS,
		.read_normalized_measure = family == FAMILY_IMSSS,
		.read_raw_score = true,
		.read_min_score = true,
		.read_max_score = true,
		.read_completion_status = true,
		.read_progress_measure = true,
	};
	g_array_append_val(builder->maps, map);
	objective->map_count++;
	return &g_array_index(builder->maps, struct objective_map, builder->maps->len - 1);
}

static void read_flags(struct reader *reader, const xmlNode *at, struct objective_map *map)
{
	reader_bool(reader, at, "readSatisfiedStatus", &map->read_satisfied_status);
	reader_bool(reader, at, "readNormalizedMeasure", &map->read_normalized_measure);
	reader_bool(reader, at, "writeSatisfiedStatus", &map->write_satisfied_status);
	reader_bool(reader, at, "writeNormalizedMeasure", &map->write_normalized_measure);
	reader_bool(reader, at, "readRawScore", &map->read_raw_score);
	reader_bool(reader, at, "readMinScore", &map->read_min_score);
	reader_bool(reader, at, "readMaxScore", &map->read_max_score);
	reader_bool(reader, at, "readCompletionStatus", &map->read_completion_status);
	reader_bool(reader, at, "readProgressMeasure", &map->read_progress_measure);
	reader_bool(reader, at, "writeRawScore", &map->write_raw_score);
	reader_bool(reader, at, "writeMinScore", &map->write_min_score);
	reader_bool(reader, at, "writeMaxScore", &map->write_max_score);
	reader_bool(reader, at, "writeCompletionStatus", &map->write_completion_status);
	reader_bool(reader, at, "writeProgressMeasure", &map->write_progress_measure);
}

static void read_maps(
	struct builder *builder, const xmlNode *element, enum family family, struct objective *objective)
{
	struct reader *reader = builder->reader;
	for (const xmlNode *at = element_child(element, family, "mapInfo"); at;
		at = element_next(at, family, "mapInfo")) {
		struct span target = reader_objective_id(reader, at, "targetObjectiveID");
		struct objective_map *map =
			target.len > 0 ? map_to(builder, at, family, objective, target) : NULL;
		if (map) {
			read_flags(reader, at, map);
		}
	}
}

static void append_objective(struct builder *builder, const xmlNode *at, const xmlNode *extension,
	bool primary, struct activity *activity)
{
	struct reader *reader = builder->reader;
	if (!manifest_part(builder, at)) {
		return;
	}
	struct objective objective = {.primary = primary, .minimum_normalized_measure = 1.0};
	objective.id = reader_objective_id(reader, at, "objectiveID");
	objective.first_map = builder->maps->len;
	reader_bool(reader, at, "satisfiedByMeasure", &objective.satisfied_by_measure);
	const xmlNode *minimum = element_child(at, FAMILY_IMSSS, "minNormalizedMeasure");
	if (minimum) {
		g_autofree char *text = g_strstrip(element_text(minimum));
		if (*text) {
			value_real(reader, minimum, "minNormalizedMeasure", text, -1, 1,
				&objective.minimum_normalized_measure);
		}
	}
	read_maps(builder, at, FAMILY_IMSSS, &objective);
	const xmlNode *more = extension_of(reader, extension, objective.id);
	if (more) {
		read_maps(builder, more, FAMILY_ADLSEQ, &objective);
	}
	g_array_append_val(builder->objectives, objective);
	activity->objective_count++;
}

void manifest_objectives(struct builder *builder, const xmlNode *objectives, const xmlNode *extension,
	struct activity *activity)
{
	if (!objectives) {
		return;
	}
	const xmlNode *primary = element_child(objectives, FAMILY_IMSSS, "primaryObjective");
	if (primary) {
		append_objective(builder, primary, extension, true, activity);
	} else {
		reader_find(builder->reader, SEQUENCING_PRIMARY_MISSING, objectives, NULL, NULL);
	}
	for (const xmlNode *at = element_child(objectives, FAMILY_IMSSS, "objective");
		at && !builder->reader->too_many; at = element_next(at, FAMILY_IMSSS, "objective")) {
		append_objective(builder, at, extension, false, activity);
	}
}
