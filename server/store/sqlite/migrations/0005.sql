-- Workshops of a series, in the order of `place`, each with its agenda as JSON. `stream` holds what is said to all its boards.
CREATE TABLE workshops (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series BLOB NOT NULL REFERENCES series (id),
    stream INTEGER NOT NULL UNIQUE REFERENCES streams (id),
    place INTEGER NOT NULL,
    title_fi TEXT NOT NULL,
    title_sv TEXT NOT NULL,
    title_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    setting TEXT NOT NULL,
    date TEXT,
    begins TEXT,
    zone TEXT NOT NULL,
    agenda TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX workshops_by_series ON workshops (series, place);
