-- Adaptive placements: versions of the policy, what was worked out for them, and the record of each test, item by
-- item, so that it can be shown and run again. All times: ms since 1970, UTC.

-- Never changed, never deleted: a test keeps the version it began with. The newest one is in force; an empty body
-- means that placements are not adaptive.
CREATE TABLE adaptive_policy (
	id INTEGER PRIMARY KEY,
	body TEXT NOT NULL, -- JSON (assessment/adaptive.h), or empty
	made_at INTEGER NOT NULL,
	made_by INTEGER REFERENCES person(id) -- NULL: by the program
) STRICT;

-- Prices of the items of one bank under one policy, found by simulation.
CREATE TABLE adaptive_plan (
	id INTEGER PRIMARY KEY,
	bank INTEGER NOT NULL REFERENCES item_bank(id),
	policy INTEGER NOT NULL REFERENCES adaptive_policy(id),
	body TEXT NOT NULL, -- JSON (assessment/plan.h)
	made_at INTEGER NOT NULL,
	UNIQUE (bank, policy)
) STRICT;

-- What a test needs besides its form to go on, and to be run again.
CREATE TABLE adaptive_test (
	placement INTEGER PRIMARY KEY REFERENCES placement(id),
	method TEXT NOT NULL CHECK (method IN ('adaptive', 'gated')),
	policy INTEGER NOT NULL REFERENCES adaptive_policy(id),
	plan INTEGER REFERENCES adaptive_plan(id), -- NULL: without prices
	seed TEXT NOT NULL, -- decimal, 64 bits
	excluded TEXT NOT NULL, -- JSON: places in the bank of items not to be asked again
	stopped_by TEXT, -- the rule that ended it (assessment/adaptive.h); NULL while open
	probability REAL -- of the level; NULL while open, and for gates
) STRICT;

CREATE TABLE adaptive_step (
	placement INTEGER NOT NULL REFERENCES adaptive_test(placement),
	position INTEGER NOT NULL CHECK (position >= 0), -- of the item in the form
	item INTEGER NOT NULL, -- place in the bank
	pilot INTEGER NOT NULL CHECK (pilot IN (0, 1)), -- asked, not counted
	category INTEGER, -- the mark reached; NULL: not confirmed yet
	theta REAL, -- after the answer
	se REAL,
	levels TEXT, -- JSON: the probability of each level after the answer
	confirmed_at INTEGER,
	PRIMARY KEY (placement, position)
) STRICT, WITHOUT ROWID;

-- How often each item of a bank was asked under a policy: the guard of the largest exposure.
CREATE TABLE adaptive_exposure (
	bank INTEGER NOT NULL REFERENCES item_bank(id),
	policy INTEGER NOT NULL REFERENCES adaptive_policy(id),
	item INTEGER NOT NULL, -- place in the bank; -1: tests begun
	seen INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (bank, policy, item)
) STRICT, WITHOUT ROWID;
