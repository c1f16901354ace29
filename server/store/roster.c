#include "server/store/roster.h"

#include "server/limits.h"
#include "server/store/ecm_sql.h"

static void read_row(sqlite3_stmt *rows, struct roster_row *ret)
{
	*ret = (struct roster_row){
		.id = sqlite3_column_int64(rows, 0),
		.profession = sqlite3_column_int64(rows, 5),
		.modules_completed = sqlite3_column_int64(rows, 7),
		.seconds = sqlite3_column_int64(rows, 12),
	};
	COLUMN_COPY(rows, 1, ret->family_name);
	COLUMN_COPY(rows, 2, ret->given_name);
	COLUMN_COPY(rows, 3, ret->codice_fiscale);
	COLUMN_COPY(rows, 4, ret->company);
	COLUMN_COPY(rows, 6, ret->level);
	COLUMN_COPY(rows, 8, ret->completed);
	COLUMN_COPY(rows, 9, ret->contract);
	COLUMN_COPY(rows, 10, ret->target_group);
	COLUMN_COPY(rows, 11, ret->disciplines);
}

/* "%ros\_si%": what is searched for stands for itself. */
static char *pattern_of(const char *search)
{
	GString *pattern = g_string_new("%");
	for (const char *at = search; *at; at++) {
		if (*at == '%' || *at == '_' || *at == '\\') {
			g_string_append_c(pattern, '\\');
		}
		g_string_append_c(pattern, *at);
	}
	g_string_append_c(pattern, '%');
	return g_string_free(pattern, FALSE);
}

static const char *or_all(const char *text)
{
	return text ? text : "";
}

#define FILTER "tttttttii"
#define FILTERED(filter, pattern)                                                                            \
	(filter)->search, (pattern), (filter)->company, (filter)->level, (filter)->state, or_all((filter)->group),   \
		or_all((filter)->profession), (filter)->module_left, (int64_t)(filter)->counted

bool roster_one(struct db *db, int64_t person, struct roster_row *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, ROSTER_ONE, "i", person);
	bool found = ask_row(db, rows);
	if (found) {
		read_row(rows, ret);
		ask_done(rows);
	}
	return found;
}

GArray *roster_page(struct db *db, const struct roster_filter *filter, int64_t page, int64_t *ret_total)
{
	g_autofree char *pattern = pattern_of(filter->search);
	int64_t people[LIMIT_PAGE_ROWS];
	int64_t first = (page - 1) * LIMIT_PAGE_ROWS, count = 0;
	/* One pass tells both how many they are and who is on the page. */
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, ROSTER_IDS, FILTER, FILTERED(filter, pattern));
	for (; ask_row(db, rows); count++) {
		if (count >= first && count < first + LIMIT_PAGE_ROWS) {
			people[count - first] = sqlite3_column_int64(rows, 0);
		}
	}
	*ret_total = count;
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct roster_row));
	for (int64_t i = 0; i < MIN(count - first, LIMIT_PAGE_ROWS); i++) {
		struct roster_row row;
		if (roster_one(db, people[i], &row)) {
			g_array_append_val(list, row);
		}
	}
	return list;
}

void roster_each(struct db *db, const struct roster_filter *filter, roster_visitor visit, void *data)
{
	g_autofree char *pattern = pattern_of(filter->search);
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, ROSTER_ALL, FILTER, FILTERED(filter, pattern));
	while (ask_row(db, rows)) {
		struct roster_row row;
		read_row(rows, &row);
		visit(&row, data);
	}
}

GArray *progress_targets(struct db *db)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct progress_target));
	sqlite3_stmt *rows = ask(db, SUBJECT_ECM, PROGRESS_TARGETS, "");
	while (ask_row(db, rows)) {
		struct progress_target target = {
			.target = sqlite3_column_int64(rows, 4), .share = sqlite3_column_double(rows, 5)};
		COLUMN_COPY(rows, 0, target.id);
		COLUMN_COPY(rows, 1, target.name_it);
		COLUMN_COPY(rows, 2, target.name_en);
		COLUMN_COPY(rows, 3, target.groups);
		COLUMN_COPY(rows, 6, target.project);
		g_array_append_val(list, target);
	}
	return list;
}
