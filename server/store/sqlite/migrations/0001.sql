-- What a stream stands at. `base` is the number after which its epoch begins.
CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    base INTEGER NOT NULL CHECK (base >= 0),
    seq INTEGER NOT NULL CHECK (seq >= base)
) STRICT;

-- A rowid table with an index: entries of all streams are appended at one end of the file.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    body BLOB NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_by_number ON entries (stream, seq);

-- `purpose` is 'latest' for the one from which a stream loads, which the next replaces. Others are never
-- replaced: whatever names them (a snapshot) refers to their id.
CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('latest', 'snapshot')),
    document BLOB NOT NULL,
    facilitation TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX checkpoints_latest ON checkpoints (stream) WHERE purpose = 'latest';
CREATE INDEX checkpoints_by_number ON checkpoints (stream, seq);

-- Client ids of the stream's present epoch: an unsigned 64-bit number kept as the signed one of the same bits.
CREATE TABLE clients (
    stream INTEGER NOT NULL REFERENCES streams (id),
    client INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    PRIMARY KEY (stream, client)
) STRICT;

-- Who first made each object of the stream's present epoch.
CREATE TABLE authors (
    stream INTEGER NOT NULL REFERENCES streams (id),
    object TEXT NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    PRIMARY KEY (stream, object)
) STRICT;

CREATE TABLE quarantine (
    stream INTEGER NOT NULL REFERENCES streams (id),
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (stream, seq, place)
) STRICT;

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    made INTEGER NOT NULL,
    server_owner INTEGER NOT NULL CHECK (server_owner IN (0, 1))
) STRICT;

CREATE TABLE boards (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    stream INTEGER NOT NULL UNIQUE REFERENCES streams (id),
    title TEXT NOT NULL,
    made INTEGER NOT NULL,
    made_by BLOB NOT NULL CHECK (length(made_by) = 16)
) STRICT;

-- An invite without a board is the owner link of the whole server.
CREATE TABLE invites (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    board BLOB REFERENCES boards (id),
    role TEXT,
    secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
    made INTEGER NOT NULL,
    made_by BLOB CHECK (length(made_by) = 16),
    expires INTEGER,
    uses_left INTEGER CHECK (uses_left >= 0),
    revoked INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    CHECK ((board IS NULL) = (role IS NULL))
) STRICT;
CREATE INDEX invites_by_board ON invites (board);

CREATE TABLE members (
    board BLOB NOT NULL REFERENCES boards (id),
    person BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    invite BLOB REFERENCES invites (id),
    PRIMARY KEY (board, person)
) STRICT;
CREATE INDEX members_by_person ON members (person);
CREATE INDEX members_by_invite ON members (invite);

CREATE TABLE sessions (
    secret BLOB NOT NULL PRIMARY KEY CHECK (length(secret) = 32),
    person BLOB NOT NULL REFERENCES people (id),
    made INTEGER NOT NULL,
    expires INTEGER
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person);

-- What is written, and taken away again, to learn whether a full disk has room.
CREATE TABLE probe (
    id INTEGER PRIMARY KEY,
    filler BLOB NOT NULL
) STRICT;
