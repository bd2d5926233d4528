-- Who stands in line for a base branch: what each pull request said of itself when it was looked at last.
CREATE TABLE turns (
  lane TEXT PRIMARY KEY,
  repo INTEGER NOT NULL,
  base TEXT NOT NULL,
  subject TEXT NOT NULL,
  turn TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX turns_by_base ON turns (repo, base);

-- Since when each piece of a repository's rules that answers events is in force; the empty piece: since when the repository
-- is known. Times are milliseconds since the epoch.
CREATE TABLE in_force (
  repo INTEGER NOT NULL,
  piece TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (repo, piece)
) WITHOUT ROWID;
