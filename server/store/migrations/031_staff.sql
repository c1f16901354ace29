-- Who teaches at an event or tutors its participants: one row of the report each, with credits of its own
-- [ECM 1.3 ruolo, ECM 3]. Times: ms since 1970, UTC; days: local.

CREATE TABLE event_staff (
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id), -- one row for each person and event: cod_fisc is unique
	role TEXT NOT NULL CHECK (role IN ('D', 'T', 'R')), -- docente, tutor, relatore
	duty TEXT NOT NULL CHECK (length(duty) BETWEEN 1 AND 32), -- id in server/data/staff_rules.json
	amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 99999), -- of the duty's unit: minutes, months, hours
	credits_tenths INTEGER NOT NULL CHECK (credits_tenths BETWEEN 1 AND 500), -- cred_acq
	day TEXT NOT NULL CHECK (length(day) = 10), -- data_acq
	recruited INTEGER NOT NULL CHECK (recruited IN (0, 1)),
	sponsor TEXT NOT NULL CHECK (length(sponsor) <= 100 AND (sponsor = '') = (recruited = 0)),
	rule_set TEXT NOT NULL, -- by which the credits were computed; stays when newer rules come
	reason TEXT NOT NULL CHECK (length(reason) <= 500), -- why the credits differ; empty: not said
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id),
	PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_staff_of_person ON event_staff(person);
