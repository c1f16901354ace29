-- What became of a report: which one it takes the place of and why, and that it was sent, by whom, when. Neither the
-- report nor the mark ever changes. Times: ms since 1970, UTC; days: local.

ALTER TABLE ecm_export ADD COLUMN schema TEXT NOT NULL DEFAULT '1.16'; -- version of the format [ECM 1.10]
ALTER TABLE ecm_export ADD COLUMN supersedes INTEGER REFERENCES ecm_export(id); -- the event's export before this one
ALTER TABLE ecm_export ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- why it was made anew; empty: nothing had been sent

CREATE TABLE ecm_export_sent (
	export INTEGER PRIMARY KEY REFERENCES ecm_export(id),
	day TEXT NOT NULL CHECK (length(day) = 10), -- when it was sent
	protocol TEXT NOT NULL CHECK (length(protocol) BETWEEN 1 AND 60), -- number that the receiving body gave
	note TEXT NOT NULL CHECK (length(note) <= 500),
	marked_at INTEGER NOT NULL,
	marked_by INTEGER REFERENCES person(id) -- NULL: fad report
) STRICT;
CREATE INDEX ecm_export_by_event ON ecm_export(event, id);

CREATE TRIGGER ecm_export_stays BEFORE UPDATE ON ecm_export BEGIN
	SELECT raise(ABORT, 'a report that was made never changes');
END;
CREATE TRIGGER ecm_export_remains BEFORE DELETE ON ecm_export
	WHEN EXISTS (SELECT 1 FROM ecm_export_sent WHERE export = old.id) BEGIN
	SELECT raise(ABORT, 'a report that was sent remains');
END;
CREATE TRIGGER ecm_export_sent_stays BEFORE UPDATE ON ecm_export_sent BEGIN
	SELECT raise(ABORT, 'that a report was sent never changes');
END;
CREATE TRIGGER ecm_export_sent_remains BEFORE DELETE ON ecm_export_sent BEGIN
	SELECT raise(ABORT, 'that a report was sent remains');
END;
