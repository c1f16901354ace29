-- Item banks and placement tests. Levels and who has which: 002_courses.sql. All times: ms since 1970, UTC.

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
