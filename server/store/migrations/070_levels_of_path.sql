-- Paths and events that differ by level: a module may be missing from a level's path, an event may cover some levels only.

CREATE TABLE path_absence ( -- the module is no part of the level's path; no row: it is, with a course or still without one
	module INTEGER NOT NULL REFERENCES path_module(position) ON DELETE CASCADE,
	level TEXT NOT NULL REFERENCES level(id),
	PRIMARY KEY (module, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE ecm_event_level ( -- whose path the event certifies; an event without rows: every level's
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	level TEXT NOT NULL REFERENCES level(id),
	PRIMARY KEY (event, level)
) STRICT, WITHOUT ROWID;
INSERT INTO ecm_event_level SELECT id, level FROM ecm_event WHERE level IS NOT NULL;
ALTER TABLE ecm_event DROP COLUMN level;
