-- A launch may only look at an attempt's journal: it plays nothing and records nothing.
ALTER TABLE launch ADD COLUMN inspects INTEGER NOT NULL DEFAULT 0 CHECK (inspects IN (0, 1));
