-- Messages by e-mail: the relay, templates, campaigns, who was written to when, who does not want it. Times: ms since 1970, UTC.

-- The SMTP relay: one row; host empty: nothing is sent.
CREATE TABLE mail_relay (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	host TEXT NOT NULL CHECK (length(host) <= 253),
	port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
	security TEXT NOT NULL CHECK (security IN ('starttls', 'tls', 'none')),
	user TEXT NOT NULL CHECK (length(user) <= 254),
	password TEXT NOT NULL CHECK (length(password) <= 254), -- needed in clear to log in there; never leaves the store but for that
	sender TEXT NOT NULL CHECK (length(sender) <= 254),
	sender_name TEXT NOT NULL CHECK (length(sender_name) <= 200),
	reply_to TEXT NOT NULL CHECK (length(reply_to) <= 254),
	per_minute INTEGER NOT NULL CHECK (per_minute BETWEEN 1 AND 60000),
	retry_seconds INTEGER NOT NULL CHECK (retry_seconds BETWEEN 1 AND 3600), -- before the first retry; then longer
	fault TEXT NOT NULL DEFAULT '', -- what the relay said when it refused everything; '' when it works
	stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1)), -- 1: a refusal for good (log-in, sender): wait for a person
	fault_at INTEGER,
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id)
) STRICT;
INSERT INTO mail_relay VALUES (1, '', 587, 'starttls', '', '', '', '', '', 60, 60, '', 0, NULL, 0, NULL);

-- What kind of message it is decides whom it fits (server/store/campaigns.c) and whether it is service mail.
CREATE TABLE mail_template (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('invitation', 'placement', 'start', 'idle', 'almost', 'complete', 'general')),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	subject_it TEXT NOT NULL, -- placeholders in braces: server/campaigns/fill.h
	body_it TEXT NOT NULL,
	subject_en TEXT NOT NULL,
	body_en TEXT NOT NULL,
	updated_at INTEGER NOT NULL,
	updated_by INTEGER REFERENCES person(id) -- NULL: as installed
) STRICT;

CREATE TABLE campaign (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
	template INTEGER NOT NULL REFERENCES mail_template(id),
	kind TEXT NOT NULL,       -- these five: the template's, frozen when it starts
	subject_it TEXT NOT NULL,
	body_it TEXT NOT NULL,
	subject_en TEXT NOT NULL,
	body_en TEXT NOT NULL,
	company TEXT NOT NULL,    -- whom: '' and 0 mean all
	profession INTEGER NOT NULL,
	target_group TEXT NOT NULL,
	level TEXT NOT NULL,
	person_state TEXT NOT NULL CHECK (person_state IN ('', 'none', 'placed', 'started', 'completed')),
	idle_days INTEGER NOT NULL CHECK (idle_days BETWEEN 1 AND 365), -- of kind idle
	few INTEGER NOT NULL CHECK (few BETWEEN 1 AND 64), -- of kind almost: at most so many modules are missing
	start_at INTEGER,         -- NULL: at once
	repeat_days INTEGER NOT NULL CHECK (repeat_days BETWEEN 0 AND 90), -- 0: once
	rounds_max INTEGER NOT NULL CHECK (rounds_max BETWEEN 1 AND 52),
	rounds INTEGER NOT NULL DEFAULT 0, -- made so far
	next_round_at INTEGER,    -- NULL: none to come
	state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'paused', 'done', 'cancelled')),
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES person(id),
	started_at INTEGER,
	ended_at INTEGER
) STRICT;

-- One message to one person. queued → sending → sent | failed | bounced | queued (again later) | uncertain.
CREATE TABLE mail_message (
	id INTEGER PRIMARY KEY,
	campaign INTEGER NOT NULL REFERENCES campaign(id),
	round INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES person(id),
	address TEXT NOT NULL,
	token TEXT NOT NULL UNIQUE CHECK (length(token) = 24), -- of its Message-ID: the same however often it is tried
	state TEXT NOT NULL CHECK (state IN
		('queued', 'sending', 'sent', 'failed', 'bounced', 'uncertain', 'skipped', 'cancelled')),
	attempts INTEGER NOT NULL DEFAULT 0,
	next_at INTEGER NOT NULL, -- when it may be tried
	reply TEXT NOT NULL DEFAULT '', -- the relay's last answer, or why it was not sent
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (campaign, round, person) -- a round that is made twice writes to nobody twice
) STRICT;
CREATE INDEX mail_message_queue ON mail_message(campaign, next_at, id) WHERE state = 'queued';
CREATE INDEX mail_message_sending ON mail_message(campaign) WHERE state = 'sending';
CREATE INDEX mail_message_by_state ON mail_message(campaign, state, id);
CREATE INDEX mail_message_by_person ON mail_message(person);

-- Who wants no mail but service mail.
CREATE TABLE mail_opt_out (
	person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	how TEXT NOT NULL CHECK (how IN ('link', 'one_click', 'profile'))
) STRICT;

INSERT INTO mail_template(kind, name, subject_it, body_it, subject_en, body_en, updated_at) VALUES
('invitation', 'Invito al percorso', '{nome}, il tuo percorso «{programma}» ti aspetta',
'Gentile {nome} {cognome},

sei invitata/o al percorso di formazione «{programma}».
Accedi con il tuo nome utente {utente}: un breve questionario sceglie il percorso adatto a te, poi segui i moduli quando vuoi.

{indirizzo}

Termine: {scadenza}.
Per assistenza: {assistenza}.
', '{nome}, your course “{programma}” is waiting',
'Dear {nome} {cognome},

you are invited to the training programme “{programma}”.
Log in as {utente}: a short questionnaire chooses the path that fits you, then you take the modules whenever you like.

{indirizzo}

Deadline: {scadenza}.
Help: {assistenza}.
', 0),
('placement', 'Questionario da fare', 'Il questionario iniziale è ancora da fare',
'Gentile {nome} {cognome},

per cominciare «{programma}» manca il questionario iniziale: bastano pochi minuti, e serve a darti il percorso giusto.

{indirizzo}

Termine: {scadenza}.
', 'The initial questionnaire is still to be done',
'Dear {nome} {cognome},

to begin “{programma}” only the initial questionnaire is missing: it takes a few minutes and finds the right path for you.

{indirizzo}

Deadline: {scadenza}.
', 0),
('start', 'Percorso da cominciare', 'Il tuo percorso {livello} è pronto',
'Gentile {nome} {cognome},

il tuo percorso di livello {livello} ha {moduli_totali} moduli e non è ancora cominciato.
Puoi seguirlo a più riprese: ciò che hai fatto resta.

{indirizzo}

Termine: {scadenza}.
', 'Your {livello} path is ready',
'Dear {nome} {cognome},

your path of level {livello} has {moduli_totali} modules and has not begun yet.
You can take it bit by bit: what you did is kept.

{indirizzo}

Deadline: {scadenza}.
', 0),
('idle', 'Percorso fermo', 'Riprendi il tuo percorso: {moduli_completati} moduli su {moduli_totali}',
'Gentile {nome} {cognome},

il tuo percorso è fermo da {giorni} giorni. Hai completato {moduli_completati} moduli su {moduli_totali}.
Riprendi da dove eri:

{indirizzo}

Termine: {scadenza}.
', 'Go on with your path: {moduli_completati} of {moduli_totali} modules',
'Dear {nome} {cognome},

your path has stood still for {giorni} days. You completed {moduli_completati} of {moduli_totali} modules.
Go on where you were:

{indirizzo}

Deadline: {scadenza}.
', 0),
('almost', 'Quasi completo', 'Manca poco: ancora {moduli_mancanti} e hai finito',
'Gentile {nome} {cognome},

hai completato {moduli_completati} moduli su {moduli_totali}: ne mancano solo {moduli_mancanti}.

{indirizzo}

Termine: {scadenza}.
', 'Nearly there: {moduli_mancanti} to go',
'Dear {nome} {cognome},

you completed {moduli_completati} of {moduli_totali} modules: only {moduli_mancanti} to go.

{indirizzo}

Deadline: {scadenza}.
', 0),
('complete', 'Attestato pronto', 'Percorso completato: il tuo attestato è pronto',
'Gentile {nome} {cognome},

hai completato il percorso «{programma}». Il tuo attestato è pronto: lo scarichi dalla pagina Attestati.

{indirizzo}/attestati
', 'Path completed: your certificate is ready',
'Dear {nome} {cognome},

you completed “{programma}”. Your certificate is ready: download it from the page Certificates.

{indirizzo}/attestati
', 0);
