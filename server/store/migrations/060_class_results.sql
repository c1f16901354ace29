-- Tests of learning taken in class: on paper, orally, in practice [ECM 3]. Times: ms since 1970, UTC.

-- Where the event's test is taken: on the platform, or in class and then how.
ALTER TABLE class_setting ADD COLUMN test TEXT NOT NULL DEFAULT 'online'
	CHECK (test IN ('online', 'questionnaire', 'written', 'oral', 'practical', 'report'));

-- One person's result. Never changed nor deleted: a correction voids it, with who, when and why, and adds another.
CREATE TABLE class_result (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	test TEXT NOT NULL CHECK (test IN ('questionnaire', 'written', 'oral', 'practical', 'report')), -- questionario, prova scritta, esame orale, esame pratico, relazione
	held_at INTEGER NOT NULL, -- noon in Italy of the day it was taken on
	score INTEGER NOT NULL CHECK (score BETWEEN 0 AND maximum), -- right answers, points
	maximum INTEGER NOT NULL CHECK (maximum BETWEEN 0 AND 1000), -- questions, points; 0: judged as passed or not
	needed INTEGER NOT NULL CHECK (needed BETWEEN 0 AND maximum), -- to pass, by the event's threshold as it was then
	passed INTEGER NOT NULL CHECK (passed IN (0, 1) AND (maximum = 0 OR passed = (score >= needed))),
	how TEXT NOT NULL CHECK (how IN ('manual', 'list')), -- one by one, from a list
	note TEXT NOT NULL CHECK (length(note) <= 500), -- of who entered it; the list's name
	recorded_at INTEGER NOT NULL,
	recorded_by INTEGER NOT NULL REFERENCES person(id),
	void_at INTEGER,
	void_by INTEGER REFERENCES person(id),
	void_why TEXT NOT NULL DEFAULT '' CHECK (length(void_why) <= 500 AND (void_at IS NULL) = (void_why = ''))
) STRICT;
CREATE INDEX class_result_of_person ON class_result(event, person, id);
