#include "server/ecm/scope.h"

#include <string.h>

#include "server/ecm/tables.h"
#include "server/store/people.h"

void company_scope(struct request *request, struct db *db, char ret[32])
{
	const char *wanted = request_query(request, "company");
	struct person who = {0};
	bool wide = (request->who.roles & (ROLE_PROVIDER | ROLE_ADMINISTRATOR)) != 0;
	if (!wide && people_by_id(db, request->who.person, &who)) {
		const struct company *company = company_find(who.company);
		wide = company && strcmp(company->kind, "region") == 0;
	}
	const char *own = *who.company ? who.company : "-";
	g_strlcpy(ret, wide ? (wanted ? wanted : "") : own, 32);
}
