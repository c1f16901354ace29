-- A log-in that was renewed over a running course: its page goes on under a new token, while the course inside loads its
-- further files from the address that it had.

CREATE TABLE launch_former (
	token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64), -- opens the files of the launch, and nothing else
	launch TEXT NOT NULL REFERENCES launch(token_hash) ON DELETE CASCADE -- dies with it
) STRICT, WITHOUT ROWID;
CREATE INDEX launch_former_by_launch ON launch_former(launch);
