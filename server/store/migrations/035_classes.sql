-- Events in class: field training (FSC) and residential (RES) [ECM 1.4, 3]. Groups, sessions, who is enrolled, who was
-- there. Times: ms since 1970, UTC; days: local (Europe/Rome), YYYY-MM-DD.

-- A completion may now be of an event in class, which has no level: the column loses its NOT NULL.
CREATE TABLE completion_rebuilt (
	person INTEGER NOT NULL REFERENCES person(id),
	event INTEGER NOT NULL, -- ecm_event.id; 0: reached while no event covered the level
	level TEXT REFERENCES level(id), -- NULL: attendance of an event in class, not the path
	completed_at INTEGER NOT NULL, -- the last activity that it rests on
	day TEXT NOT NULL CHECK (length(day) = 10), -- the same as a local day: data_acq of the report
	seconds INTEGER NOT NULL, -- effective learning time, by both clocks; of an event in class: presence
	evidence TEXT NOT NULL, -- JSON: each rule with what was wanted and found, each module with both clocks, or each session
	recorded_at INTEGER NOT NULL,
	PRIMARY KEY (person, event)
) STRICT, WITHOUT ROWID;
INSERT INTO completion_rebuilt SELECT person, event, level, completed_at, day, seconds, evidence, recorded_at FROM completion;
DROP TABLE completion;
ALTER TABLE completion_rebuilt RENAME TO completion;
CREATE INDEX completion_by_event ON completion(event, person);

-- Which of the programme's projects an event in class serves: who completes it counts for the target.
ALTER TABLE programme_target ADD COLUMN project TEXT NOT NULL DEFAULT ''; -- '': who completes the path counts
UPDATE programme_target SET project = 'affiancamento' WHERE id IN ('mmg_pls_85', 'affiancamento');
UPDATE programme_target SET project = 'formatori', target_groups = '' WHERE id = 'formatori';
UPDATE programme_target SET project = 'dirigenti', target_groups = '' WHERE id = 'dirigenti';

-- The final test of an event in class: one attempt, within so many days of the last session.
ALTER TABLE final_default ADD COLUMN class_attempts INTEGER NOT NULL DEFAULT 1 CHECK (class_attempts BETWEEN 1 AND 100);
ALTER TABLE final_default ADD COLUMN class_days INTEGER NOT NULL DEFAULT 3 CHECK (class_days BETWEEN 0 AND 90);
INSERT INTO final_default VALUES
	('2015-01-21', 3, 75, 0, 'CNFC 21/1/2015: RES, prova online entro tre giorni, un tentativo', 1, 3);

CREATE TABLE class_setting (
	event INTEGER PRIMARY KEY REFERENCES ecm_event(id),
	project TEXT NOT NULL CHECK (project IN ('', 'affiancamento', 'formatori', 'dirigenti')),
	class_people INTEGER NOT NULL CHECK (class_people BETWEEN 1 AND 1000), -- participants of one class at most
	presence_percent INTEGER NOT NULL CHECK (presence_percent BETWEEN 1 AND 100), -- of the hours, for the credits
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;

CREATE TABLE venue (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	address TEXT NOT NULL CHECK (length(address) <= 200),
	town TEXT NOT NULL CHECK (length(town) BETWEEN 1 AND 100), -- what a certificate says
	seats INTEGER NOT NULL CHECK (seats BETWEEN 0 AND 10000), -- 0: not said
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;

-- A class of a course, or a tutor's group in the field. Its register is open or closed.
CREATE TABLE class_group (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	report TEXT NOT NULL DEFAULT '' CHECK (length(report) <= 8000), -- what was done, by who closed it
	closed_at INTEGER CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
	closed_by INTEGER REFERENCES person(id),
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES person(id),
	UNIQUE (event, name)
) STRICT;

-- Who teaches; they keep the register of their own groups.
CREATE TABLE class_staff (
	class_group INTEGER NOT NULL REFERENCES class_group(id),
	person INTEGER NOT NULL REFERENCES person(id),
	role TEXT NOT NULL CHECK (role IN ('D', 'T', 'R')), -- docente, tutor, relatore [ECM 1.3 ruolo]
	PRIMARY KEY (class_group, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_staff_of_person ON class_staff(person);

CREATE TABLE class_session (
	id INTEGER PRIMARY KEY,
	class_group INTEGER NOT NULL REFERENCES class_group(id),
	day TEXT NOT NULL CHECK (length(day) = 10),
	begins_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL CHECK (ends_at > begins_at),
	venue INTEGER REFERENCES venue(id), -- NULL: not decided yet
	teacher INTEGER REFERENCES person(id), -- one of class_staff; NULL: the group's
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;
CREATE INDEX class_session_of_group ON class_session(class_group, begins_at);

-- One place an event: the state now; each change is a row of class_step.
CREATE TABLE class_enrolment (
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	class_group INTEGER NOT NULL REFERENCES class_group(id),
	state TEXT NOT NULL CHECK (state IN ('invited', 'enrolled', 'declined', 'withdrawn')),
	changed_at INTEGER NOT NULL,
	PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_enrolment_of_group ON class_enrolment(class_group, person);
CREATE INDEX class_enrolment_of_person ON class_enrolment(person);

CREATE TABLE class_step (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	class_group INTEGER NOT NULL REFERENCES class_group(id),
	state TEXT NOT NULL CHECK (state IN ('invited', 'enrolled', 'declined', 'withdrawn')),
	why TEXT NOT NULL CHECK (length(why) <= 500),
	at INTEGER NOT NULL,
	by INTEGER REFERENCES person(id)
) STRICT;
CREATE INDEX class_step_of_person ON class_step(event, person, id);

-- Somebody came or went. Never deleted: a correction voids it, with who, when and why, and adds another.
CREATE TABLE class_mark (
	id INTEGER PRIMARY KEY,
	session INTEGER NOT NULL REFERENCES class_session(id),
	person INTEGER NOT NULL REFERENCES person(id),
	way TEXT NOT NULL CHECK (way IN ('in', 'out')),
	at INTEGER NOT NULL, -- when they came or went
	how TEXT NOT NULL CHECK (how IN ('code', 'badge', 'list', 'manual')), -- the class's code, the person's, a list, by hand
	why TEXT NOT NULL CHECK (length(why) <= 500), -- empty but for what was entered by hand or from a list
	recorded_at INTEGER NOT NULL,
	recorded_by INTEGER NOT NULL REFERENCES person(id), -- how = code: the person
	void_at INTEGER,
	void_by INTEGER REFERENCES person(id),
	void_why TEXT NOT NULL DEFAULT '' CHECK (length(void_why) <= 500 AND (void_at IS NULL) = (void_why = ''))
) STRICT;
CREATE INDEX class_mark_of_session ON class_mark(session, person, at);

-- Who is looked at for an event (the trainers among those who finished the path): every verdict stays, the newest counts.
CREATE TABLE class_choice (
	id INTEGER PRIMARY KEY,
	event INTEGER NOT NULL REFERENCES ecm_event(id),
	person INTEGER NOT NULL REFERENCES person(id),
	verdict TEXT NOT NULL CHECK (verdict IN ('shortlisted', 'chosen', 'declined', 'open')), -- open: back among all
	why TEXT NOT NULL CHECK (length(why) <= 500),
	at INTEGER NOT NULL,
	by INTEGER REFERENCES person(id)
) STRICT;
CREATE INDEX class_choice_of_person ON class_choice(event, person, id);

-- A campaign may write to who is invited to, or enrolled in, an event in class.
ALTER TABLE campaign ADD COLUMN event INTEGER REFERENCES ecm_event(id); -- NULL: no event in particular
ALTER TABLE campaign ADD COLUMN event_state TEXT NOT NULL DEFAULT '' CHECK (event_state IN ('', 'invited', 'enrolled'));

INSERT INTO mail_template(kind, name, subject_it, body_it, subject_en, body_en, updated_at) VALUES
('general', 'Invito a un evento in aula o sul campo', 'Invito: {evento}',
'Gentile {nome} {cognome},

sei invitata/o a «{evento}».
Incontri: {incontri}.

Conferma se partecipi, o dicci che non puoi, alla pagina Aula:

{indirizzo}/aula

In aula firmi entrata e uscita con il codice che ti viene mostrato.
Per assistenza: {assistenza}.
', 'Invitation: {evento}',
'Dear {nome} {cognome},

you are invited to “{evento}”.
Sessions: {incontri}.

Say whether you will come on the page Classes:

{indirizzo}/aula

In class you sign in and out with the code shown there.
Help: {assistenza}.
', 0);
