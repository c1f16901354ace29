-- Levels, item banks, placement tests and who has which level. All times: ms since 1970, UTC.

-- The levels of the path, from the lowest; names and cut scores are data (assessment/levels.h).
CREATE TABLE level (
	id TEXT PRIMARY KEY, -- "base"
	position INTEGER NOT NULL, -- 1 is the lowest
	name_it TEXT NOT NULL,
	name_en TEXT NOT NULL,
	cut REAL NOT NULL CHECK (cut BETWEEN 0 AND 1) -- smallest share of the maximum score that leads here
) STRICT;
INSERT INTO level VALUES
	('base', 1, 'Base', 'Basic', 0.0),
	('intermedio', 2, 'Intermedio', 'Intermediate', 0.5),
	('avanzato', 3, 'Avanzato', 'Advanced', 0.8);

CREATE TABLE placement_policy (
	id INTEGER PRIMARY KEY CHECK (id = 1), -- one row
	items_per_area INTEGER NOT NULL CHECK (items_per_area > 0),
	retakes INTEGER NOT NULL CHECK (retakes >= 0), -- how often one may try again after the first time
	retake_after_days INTEGER NOT NULL CHECK (retake_after_days >= 0),
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id) -- NULL: as installed
) STRICT;
INSERT INTO placement_policy VALUES (1, 3, 1, 30, 0, NULL);

CREATE TABLE item_bank (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	version TEXT NOT NULL,
	items INTEGER NOT NULL,
	sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the body: the same file twice is the same bank
	body TEXT NOT NULL, -- JSON as imported (assessment/bank.h); holds the keys
	active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)), -- new tests are drawn from the active one
	imported_at INTEGER NOT NULL,
	imported_by INTEGER REFERENCES person(id) -- NULL: by the command line
) STRICT;
CREATE UNIQUE INDEX item_bank_active ON item_bank(active) WHERE active = 1;

-- One test taken by one person. Never deleted; what was drawn is frozen in it.
CREATE TABLE placement (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id),
	number INTEGER NOT NULL CHECK (number > 0), -- 1 for the first time
	bank INTEGER NOT NULL REFERENCES item_bank(id),
	form TEXT NOT NULL, -- JSON (assessment/form.h): items and options in the order shown, keys, cut scores, seed
	state TEXT NOT NULL CHECK (state IN ('open', 'done')),
	started_at INTEGER NOT NULL,
	done_at INTEGER CHECK ((state = 'done') = (done_at IS NOT NULL)),
	level TEXT, -- what came out; the name and cut are in the form
	score REAL,
	maximum REAL,
	UNIQUE (person, number) -- two tabs that start at once get one test
) STRICT;
CREATE UNIQUE INDEX placement_open ON placement(person) WHERE state = 'open';

CREATE TABLE placement_answer (
	placement INTEGER NOT NULL REFERENCES placement(id),
	position INTEGER NOT NULL CHECK (position >= 0), -- of the item in the form
	answer INTEGER NOT NULL DEFAULT 0, -- bit i: the option shown at place i; 0: not answered
	revision INTEGER NOT NULL DEFAULT 0, -- counts the changes: a stale tab holds an older one and is refused
	answered_at INTEGER,
	PRIMARY KEY (placement, position)
) STRICT, WITHOUT ROWID;

-- A retake allowed by the provider beyond the policy; used up by the test it leads to.
CREATE TABLE placement_grant (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id),
	granted_at INTEGER NOT NULL,
	granted_by INTEGER REFERENCES person(id),
	why TEXT NOT NULL CHECK (why <> ''),
	placement INTEGER REFERENCES placement(id) -- NULL: not used yet
) STRICT;
CREATE INDEX placement_grant_by_person ON placement_grant(person);

-- Every decision about somebody's level, for ever: the newest counts.
CREATE TABLE level_decision (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id),
	level TEXT NOT NULL REFERENCES level(id),
	decided_at INTEGER NOT NULL,
	origin TEXT NOT NULL CHECK (origin IN ('placement', 'override')),
	placement INTEGER REFERENCES placement(id), -- the test that decided
	decided_by INTEGER REFERENCES person(id), -- who overrode
	why TEXT NOT NULL DEFAULT '',
	CHECK (origin = 'placement' OR why <> '')
) STRICT;
CREATE INDEX level_decision_by_person ON level_decision(person, id);

-- The newest decision of each person, kept for joins; derived from level_decision.
CREATE TABLE person_level (
	person INTEGER PRIMARY KEY REFERENCES person(id),
	level TEXT NOT NULL REFERENCES level(id),
	decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_level_by_level ON person_level(level);
