-- Names for what a board was at a number. Each owns a row of `checkpoints` with the purpose 'snapshot'; its epoch and number
-- stand in both, so that neither row fits another's place.
CREATE TABLE snapshots (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    stream INTEGER NOT NULL REFERENCES streams (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    taken INTEGER NOT NULL,
    taken_by BLOB NOT NULL CHECK (length(taken_by) = 16),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL UNIQUE REFERENCES checkpoints (id)
) STRICT;
CREATE INDEX snapshots_by_stream ON snapshots (stream, taken);
