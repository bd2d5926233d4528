-- Lanes that are looked at one after another, a row of them for each installation.
CREATE TABLE in_turn (
  seq INTEGER PRIMARY KEY,
  lane TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  installation INTEGER NOT NULL,
  -- Whether somebody waits for it.
  ahead INTEGER NOT NULL,
  -- Milliseconds after the one before it.
  gap INTEGER NOT NULL,
  -- The lease during which it is looked at before its turn comes; once that look is finished it has had its turn.
  taken INTEGER
) STRICT;
CREATE INDEX in_turn_rows ON in_turn (installation, ahead, seq);

-- How fast each row went of late: at `at` so many looks counted towards those that may come at once, and those that may come fast.
CREATE TABLE paces (
  installation INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  burst REAL NOT NULL,
  quick REAL NOT NULL,
  -- Whether the last one was one that somebody waited for.
  ahead INTEGER NOT NULL,
  -- When the next one's turn comes; NULL: nobody is in the row.
  next_at INTEGER
) STRICT;
CREATE INDEX paces_next ON paces (next_at) WHERE next_at IS NOT NULL;
