-- The final test of an ECM event: its rules, the attempts, the answers. Times: ms since 1970, UTC; days: local.

-- What the rules say where an event says nothing else, each from a day on; the newest that is not after the
-- event's first day holds.
CREATE TABLE final_default (
	valid_from TEXT PRIMARY KEY CHECK (length(valid_from) = 10),
	questions_per_credit INTEGER NOT NULL CHECK (questions_per_credit BETWEEN 1 AND 20), -- at least so many
	share_percent INTEGER NOT NULL CHECK (share_percent BETWEEN 1 AND 100), -- of right answers, to pass
	attempts_max INTEGER NOT NULL CHECK (attempts_max BETWEEN 0 AND 100), -- 0: no limit (new sets only)
	source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO final_default VALUES
	('2012-04-19', 3, 75, 0, 'Accordo Stato-Regioni 19/4/2012, allegato 1'),
	('2015-04-10', 3, 75, 5, 'CNFC, avviso 10/4/2015: stesse domande, al massimo cinque tentativi');

-- What the provider set for one event; no row: the defaults, and no questions yet.
CREATE TABLE final_test (
	event INTEGER PRIMARY KEY REFERENCES ecm_event(id),
	required INTEGER NOT NULL CHECK (required IN (0, 1)), -- are credits given only to who passed?
	bank INTEGER REFERENCES item_bank(id), -- where the questions come from; NULL: not chosen yet
	questions_per_credit INTEGER NOT NULL CHECK (questions_per_credit BETWEEN 1 AND 20),
	share_percent INTEGER NOT NULL CHECK (share_percent BETWEEN 1 AND 100),
	attempts_max INTEGER NOT NULL CHECK (attempts_max BETWEEN 0 AND 100),
	new_set INTEGER NOT NULL CHECK (new_set IN (0, 1)), -- 1: each attempt draws other questions
	new_percent INTEGER NOT NULL CHECK (new_percent BETWEEN 1 AND 100), -- at least so many of them new
	contents_again TEXT NOT NULL CHECK (contents_again IN ('none', 'any', 'all')), -- modules to reopen
	again_seconds INTEGER NOT NULL CHECK (again_seconds >= 0), -- effective time in each of them
	disclose TEXT NOT NULL CHECK (disclose IN ('event_end', 'passed')), -- when right answers may be seen
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id),
	CHECK (attempts_max > 0 OR new_set = 1)
) STRICT;

-- One sitting. Never deleted; questions, options and both orders are frozen in it.
CREATE TABLE final_attempt (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person(id),
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	number INTEGER NOT NULL CHECK (number > 0), -- 1 for the first
	bank INTEGER NOT NULL REFERENCES item_bank(id),
	exam TEXT NOT NULL, -- JSON (assessment/exam.h): questions and options in the order shown, keys, seed
	state TEXT NOT NULL CHECK (state IN ('open', 'done')),
	started_at INTEGER NOT NULL,
	done_at INTEGER CHECK ((state = 'done') = (done_at IS NOT NULL)),
	questions INTEGER NOT NULL CHECK (questions > 0),
	needed INTEGER NOT NULL CHECK (needed BETWEEN 1 AND questions), -- right answers to pass, as it was then
	score INTEGER CHECK ((state = 'done') = (score IS NOT NULL)),
	passed INTEGER CHECK (passed IN (0, 1) AND (state = 'done') = (passed IS NOT NULL)),
	UNIQUE (person, event, number) -- two tabs that start at once get one attempt
) STRICT;
CREATE UNIQUE INDEX final_attempt_open ON final_attempt(person, event) WHERE state = 'open';
CREATE INDEX final_attempt_by_event ON final_attempt(event, person, number);

CREATE TABLE final_answer (
	attempt INTEGER NOT NULL REFERENCES final_attempt(id),
	position INTEGER NOT NULL CHECK (position >= 0), -- of the question as shown, from 0
	chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen >= 0), -- place of the option as shown, from 1; 0: none
	revision INTEGER NOT NULL DEFAULT 0, -- counts the changes: a stale tab holds an older one and is refused
	answered_at INTEGER,
	PRIMARY KEY (attempt, position)
) STRICT, WITHOUT ROWID;

-- How much of each module had been gone through when an attempt failed: what comes after counts as "again".
CREATE TABLE final_mark (
	attempt INTEGER NOT NULL REFERENCES final_attempt(id),
	module INTEGER NOT NULL,
	seen_ms INTEGER NOT NULL,
	PRIMARY KEY (attempt, module)
) STRICT, WITHOUT ROWID;
