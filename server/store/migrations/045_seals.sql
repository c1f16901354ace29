-- What rests on the installation's key, which lies in a file of its own outside the data base (server/key.h).

-- The relay's password, sealed. What stood in `password` is sealed and emptied when the data folder is next opened.
ALTER TABLE mail_relay ADD COLUMN sealed BLOB NOT NULL DEFAULT x'' CHECK (length(sealed) <= 320);

-- The detail of an act may have to go when the person it tells of is anonymised. From here on the chain holds over
-- `digest`, which stays: with the salt gone nobody can guess what the detail said.
ALTER TABLE act ADD COLUMN salt TEXT; -- hex; NULL: the detail was removed, or the act is older than this
ALTER TABLE act ADD COLUMN digest TEXT CHECK (length(digest) = 64); -- SHA-256 of salt and detail; NULL: an older act
ALTER TABLE act ADD COLUMN removed_by INTEGER REFERENCES act(id); -- the act that tells why the detail was removed

DROP TRIGGER act_stays;
CREATE TRIGGER act_stays BEFORE UPDATE ON act WHEN (
	OLD.digest IS NOT NULL AND OLD.removed_by IS NULL AND NEW.removed_by > OLD.id AND NEW.salt IS NULL AND NEW.detail = ''
	AND NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.by IS OLD.by AND NEW.act = OLD.act AND NEW.subject = OLD.subject
	AND NEW.digest = OLD.digest AND NEW.hash = OLD.hash) IS NOT TRUE
BEGIN
	SELECT raise(ABORT, 'acts are never changed');
END;
CREATE INDEX act_by_person ON act(by, id);

-- Where the chain ends, sealed with the key: who takes acts from its end cannot seal the new one.
CREATE TABLE act_end (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	count INTEGER NOT NULL,
	hash TEXT NOT NULL CHECK (length(hash) = 64), -- of the last act
	seal TEXT NOT NULL CHECK (length(seal) = 64)  -- HMAC-SHA-256 of both
) STRICT;
