-- Workshop series: organisations, teams with their challenges and boards, people with a role in all of it.

-- Names are kept in three languages, days as yyyy-mm-dd, sets of words with spaces between them.
CREATE TABLE series (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name_fi TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_en TEXT NOT NULL,
    purpose TEXT NOT NULL,
    starts TEXT,
    ends TEXT,
    languages TEXT NOT NULL,
    made INTEGER NOT NULL,
    made_by BLOB NOT NULL CHECK (length(made_by) = 16)
) STRICT;

-- `place` is the order in which they came. Others refer to (series, id): nothing can name another series' organisation.
CREATE TABLE organisations (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series BLOB NOT NULL REFERENCES series (id),
    place INTEGER NOT NULL,
    name_fi TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_en TEXT NOT NULL,
    abbreviation TEXT NOT NULL,
    sector TEXT NOT NULL,
    UNIQUE (series, id),
    UNIQUE (series, place)
) STRICT;

CREATE TABLE series_owners (
    series BLOB NOT NULL,
    organisation BLOB NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (series, organisation),
    FOREIGN KEY (series, organisation) REFERENCES organisations (series, id)
) STRICT;

-- Without an owner the network owns it.
CREATE TABLE challenges (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series BLOB NOT NULL REFERENCES series (id),
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    problem TEXT NOT NULL,
    customer_group TEXT NOT NULL,
    need_types TEXT NOT NULL,
    proposer BLOB,
    owner BLOB,
    UNIQUE (series, id),
    FOREIGN KEY (series, proposer) REFERENCES organisations (series, id),
    FOREIGN KEY (series, owner) REFERENCES organisations (series, id)
) STRICT;
CREATE INDEX challenges_by_proposer ON challenges (series, proposer);
CREATE INDEX challenges_by_owner ON challenges (series, owner);

-- A board belongs to a series or to none; a team's board to the team's series.
ALTER TABLE boards ADD COLUMN series BLOB REFERENCES series (id);
CREATE UNIQUE INDEX boards_by_series ON boards (series, id);

CREATE TABLE teams (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series BLOB NOT NULL REFERENCES series (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    board BLOB NOT NULL UNIQUE,
    challenge BLOB NOT NULL UNIQUE,
    UNIQUE (series, place),
    FOREIGN KEY (series, board) REFERENCES boards (series, id),
    FOREIGN KEY (series, challenge) REFERENCES challenges (series, id)
) STRICT;

-- An invite leads to a board, to a series, or (to neither) it is the owner link of the whole server. SQLite changes no
-- conditions of a table, so it is made anew, and `members`, which refers to it, too.
ALTER TABLE invites RENAME TO invites_before;
CREATE TABLE invites (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    board BLOB REFERENCES boards (id),
    series BLOB REFERENCES series (id),
    role TEXT,
    secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32),
    made INTEGER NOT NULL,
    made_by BLOB CHECK (length(made_by) = 16),
    expires INTEGER,
    uses_left INTEGER CHECK (uses_left >= 0),
    revoked INTEGER NOT NULL CHECK (revoked IN (0, 1)),
    CHECK (board IS NULL OR series IS NULL),
    CHECK ((board IS NULL AND series IS NULL) = (role IS NULL))
) STRICT;
INSERT INTO invites (id, board, series, role, secret, made, made_by, expires, uses_left, revoked)
    SELECT id, board, NULL, role, secret, made, made_by, expires, uses_left, revoked FROM invites_before;

ALTER TABLE members RENAME TO members_before;
CREATE TABLE members (
    board BLOB NOT NULL REFERENCES boards (id),
    person BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    invite BLOB REFERENCES invites (id),
    PRIMARY KEY (board, person)
) STRICT;
INSERT INTO members (board, person, role, invite) SELECT board, person, role, invite FROM members_before;
DROP TABLE members_before;
DROP TABLE invites_before;
CREATE INDEX invites_by_board ON invites (board);
CREATE INDEX invites_by_series ON invites (series);
CREATE INDEX members_by_person ON members (person);
CREATE INDEX members_by_invite ON members (invite);

-- A role on every board of a series, later ones too.
CREATE TABLE series_members (
    series BLOB NOT NULL REFERENCES series (id),
    person BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role <> 'participant'),
    invite BLOB REFERENCES invites (id),
    PRIMARY KEY (series, person)
) STRICT;
CREATE INDEX series_members_by_person ON series_members (person);
CREATE INDEX series_members_by_invite ON series_members (invite);
