-- People whose data were made anonymous: who they were is gone, what the statistics count stays.
ALTER TABLE person ADD COLUMN anonymised_at INTEGER; -- ms since 1970; NULL: not
ALTER TABLE person ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)); -- 1: enrolled when that happened: the programme's numbers keep the row
CREATE INDEX person_anonymised ON person(anonymised_at) WHERE anonymised_at IS NOT NULL;
