-- Attempts, their journal, and the launches that lead into them. The journal is canonical: attempt_state and
-- the summary columns of attempt can be computed from it again. All times: ms since 1970.

CREATE TABLE attempt (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id),
	module INTEGER NOT NULL,  -- position in the path when it began
	level TEXT NOT NULL REFERENCES level(id),
	course INTEGER NOT NULL REFERENCES course(id),
	version INTEGER NOT NULL REFERENCES course_version(id), -- never changes under a learner
	organization INTEGER NOT NULL,
	seed TEXT NOT NULL,       -- decimal, 64 bits: of randomisation and selection
	created_at INTEGER NOT NULL,
	lease INTEGER NOT NULL DEFAULT 0, -- the newest tab's number; others are read-only
	last_sequence INTEGER NOT NULL DEFAULT 0, -- of the newest journal record on disk
	updated_at INTEGER NOT NULL,
	-- What the course claims now (engine.h, struct engine_summary)
	completion TEXT NOT NULL DEFAULT 'unknown' CHECK (completion IN ('unknown', 'not_attempted', 'incomplete', 'completed')),
	success TEXT NOT NULL DEFAULT 'unknown' CHECK (success IN ('unknown', 'passed', 'failed')),
	score REAL CHECK (score BETWEEN -1 AND 1),       -- scaled
	progress REAL CHECK (progress BETWEEN 0 AND 1),  -- progress measure
	activities INTEGER NOT NULL DEFAULT 0,           -- leaves
	activities_completed INTEGER NOT NULL DEFAULT 0,
	-- The two clocks
	session_ms INTEGER NOT NULL DEFAULT 0, -- what the SCOs reported as session_time
	active_ms INTEGER NOT NULL DEFAULT 0,  -- what the player page reported as active
	seen_ms INTEGER NOT NULL DEFAULT 0,    -- of that, what fits the server's own clock, never twice in two tabs
	-- What is kept whatever a later launch claims
	completed_at INTEGER,                  -- first time the course claimed completed
	best_success TEXT NOT NULL DEFAULT 'unknown' CHECK (best_success IN ('unknown', 'passed', 'failed')),
	best_score REAL CHECK (best_score BETWEEN -1 AND 1),
	best_progress REAL CHECK (best_progress BETWEEN 0 AND 1)
) STRICT;
CREATE UNIQUE INDEX attempt_of_person ON attempt(person, module, course);
CREATE INDEX attempt_by_version ON attempt(version);

CREATE TABLE attempt_state (
	attempt INTEGER PRIMARY KEY REFERENCES attempt(id) ON DELETE CASCADE,
	sequence INTEGER NOT NULL,   -- the snapshot holds the records up to this one; later ones are in journal
	snapshot BLOB NOT NULL,      -- engine_snapshot()
	tail_bytes INTEGER NOT NULL DEFAULT 0 -- of journal since: a new snapshot is written when it grows
) STRICT;

CREATE TABLE journal (
	attempt INTEGER NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
	first INTEGER NOT NULL,       -- sequence number of its first record
	last INTEGER NOT NULL CHECK (last >= first),
	received_at INTEGER NOT NULL,
	lease INTEGER NOT NULL,       -- the tab that sent it
	records BLOB NOT NULL,        -- player/engine/journal.h
	PRIMARY KEY (attempt, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_refused ( -- increments that the engine did not accept: to find out why
	id INTEGER PRIMARY KEY,
	attempt INTEGER NOT NULL REFERENCES attempt(id) ON DELETE CASCADE,
	received_at INTEGER NOT NULL,
	code TEXT NOT NULL,
	records BLOB NOT NULL
) STRICT;
CREATE INDEX journal_refused_by_attempt ON journal_refused(attempt);

CREATE TABLE launch ( -- a token in the address of player and content
	token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
	session TEXT NOT NULL REFERENCES session(token_hash) ON DELETE CASCADE, -- log-out revokes
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	attempt INTEGER REFERENCES attempt(id) ON DELETE CASCADE, -- NULL: a designer's preview
	version INTEGER NOT NULL REFERENCES course_version(id),
	organization INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX launch_by_session ON launch(session);
CREATE INDEX launch_by_attempt ON launch(attempt);
CREATE INDEX launch_by_person ON launch(person);

CREATE TABLE person_clock ( -- study time is counted once a person, however many tabs are open
	person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
	counted_until INTEGER NOT NULL -- by the server's clock; time before it is spent
) STRICT;
