-- number is 0 for $LATEST; body is the whole record as JSON, the other columns are what is searched by.
CREATE TABLE function_version (
  function    TEXT    NOT NULL,
  number      INTEGER NOT NULL,
  code_sha256 TEXT    NOT NULL,
  code_size   INTEGER NOT NULL,
  unfinished  INTEGER NOT NULL,
  body        TEXT    NOT NULL,
  PRIMARY KEY (function, number)
);
CREATE INDEX function_latest ON function_version (function) WHERE number = 0;
CREATE INDEX function_unfinished ON function_version (function, number) WHERE unfinished = 1;
CREATE INDEX function_code ON function_version (code_sha256, code_size);

-- The code of layers that versions use: it stays referred to after the layer version was deleted.
CREATE TABLE version_layer (
  function    TEXT    NOT NULL,
  number      INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  code_sha256 TEXT    NOT NULL,
  PRIMARY KEY (function, number, position)
) WITHOUT ROWID;

CREATE TABLE function_alias (
  function TEXT NOT NULL,
  name     TEXT NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (function, name)
);

CREATE TABLE function_tag (
  function TEXT    NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  value    TEXT    NOT NULL,
  PRIMARY KEY (function, position)
) WITHOUT ROWID;

CREATE TABLE function_reservation (
  function TEXT    PRIMARY KEY,
  reserved INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE layer_version (
  layer       TEXT    NOT NULL,
  number      INTEGER NOT NULL,
  code_sha256 TEXT    NOT NULL,
  code_size   INTEGER NOT NULL,
  body        TEXT    NOT NULL,
  PRIMARY KEY (layer, number)
);

-- The last number given out; outlives the function or layer, so that a number never means two things.
CREATE TABLE last_number (
  kind   TEXT    NOT NULL,
  name   TEXT    NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;
