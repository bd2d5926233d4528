-- What the pages read. The repository of a report is its name up to the first character that no repository's name has.
ALTER TABLE reports ADD COLUMN repo TEXT GENERATED ALWAYS AS (
  substr(name, 1, length(name) - length(ltrim(name, 'abcdefghijklmnopqrstuvwxyz0123456789-._/')))
) VIRTUAL;
CREATE INDEX reports_by_repo ON reports (repo, seq) WHERE considered;

CREATE INDEX deliveries_by_state ON deliveries (state, id);
CREATE INDEX deliveries_by_event ON deliveries (event, id);
CREATE INDEX deliveries_by_repo ON deliveries (repo COLLATE NOCASE, id);
-- A delivery that is done and has a reason was folded into another.
CREATE INDEX deliveries_folded ON deliveries (id) WHERE state = 'done' AND reason IS NOT NULL;

-- Which looks a delivery brought about, and when they were finished.
CREATE TABLE looks (
  delivery TEXT NOT NULL,
  report TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (delivery, report)
) WITHOUT ROWID;

-- One-time links and sessions of operators, by the SHA-256 of their tokens. Times are milliseconds since the epoch.
CREATE TABLE operator_links (hash TEXT PRIMARY KEY, login TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (hash TEXT PRIMARY KEY, login TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;

-- What people did on the pages. `who` is a GitHub login, or NULL for somebody on the machine itself.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT,
  what TEXT NOT NULL,
  object TEXT NOT NULL
);
CREATE INDEX audit_by_object ON audit (object, id);
