-- Votes that are open, each with its ballots: nothing is left of either once a vote is closed. `version` counts changes to the
-- ballots. Rows lie in the order of their keys, which says nothing of who came first.
CREATE TABLE votes (
    board BLOB NOT NULL REFERENCES boards (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL,
    PRIMARY KEY (board, id)
) STRICT, WITHOUT ROWID;
-- `voter` is a person, or with `entered_by` the id of a ballot that this facilitator entered for somebody.
CREATE TABLE ballots (
    board BLOB NOT NULL,
    vote BLOB NOT NULL,
    voter BLOB NOT NULL CHECK (length(voter) = 16),
    entered_by BLOB CHECK (length(entered_by) = 16),
    ballot TEXT NOT NULL,
    PRIMARY KEY (board, vote, voter),
    FOREIGN KEY (board, vote) REFERENCES votes (board, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
-- Surveys of workshops. `answers` have a random key and no person; `answered` has people and no answers, so that each answers once.
CREATE TABLE surveys (
    workshop BLOB NOT NULL REFERENCES workshops (id),
    survey TEXT NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (workshop, survey)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    workshop BLOB NOT NULL,
    survey TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 16),
    answer TEXT NOT NULL,
    PRIMARY KEY (workshop, survey, key),
    FOREIGN KEY (workshop, survey) REFERENCES surveys (workshop, survey)
) STRICT, WITHOUT ROWID;
CREATE TABLE answered (
    workshop BLOB NOT NULL,
    survey TEXT NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    PRIMARY KEY (workshop, survey, person),
    FOREIGN KEY (workshop, survey) REFERENCES surveys (workshop, survey)
) STRICT, WITHOUT ROWID;
