-- Every repository that was decided about, and the numbers of those whose rules files its own rules are built on.
CREATE TABLE setups (repo INTEGER PRIMARY KEY, subject TEXT NOT NULL, built_on TEXT NOT NULL);
