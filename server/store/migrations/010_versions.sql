-- Which version people are on: what was published with which policy, attempts that gave way to others, versions and
-- courses taken out of use. All times: ms since 1970, UTC.

CREATE TABLE publication ( -- only ever added to
	id INTEGER PRIMARY KEY,
	module INTEGER NOT NULL,
	level TEXT NOT NULL REFERENCES level(id),
	version INTEGER REFERENCES course_version(id),  -- NULL: the module has no course at this level from now on
	previous INTEGER REFERENCES course_version(id), -- what it had before; NULL: none
	policy TEXT NOT NULL CHECK (policy IN ('never', 'not_started', 'incomplete', 'always')), -- who leaves an older version
	people INTEGER NOT NULL CHECK (people >= 0),    -- who were asked to
	at INTEGER NOT NULL,
	by INTEGER REFERENCES person(id) -- NULL: the program itself
) STRICT;
CREATE INDEX publication_by_version ON publication(version);

-- An attempt stays on its version for ever; who changes version begins another attempt.
ALTER TABLE attempt ADD COLUMN
	publication INTEGER REFERENCES publication(id); -- asks to leave this attempt, at the next launch, for what the module has then; NULL: it stays
ALTER TABLE attempt ADD COLUMN
	replaced_by INTEGER REFERENCES attempt(id); -- where the person goes on; NULL: here
ALTER TABLE attempt ADD COLUMN
	replaced_at INTEGER;
DROP INDEX attempt_of_person;
CREATE UNIQUE INDEX attempt_of_version ON attempt(person, module, version); -- who comes back to a version finds the attempt again
CREATE INDEX attempt_by_module ON attempt(module, person);
CREATE INDEX attempt_going_on ON attempt(version) WHERE replaced_by IS NULL;

-- Retired: nobody begins it any more, nor is it put into a module; those in it finish.
ALTER TABLE course ADD COLUMN retired_at INTEGER;         -- NULL: in use; else every version counts as retired
ALTER TABLE course_version ADD COLUMN retired_at INTEGER; -- NULL: in use
ALTER TABLE course_version ADD COLUMN freed_at INTEGER;   -- its files were removed, which only happens to what nothing rests on; NULL: they are there
