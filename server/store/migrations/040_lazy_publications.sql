-- Publishing for sixty thousand people is one small write: who is asked to change version follows from the publications
-- themselves, when it is looked at (server/store/versions.c). An attempt only notes which of them are over for it.

ALTER TABLE attempt RENAME COLUMN
	publication TO publications_past; -- only those after this one can ask to leave the attempt; NULL: any
UPDATE attempt SET publications_past = (SELECT max(p.id) FROM publication p WHERE attempt.publications_past IS NULL OR p.id < attempt.publications_past);

CREATE INDEX publication_by_module ON publication(module, id);
CREATE INDEX attempt_by_course ON attempt(module, course, level);
