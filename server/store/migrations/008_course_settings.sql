-- Settings of a course, for its SCORM 1.2 versions. Chosen by the designer; the mastery score used to be one setting of
-- the whole programme.

ALTER TABLE course ADD COLUMN
	mastery_override INTEGER NOT NULL DEFAULT 0 CHECK (mastery_override IN (0, 1)); -- 1: the mastery score in the manifest decides passed and failed
ALTER TABLE course ADD COLUMN
	status_rule TEXT NOT NULL DEFAULT 'all' CHECK (status_rule IN ('all', 'any', 'last', 'mastery')); -- which SCOs decide: enum status_rule, player/engine/engine.h

-- Who had said yes for the programme keeps it for the courses there are.
UPDATE course SET mastery_override = 1 WHERE EXISTS (SELECT 1 FROM setting WHERE name = 'mastery_override' AND value = 'yes');
DELETE FROM setting WHERE name = 'mastery_override';
