-- By which rules an event's credits were computed, and why they differ when they do (server/ecm/rules.h).

CREATE TABLE credit_terms (
	event INTEGER PRIMARY KEY REFERENCES ecm_event(id),
	rule_set TEXT NOT NULL, -- id in server/data/ecm_rules.json; stays when newer rules come
	theme INTEGER NOT NULL CHECK (theme IN (0, 1)), -- of national or regional interest
	reason TEXT NOT NULL CHECK (length(reason) <= 500), -- why the credits differ; empty: not said
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;

-- Events that are there keep the rules in force on their first day.
INSERT INTO credit_terms SELECT id, CASE WHEN data_ini < '2019-01-01' THEN '2012' ELSE '2019' END, 0, '', 0, NULL
	FROM ecm_event;
