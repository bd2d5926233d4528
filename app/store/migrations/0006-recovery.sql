-- How far each loop that makes up for what was missed has come, in milliseconds since the epoch.
CREATE TABLE marks (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Deliveries that GitHub's log has and the bot does not; gone once they are here, or when GitHub keeps them no more.
CREATE TABLE missed (
  guid TEXT PRIMARY KEY,
  -- GitHub's number of one attempt to deliver it.
  id INTEGER NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- How often it was asked for, and when it may be asked for again.
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where nothing may be written on GitHub: a repository as `owner/name` in lower case, or everywhere, as an empty name.
CREATE TABLE halts (scope TEXT PRIMARY KEY, reason TEXT NOT NULL, who TEXT, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Whether what is to be tried again waits even when something new comes for the lane.
ALTER TABLE lanes ADD COLUMN firm INTEGER NOT NULL DEFAULT 1;
