-- Acts: who did what, to what, when. Only ever added to; each row holds the hash of the one before it, so
-- that a row changed or taken away later shows (audit_verify()).

CREATE TABLE act (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,      -- ms since 1970
	by INTEGER,               -- person; NULL: the program itself (a command on the server)
	act TEXT NOT NULL,        -- "users.import"; stable, for programs
	subject TEXT NOT NULL,    -- what it was done to: "person:12", "course:3"
	detail TEXT NOT NULL,     -- JSON or plain text; why, how many, from what to what
	hash TEXT NOT NULL CHECK (length(hash) = 64) -- SHA-256 over the hash before and this row
) STRICT;
CREATE INDEX act_by_subject ON act(subject, id);

CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN
	SELECT raise(ABORT, 'acts are never changed');
END;
CREATE TRIGGER act_remains BEFORE DELETE ON act BEGIN
	SELECT raise(ABORT, 'acts are never removed');
END;
