-- Standard setting, and what is known of calibrations. Times: ms since 1970, UTC.

-- A panel of judges that met to say where levels begin. Never deleted.
CREATE TABLE standard_session (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL CHECK (name <> ''),
	method TEXT NOT NULL CHECK (method IN ('angoff', 'bookmark')),
	bank INTEGER NOT NULL REFERENCES item_bank(id), -- whose items were judged
	rp REAL NOT NULL CHECK (rp > 0 AND rp < 1), -- bookmark: the probability that counts as mastery
	panel TEXT NOT NULL, -- who the judges are and how they were chosen, in words
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES person(id),
	adopted_at INTEGER, -- when its cuts became the placement's; NULL: not
	adopted_by INTEGER REFERENCES person(id)
) STRICT;

-- What one judge said in one round. Angoff: the probability that somebody just at the level is right. Bookmark: the
-- item that the mark was put on, rating 1.
CREATE TABLE standard_rating (
	session INTEGER NOT NULL REFERENCES standard_session(id),
	round INTEGER NOT NULL CHECK (round > 0),
	judge TEXT NOT NULL CHECK (judge <> ''),
	level TEXT NOT NULL, -- the level that begins at this cut
	item TEXT NOT NULL, -- id in the bank
	rating REAL NOT NULL CHECK (rating BETWEEN 0 AND 1),
	PRIMARY KEY (session, round, judge, level, item)
) STRICT, WITHOUT ROWID;

-- A calibration as it was computed: the report of what it would change, and whether it was adopted as a new version
-- of the bank.
CREATE TABLE calibration (
	id INTEGER PRIMARY KEY,
	bank INTEGER NOT NULL REFERENCES item_bank(id), -- whose items were calibrated
	model TEXT NOT NULL CHECK (model IN ('rasch', '2pl', '3pl')),
	method TEXT NOT NULL CHECK (method IN ('cml', 'mml')),
	source TEXT NOT NULL, -- "placements", or the file's name
	persons INTEGER NOT NULL,
	report TEXT NOT NULL, -- JSON (server/calibration/calibration.h)
	made_at INTEGER NOT NULL,
	made_by INTEGER REFERENCES person(id), -- NULL: by the command line
	adopted INTEGER REFERENCES item_bank(id) -- the version that it became; NULL: not adopted
) STRICT;
