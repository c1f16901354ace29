#include "server/learning/stand_in.h"

json_t *completion_json(struct db *db, int64_t person, int64_t *ret_seconds_needed)
{
	*ret_seconds_needed = 0;
	return json_pack("{s:b, s:n, s:[]}", "complete", 0, "at", "missing");
}
