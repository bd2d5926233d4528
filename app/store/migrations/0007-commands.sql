-- What people can ask of the bot in each repository, as JSON, and whether everybody may see it on GitHub; NULL: not known yet.
ALTER TABLE setups ADD COLUMN commands TEXT;
ALTER TABLE setups ADD COLUMN public INTEGER;
-- When any of this was another last, in milliseconds since the epoch.
ALTER TABLE setups ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE setups ADD COLUMN name TEXT GENERATED ALWAYS AS (
  lower(json_extract(subject, '$.repo.owner') || '/' || json_extract(subject, '$.repo.name'))
) VIRTUAL;
CREATE INDEX setups_by_name ON setups (name);
