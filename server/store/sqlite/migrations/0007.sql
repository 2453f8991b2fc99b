-- What people write in private: each draft has a stream of its own, which goes when the draft is revealed or thrown away.
CREATE TABLE drafts (
    stream INTEGER PRIMARY KEY REFERENCES streams (id),
    board BLOB NOT NULL REFERENCES boards (id),
    round BLOB NOT NULL CHECK (length(round) = 16),
    number INTEGER NOT NULL CHECK (number >= 1),
    person BLOB NOT NULL CHECK (length(person) = 16)
) STRICT;
CREATE INDEX drafts_by_round ON drafts (board, round, number);

-- The number at which a round is, for those whose first is over: a draft that comes later is of this one.
CREATE TABLE draft_rounds (
    board BLOB NOT NULL REFERENCES boards (id),
    round BLOB NOT NULL CHECK (length(round) = 16),
    number INTEGER NOT NULL CHECK (number >= 2),
    PRIMARY KEY (board, round)
) STRICT;
