-- What credits of an event ask for beside path, final test and questionnaire: each participant's declaration about
-- recruitment by sponsors. Times: ms since 1970, UTC; days: local.

CREATE TABLE eligibility_setting (
	event INTEGER PRIMARY KEY REFERENCES ecm_event(id),
	declaration INTEGER NOT NULL CHECK (declaration IN (0, 1)), -- are credits given only to who declared? No row: 1
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;

-- Texts as they were read and confirmed.
CREATE TABLE declaration_text (
	version TEXT PRIMARY KEY,
	body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Never changed nor deleted: who declares again adds a row, the newest counts.
CREATE TABLE declaration (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	recruited INTEGER NOT NULL CHECK (recruited IN (0, 1)), -- by a sponsor [ECM 1.3 part_reclutato]
	sponsor TEXT NOT NULL CHECK (length(sponsor) <= 100 AND (sponsor = '') = (recruited = 0)),
	works_here INTEGER NOT NULL CHECK (works_here IN (0, 1)), -- declares to work in the region
	text TEXT NOT NULL REFERENCES declaration_text(version),
	declared_at INTEGER NOT NULL,
	first_day TEXT NOT NULL CHECK (length(first_day) = 10) -- of the person's first declaration for the event
) STRICT;
CREATE INDEX declaration_of_person ON declaration(event, person, id);
