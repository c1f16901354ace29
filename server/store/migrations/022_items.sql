-- Answers beyond choices, and the images and sounds that items show. All times: ms since 1970, UTC.

-- JSON (assessment/response.h): places chosen, pairs, sequences, texts. What was a set of bits becomes the list of
-- the places that it held.
ALTER TABLE placement_answer ADD COLUMN response TEXT NOT NULL DEFAULT '[]';
WITH RECURSIVE place(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM place WHERE n < 31)
UPDATE placement_answer SET response = (
	SELECT json_group_array(CAST(n AS TEXT)) FROM place WHERE (placement_answer.answer >> (n - 1)) & 1
) WHERE answer <> 0;
ALTER TABLE placement_answer DROP COLUMN answer;

-- Named by their contents: a bank, and a test drawn from it years ago, always find the same bytes. Never deleted.
CREATE TABLE item_media (
	sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
	type TEXT NOT NULL, -- as found in the bytes, not as somebody named it
	bytes BLOB NOT NULL,
	added_at INTEGER NOT NULL,
	added_by INTEGER REFERENCES person(id) -- NULL: by the command line
) STRICT, WITHOUT ROWID;
