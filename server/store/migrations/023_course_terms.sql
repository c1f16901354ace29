-- What a course's settings were before they were changed: a learner's page that was opened under them, and work that it
-- kept in the browser, are still judged by what they were told. Times: ms since 1970.

CREATE TABLE course_settings_before (
	course INTEGER NOT NULL REFERENCES course(id) ON DELETE CASCADE,
	mastery_override INTEGER NOT NULL CHECK (mastery_override IN (0, 1)), -- as course.mastery_override
	status_rule TEXT NOT NULL CHECK (status_rule IN ('all', 'any', 'last', 'mastery')), -- as course.status_rule
	until INTEGER NOT NULL, -- when they were last in force
	PRIMARY KEY (course, mastery_override, status_rule)
) STRICT, WITHOUT ROWID;
