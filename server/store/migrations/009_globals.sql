-- What the courses of a person leave to each other (SCORM 2004: global objectives and shared data that are global
-- to the system). Merged name by name from every increment that changed something; never from a preview.

CREATE TABLE person_globals (
	person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
	globals BLOB NOT NULL,        -- player/engine/snapshot.h, "Globals"
	updated_at INTEGER NOT NULL,  -- ms since 1970: when a course last changed something in it
	attempt INTEGER REFERENCES attempt(id) ON DELETE SET NULL -- which did
) STRICT;
