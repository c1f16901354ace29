-- ECM events, completions with their evidence, reports that were made. Days are local (Europe/Rome), YYYY-MM-DD;
-- other times are ms since 1970, UTC.

CREATE TABLE ecm_event (
	id INTEGER PRIMARY KEY,
	title TEXT NOT NULL,
	level TEXT REFERENCES level(id), -- whose path it certifies; NULL: every level
	cod_evento TEXT NOT NULL CHECK (length(cod_evento) BETWEEN 1 AND 20), -- ECM 1.2, as are those below
	cod_edi INTEGER NOT NULL CHECK (cod_edi BETWEEN 1 AND 999),
	cod_org TEXT NOT NULL DEFAULT '' CHECK (length(cod_org) <= 20), -- provider; empty: not known yet, no report
	cod_accr TEXT NOT NULL CHECK (length(cod_accr) = 3),
	data_ini TEXT NOT NULL CHECK (length(data_ini) = 10),
	data_fine TEXT NOT NULL CHECK (data_fine >= data_ini),
	credits_tenths INTEGER NOT NULL CHECK (credits_tenths BETWEEN 1 AND 500), -- 40 is 4.0
	ore INTEGER NOT NULL CHECK (ore BETWEEN 1 AND 999),
	tipo_form INTEGER NOT NULL CHECK (tipo_form BETWEEN 1 AND 4),
	modulo_fad TEXT NOT NULL DEFAULT '' CHECK (modulo_fad IN ('', '0', '1')), -- empty: attribute left out
	modulo_fsc TEXT NOT NULL DEFAULT '' CHECK (modulo_fsc IN ('', '0', '1')),
	modulo_res TEXT NOT NULL DEFAULT '' CHECK (modulo_res IN ('', '0', '1')),
	tipo_eve TEXT NOT NULL CHECK (tipo_eve IN ('E', 'P')),
	cod_obi INTEGER NOT NULL CHECK (cod_obi BETWEEN 1 AND 999),
	num_part INTEGER NOT NULL CHECK (num_part BETWEEN 0 AND 999999), -- accredited number of participants
	cod_tipologia_form INTEGER NOT NULL CHECK (cod_tipologia_form BETWEEN 1 AND 11), -- ECM 1.4
	seconds_needed INTEGER NOT NULL CHECK (seconds_needed >= 0), -- effective learning time that completion demands
	accredited TEXT NOT NULL DEFAULT '', -- "14 1.58": professions and disciplines with credits; empty: all
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id),
	UNIQUE (cod_evento, cod_edi)
) STRICT;

-- The day somebody completed the path by the rules of an event. Written once, never taken back.
CREATE TABLE completion (
	person INTEGER NOT NULL REFERENCES person(id),
	event INTEGER NOT NULL, -- ecm_event.id; 0: reached while no event covered the level
	level TEXT NOT NULL REFERENCES level(id),
	completed_at INTEGER NOT NULL, -- the last activity that it rests on
	day TEXT NOT NULL CHECK (length(day) = 10), -- the same as a local day: data_acq of the report
	seconds INTEGER NOT NULL, -- effective learning time, by both clocks
	evidence TEXT NOT NULL, -- JSON: each rule with what was wanted and found, each module with both clocks
	recorded_at INTEGER NOT NULL,
	PRIMARY KEY (person, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX completion_by_event ON completion(event, person);

-- A report as it was made: the file in exports/ never changes, its hash proves it.
CREATE TABLE ecm_export (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	event_data TEXT NOT NULL, -- JSON of the event as it was then
	file_name TEXT NOT NULL UNIQUE, -- in exports/
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	bytes INTEGER NOT NULL,
	participants INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES person(id) -- NULL: fad export
) STRICT;

-- What the programme has to reach, shown to coordinators.
CREATE TABLE programme_target (
	id TEXT PRIMARY KEY,
	position INTEGER NOT NULL,
	name_it TEXT NOT NULL,
	name_en TEXT NOT NULL,
	target_groups TEXT NOT NULL, -- of person.target_group, separated by spaces; empty: everybody
	target INTEGER NOT NULL CHECK (target >= 0), -- people who complete the path; 0: share of those enrolled
	share REAL NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 1) -- of the people enrolled in these groups
) STRICT;
INSERT INTO programme_target VALUES
	('operatori', 1, 'Operatori formati', 'Operators trained', '', 60000, 0),
	('mmg_pls_85', 2, 'Medici di famiglia e pediatri (85 %)', 'GPs and paediatricians (85 %)', 'mmg_pls', 0, 0.85),
	('affiancamento', 3, 'MMG, PLS e segreterie affiancati', 'GPs, paediatricians and reception staff coached',
		'mmg_pls segreteria', 3800, 0),
	('formatori', 4, 'Formatori', 'Trainers', 'formatori', 115, 0),
	('dirigenti', 5, 'Dirigenti', 'Managers', 'dirigenti', 100, 0);
