-- Levels, courses with their immutable versions, and the path: which package each module has at each level.

CREATE TABLE level (
	id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64), -- "base"; stands in addresses
	position INTEGER NOT NULL, -- from the lowest
	name_it TEXT NOT NULL,
	name_en TEXT NOT NULL,
	cut REAL NOT NULL CHECK (cut BETWEEN 0 AND 1), -- smallest share of the placement's maximum that leads here
	retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)) -- 1: no longer given, kept for whoever has it
) STRICT;
INSERT INTO level(id, position, name_it, name_en, cut) VALUES
	('base', 1, 'Base', 'Basic', 0.0),
	('intermedio', 2, 'Intermedio', 'Intermediate', 0.5),
	('avanzato', 3, 'Avanzato', 'Advanced', 0.8);

CREATE TABLE person_level ( -- history: the newest row of a person counts
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	level TEXT NOT NULL REFERENCES level(id),
	at INTEGER NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('placement', 'override')),
	why TEXT NOT NULL DEFAULT '', -- of an override
	by INTEGER REFERENCES person(id) -- who overrode; NULL: the placement itself
) STRICT;
CREATE INDEX person_level_by_person ON person_level(person, id);

CREATE TABLE course (
	id INTEGER PRIMARY KEY,
	identifier TEXT NOT NULL, -- manifest@identifier of its first version
	title TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE course_version (
	id INTEGER PRIMARY KEY,
	course INTEGER NOT NULL REFERENCES course(id),
	sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the zip; names content/<sha256>/
	edition TEXT NOT NULL CHECK (edition IN ('1.2', '2004-2nd', '2004-3rd', '2004-4th')),
	identifier TEXT NOT NULL, -- manifest@identifier
	title TEXT NOT NULL,      -- of the default organization
	default_organization INTEGER NOT NULL, -- position
	files INTEGER NOT NULL,
	bytes INTEGER NOT NULL,   -- unpacked
	errors INTEGER NOT NULL, warnings INTEGER NOT NULL, hints INTEGER NOT NULL, -- findings; in full in course.json
	file_name TEXT NOT NULL,  -- as uploaded
	imported_at INTEGER NOT NULL,
	imported_by INTEGER REFERENCES person(id) -- NULL: fad import
) STRICT;
CREATE INDEX course_version_by_course ON course_version(course, id);

CREATE TABLE organization (
	version INTEGER NOT NULL REFERENCES course_version(id),
	position INTEGER NOT NULL, -- from 0, as in the manifest
	identifier TEXT NOT NULL,
	title TEXT NOT NULL,
	image TEXT NOT NULL,       -- file name in content/<sha256>/
	activities INTEGER NOT NULL,
	PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE path_module (
	position INTEGER PRIMARY KEY CHECK (position BETWEEN 1 AND 64),
	title_it TEXT NOT NULL,
	title_en TEXT NOT NULL,
	minutes_expected INTEGER NOT NULL CHECK (minutes_expected BETWEEN 1 AND 6000)
) STRICT;
INSERT INTO path_module(position, title_it, title_en, minutes_expected) VALUES
	(1, 'Modulo 1', 'Module 1', 30), (2, 'Modulo 2', 'Module 2', 30), (3, 'Modulo 3', 'Module 3', 30),
	(4, 'Modulo 4', 'Module 4', 30), (5, 'Modulo 5', 'Module 5', 30), (6, 'Modulo 6', 'Module 6', 30),
	(7, 'Modulo 7', 'Module 7', 30), (8, 'Modulo 8', 'Module 8', 30);

CREATE TABLE path_package ( -- which version a new attempt gets
	module INTEGER NOT NULL REFERENCES path_module(position) ON DELETE CASCADE,
	level TEXT NOT NULL REFERENCES level(id),
	version INTEGER NOT NULL REFERENCES course_version(id),
	PRIMARY KEY (module, level)
) STRICT, WITHOUT ROWID;
