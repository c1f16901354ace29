-- Certificates: what was printed, for whom, and how anybody can check it. Times: ms since 1970, UTC; days: local.

-- What an attestato ECM names of a person beyond the participants' report [ECM 3.1]; the person's own to fill in.
CREATE TABLE person_register (
	person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
	birth_place TEXT NOT NULL DEFAULT '' CHECK (length(birth_place) <= 100),
	birth_day TEXT NOT NULL DEFAULT '' CHECK (length(birth_day) IN (0, 10)), -- YYYY-MM-DD
	order_name TEXT NOT NULL DEFAULT '' CHECK (length(order_name) <= 200), -- "OPI Firenze – Pistoia"
	order_number TEXT NOT NULL DEFAULT '' CHECK (length(order_number) <= 40),
	updated_at INTEGER NOT NULL
) STRICT;

-- Templates as they were when certificates were made by them: a certificate can be printed again years later.
CREATE TABLE certificate_template (
	sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
	version TEXT NOT NULL,
	body TEXT NOT NULL -- server/certificates/template.h
) STRICT, WITHOUT ROWID;

-- Never deleted. A correction revokes the old one and makes a new one.
CREATE TABLE certificate (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE CHECK (length(code) = 23), -- random; who has the paper can check it
	person INTEGER NOT NULL REFERENCES person(id),
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	kind TEXT NOT NULL CHECK (kind IN ('ecm', 'participation')),
	facts TEXT NOT NULL, -- JSON: every text on it, by name
	template TEXT NOT NULL REFERENCES certificate_template(sha256),
	issued_at INTEGER NOT NULL,
	issued_by INTEGER REFERENCES person(id), -- NULL: by the command line
	revoked_at INTEGER,
	revoked_why TEXT NOT NULL DEFAULT '',
	CHECK ((revoked_at IS NULL) = (revoked_why = ''))
) STRICT;
CREATE UNIQUE INDEX certificate_valid ON certificate(person, event, kind) WHERE revoked_at IS NULL;
CREATE INDEX certificate_by_event ON certificate(event, id);

-- All certificates of an event as one zip; goes on after a restart from the files that are there.
CREATE TABLE certificate_batch (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
	total INTEGER NOT NULL DEFAULT 0,
	done INTEGER NOT NULL DEFAULT 0,
	refused INTEGER NOT NULL DEFAULT 0, -- people whose data do not allow one
	problem TEXT NOT NULL DEFAULT '', -- JSON of the fault that ended it
	started_at INTEGER NOT NULL,
	started_by INTEGER REFERENCES person(id),
	ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX certificate_batch_running ON certificate_batch(event) WHERE state = 'running';

-- Who gives the credits: one row.
CREATE TABLE provider (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL CHECK (length(name) <= 200),
	code TEXT NOT NULL CHECK (length(code) <= 20), -- cod_org, offered to new events
	accreditation TEXT NOT NULL CHECK (length(accreditation) <= 60), -- number
	accredited_until TEXT NOT NULL CHECK (length(accredited_until) IN (0, 10)),
	accreditor TEXT NOT NULL CHECK (length(accreditor) <= 200), -- "la Regione Toscana"
	legal_name TEXT NOT NULL CHECK (length(legal_name) <= 200), -- who signs
	legal_quality TEXT NOT NULL CHECK (length(legal_quality) <= 200), -- "Legale rappresentante"
	place TEXT NOT NULL CHECK (length(place) <= 100), -- where certificates are dated
	organiser TEXT NOT NULL CHECK (length(organiser) <= 200), -- empty: the provider itself
	partner TEXT NOT NULL CHECK (length(partner) <= 200),
	logo BLOB, -- PNG; NULL: none
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;
INSERT INTO provider VALUES (1, '', '', '', '', '', '', '', '', '', '', NULL, 0, NULL);
