-- The quality questionnaire of an ECM event. Two halves that share nothing: who handed it in, and what was
-- answered (server/store/questionnaire.h says why they cannot be joined).

CREATE TABLE quality_setting (
	event INTEGER PRIMARY KEY REFERENCES ecm_event(id),
	required INTEGER NOT NULL CHECK (required IN (0, 1)), -- are credits given only to who handed it in?
	smallest_group INTEGER NOT NULL CHECK (smallest_group BETWEEN 5 AND 1000), -- nothing is shown of fewer
	extra TEXT NOT NULL, -- JSON: the provider's own questions, a form apart; [] for none
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;

-- Half one: who. The day is all that is known of when; ordered by person, not by arrival.
CREATE TABLE quality_handed_in (
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	day TEXT NOT NULL CHECK (length(day) = 10), -- local
	PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID;

-- Half two, while fewer than a group wait: sealed with a key that is not in the data base, all the same size.
CREATE TABLE quality_sealed (
	id TEXT PRIMARY KEY CHECK (length(id) = 64), -- random: says nothing of the order
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_sealed_by_event ON quality_sealed(event);

-- Half two, released: a whole group at a time, shuffled. No person, no time, no order.
CREATE TABLE quality_sheet (
	id TEXT PRIMARY KEY CHECK (length(id) = 64), -- random, another one than the sealed row had
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	form TEXT NOT NULL CHECK (form IN ('standard', 'extra')), -- the two forms of one person are two sheets
	version TEXT NOT NULL, -- of the form
	answers TEXT NOT NULL -- JSON: question → option; closed questions only
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_sheet_by_event ON quality_sheet(event, form);

-- Free texts stand alone, apart from the sheet they came with.
CREATE TABLE quality_comment (
	id TEXT PRIMARY KEY CHECK (length(id) = 64),
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	form TEXT NOT NULL CHECK (form IN ('standard', 'extra')),
	question TEXT NOT NULL,
	comment TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_comment_by_event ON quality_comment(event, question);
