-- Packages on their way to being courses: one row an upload, worked through by server/learning/import_pool.c.
-- Times: ms since 1970, UTC.
CREATE TABLE import_job (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: an old page cannot cancel a new job
	state TEXT NOT NULL CHECK (state IN
		('queued', 'checking', 'unpacking', 'publishing', 'done', 'failed', 'cancelled')),
	file_name TEXT NOT NULL, -- as the person knows it
	spool TEXT NOT NULL, -- the zip's name in incoming/, until the job ends
	archive_bytes INTEGER NOT NULL, -- of the zip
	for_course INTEGER REFERENCES course(id), -- a new version of this one; NULL: by identifier and title
	tries INTEGER NOT NULL DEFAULT 0, -- times it was begun and neither ended nor put back in good order
	sha256 TEXT NOT NULL DEFAULT '', -- of the zip, once its folder is about to be published
	bytes INTEGER NOT NULL DEFAULT 0, -- unpacked
	files INTEGER NOT NULL DEFAULT 0,
	problems TEXT NOT NULL DEFAULT '[]', -- JSON: why it failed
	course INTEGER REFERENCES course(id), -- what it came to
	version INTEGER REFERENCES course_version(id),
	already_known INTEGER NOT NULL DEFAULT 0 CHECK (already_known IN (0, 1)),
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES person(id),
	begun_at INTEGER, -- the last time
	ended_at INTEGER,
	CHECK ((ended_at IS NULL) = (state IN ('queued', 'checking', 'unpacking', 'publishing'))),
	CHECK (state <> 'done' OR version IS NOT NULL)
) STRICT;
CREATE INDEX import_job_open ON import_job(id) WHERE ended_at IS NULL;
CREATE INDEX import_job_ended ON import_job(ended_at) WHERE ended_at IS NOT NULL;
