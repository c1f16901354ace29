-- Each discipline of a person belongs to one of the person's professions: somebody may have several [ECM 1.1], and
-- professions share disciplines (Allegato H), so the code alone does not tell which.

CREATE TABLE person_discipline_by_profession (
	person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
	profession INTEGER NOT NULL CHECK (profession BETWEEN 1 AND 99), -- cod_prof; person.profession is the main one
	discipline INTEGER NOT NULL CHECK (discipline BETWEEN 1 AND 999), -- ECM 1.3
	PRIMARY KEY (person, profession, discipline)
) STRICT, WITHOUT ROWID;

INSERT INTO person_discipline_by_profession
	SELECT d.person, p.profession, d.discipline FROM person_discipline d JOIN person p ON p.id = d.person
	WHERE p.profession IS NOT NULL;
DROP TABLE person_discipline;
ALTER TABLE person_discipline_by_profession RENAME TO person_discipline;
