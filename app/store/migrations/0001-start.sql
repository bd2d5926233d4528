-- Deliveries as they arrived. Ids are text that sorts in the order of arrival.
CREATE TABLE bodies (id INTEGER PRIMARY KEY, zipped BLOB NOT NULL);

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY,
  hook TEXT NOT NULL,
  guid TEXT NOT NULL,
  event TEXT NOT NULL,
  action TEXT,
  received_at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  repo TEXT,
  unhandled TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'aside', 'unhandled')),
  reason TEXT,
  -- Shared by a delivery and those folded into it.
  body INTEGER REFERENCES bodies (id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX deliveries_by_guid ON deliveries (guid, hook);
-- Led by the time, so that new rows go to few pages however many rows there are; twins are looked for in three buckets.
CREATE INDEX deliveries_by_digest ON deliveries (received_at / 600000, substr(digest, 1, 16));
CREATE INDEX deliveries_waiting ON deliveries (received_at) WHERE state = 'waiting';
CREATE INDEX deliveries_aside ON deliveries (id) WHERE state = 'aside';
CREATE INDEX deliveries_by_body ON deliveries (body);

-- Where a delivery was queued, for queueing it once more.
CREATE TABLE delivery_lanes (
  delivery TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  lane TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (delivery, lane)
) WITHOUT ROWID;

-- The queue. A lane without work has no row.
CREATE TABLE lanes (
  lane TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  installation INTEGER NOT NULL,
  -- Since when it may be taken; NULL when nothing is to be done at once.
  ready_at INTEGER,
  -- When a timer makes it ready: to look at the subject again, and to try failed work again.
  due_at INTEGER,
  retry_at INTEGER,
  -- What `due_at` was when it was taken; finishing the job decides on it.
  held_at INTEGER,
  -- Whether a timer or another lane woke it, besides the hints that wait.
  woken INTEGER NOT NULL DEFAULT 0,
  -- Tries of the present work that did not finish it, and how many of them broke.
  attempt INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  -- `host:pid`, to see at a start that the holder is gone.
  lease_process TEXT,
  lease_epoch INTEGER,
  lease_until INTEGER,
  -- The last hint taken with the lease.
  lease_hint INTEGER
);
CREATE INDEX lanes_ready ON lanes (installation, ready_at) WHERE ready_at IS NOT NULL AND lease_owner IS NULL;
CREATE INDEX lanes_due ON lanes (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX lanes_retry ON lanes (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX lanes_leased ON lanes (lease_until) WHERE lease_owner IS NOT NULL;

-- What waits or is being worked on; gone when finished or set aside.
CREATE TABLE hints (
  seq INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  delivery TEXT NOT NULL,
  event TEXT NOT NULL,
  action TEXT
);
CREATE INDEX hints_by_lane ON hints (lane, seq);
CREATE UNIQUE INDEX hints_by_delivery ON hints (delivery, lane);

-- What was remembered.
CREATE TABLE reports (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  -- What people called the subject then, in lower case.
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  -- Whether facts were looked at, or only why they were not.
  considered INTEGER NOT NULL,
  zipped BLOB NOT NULL
);
CREATE INDEX reports_by_lane ON reports (lane, seq);
CREATE INDEX reports_by_name ON reports (name, seq);
CREATE INDEX reports_considered ON reports (lane, seq) WHERE considered;

CREATE TABLE done (lane TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (lane, key)) WITHOUT ROWID;
CREATE TABLE heads (
  lane TEXT PRIMARY KEY,
  repo INTEGER NOT NULL,
  sha TEXT NOT NULL,
  base TEXT NOT NULL,
  subject TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX heads_by_sha ON heads (repo, sha);
CREATE TABLE good_rules (repo INTEGER PRIMARY KEY, oid TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE attempts (lane TEXT NOT NULL, change TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (lane, change)) WITHOUT ROWID;
CREATE TABLE pauses (account TEXT PRIMARY KEY, until INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;

-- Counting rows one by one would cost more the more there are.
CREATE TABLE counts (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counts VALUES ('deliveries', 0), ('reports', 0), ('epoch', 0), ('checks', 0);
CREATE TRIGGER deliveries_more AFTER INSERT ON deliveries BEGIN UPDATE counts SET n = n + 1 WHERE name = 'deliveries'; END;
CREATE TRIGGER deliveries_less AFTER DELETE ON deliveries BEGIN UPDATE counts SET n = n - 1 WHERE name = 'deliveries'; END;
CREATE TRIGGER reports_more AFTER INSERT ON reports BEGIN UPDATE counts SET n = n + 1 WHERE name = 'reports'; END;
CREATE TRIGGER reports_less AFTER DELETE ON reports BEGIN UPDATE counts SET n = n - 1 WHERE name = 'reports'; END;
