-- What lists of people are found by stands in the indexes themselves, so that a pass over everybody touches no rows.

DROP INDEX person_by_name;
CREATE INDEX person_by_name ON person(family_name, given_name, id, codice_fiscale, company, target_group, profession, active,
	counted, anonymised_at);

DROP INDEX attempt_by_module;
CREATE INDEX attempt_by_module ON attempt(module, person, completed_at);

DROP INDEX person_level_by_person;
CREATE INDEX person_level_by_person ON person_level(person, id, level);

-- The table's own key leads to the evidence too.
CREATE INDEX completion_of_path ON completion(person, level) WHERE level IS NOT NULL;
