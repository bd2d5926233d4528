-- Commands that were accepted and are kept, as JSON; bound to what the person could see.
CREATE TABLE asks (
  lane TEXT NOT NULL,
  key TEXT NOT NULL,
  at TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (lane, key)
) STRICT, WITHOUT ROWID;
