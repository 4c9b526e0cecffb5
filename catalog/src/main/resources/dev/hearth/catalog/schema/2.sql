-- What functions, layers and the account have beside their versions and aliases: one record for each kind, owner and
-- key. The owner is a function, a layer, or empty for the account; the key a version, an alias or an id.
CREATE TABLE record (
  kind  TEXT NOT NULL,
  owner TEXT NOT NULL,
  key   TEXT NOT NULL,
  body  TEXT NOT NULL,
  PRIMARY KEY (kind, owner, key)
) WITHOUT ROWID;
