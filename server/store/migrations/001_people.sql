-- People, their roles and sessions, and the installation's settings. All times: ms since 1970, UTC.

CREATE TABLE setting (
	name TEXT PRIMARY KEY, -- "programme_title_it"; the list is in server/settings.c
	value TEXT NOT NULL
) STRICT;

CREATE TABLE person (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE COLLATE NOCASE,
	given_name TEXT NOT NULL,  -- as written, accents kept
	family_name TEXT NOT NULL,
	email TEXT NOT NULL DEFAULT '',
	codice_fiscale TEXT UNIQUE CHECK (length(codice_fiscale) = 16), -- upper case; NULL: staff without one
	password_hash TEXT, -- argon2id, libsodium's text form; NULL: no password yet, cannot log in
	must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)), -- 0: cannot log in; history is kept
	profession INTEGER CHECK (profession BETWEEN 1 AND 30), -- cod_prof, ECM 1.3; NULL: no ECM profession, no credits
	contract TEXT CHECK (contract IN ('L', 'D', 'C', 'P')), -- lib_dip, ECM 1.3
	company TEXT, -- code in server/data/companies.csv
	target_group TEXT CHECK (target_group IN ('operatori', 'mmg_pls', 'segreteria', 'formatori', 'dirigenti')),
	language TEXT NOT NULL DEFAULT 'it' CHECK (language IN ('it', 'en')),
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person(family_name, given_name, id);
CREATE INDEX person_by_company ON person(company);

CREATE TABLE person_discipline (
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	discipline INTEGER NOT NULL CHECK (discipline BETWEEN 1 AND 999), -- ECM 1.3
	PRIMARY KEY (person, discipline)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_role (
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	role TEXT NOT NULL CHECK (role IN ('operator', 'designer', 'provider', 'coordinator', 'administrator')),
	PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_role_by_role ON person_role(role, person);

CREATE TABLE session (
	token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64), -- hex of BLAKE2b of the cookie's value
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,    -- brought forward at most once a minute
	expires_at INTEGER NOT NULL, -- whatever happens
	address TEXT NOT NULL,       -- where the log-in came from
	agent TEXT NOT NULL          -- the browser, as it calls itself
) STRICT;
CREATE INDEX session_by_person ON session(person, created_at);
