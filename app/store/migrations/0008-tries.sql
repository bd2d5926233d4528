-- Of the tries of the present work: how many ended with an error, and during how many in a row, up to now, the process died.
ALTER TABLE lanes ADD COLUMN errors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lanes ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
