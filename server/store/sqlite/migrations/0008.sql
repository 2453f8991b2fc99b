-- A role ends at this moment, milliseconds since 1970; then it is nothing. NULL is without end.
ALTER TABLE members ADD COLUMN ends INTEGER;
ALTER TABLE series_members ADD COLUMN ends INTEGER;

-- Who leads: at first who made the series.
ALTER TABLE series ADD COLUMN lead BLOB;
UPDATE series SET lead = made_by;

-- A team that works no more, since when, and the one that took it in; or the one that it came out of.
ALTER TABLE teams ADD COLUMN withdrawn INTEGER;
ALTER TABLE teams ADD COLUMN merged_into BLOB REFERENCES teams (id);
ALTER TABLE teams ADD COLUMN split_from BLOB REFERENCES teams (id);

-- What people say about themselves, and the last day (UTC) on which they had a board of the series open.
CREATE TABLE series_people (
    series BLOB NOT NULL REFERENCES series (id),
    person BLOB NOT NULL REFERENCES people (id),
    organisation BLOB,
    profession TEXT NOT NULL,
    perspective TEXT NOT NULL,
    seen TEXT,
    PRIMARY KEY (series, person),
    FOREIGN KEY (series, organisation) REFERENCES organisations (series, id)
) STRICT;
CREATE INDEX series_people_by_organisation ON series_people (series, organisation);

-- Who has redeemed which link, whatever role they have by now: those of a person who is removed are void.
CREATE TABLE redemptions (
    person BLOB NOT NULL REFERENCES people (id),
    invite BLOB NOT NULL REFERENCES invites (id),
    PRIMARY KEY (person, invite)
) STRICT;
INSERT OR IGNORE INTO redemptions (person, invite) SELECT person, invite FROM members WHERE invite IS NOT NULL;
INSERT OR IGNORE INTO redemptions (person, invite) SELECT person, invite FROM series_members WHERE invite IS NOT NULL;

-- Where somebody who was moved from a board is now: a link to the old one leads them there.
CREATE TABLE moves (
    person BLOB NOT NULL REFERENCES people (id),
    old BLOB NOT NULL REFERENCES boards (id),
    new BLOB NOT NULL REFERENCES boards (id),
    PRIMARY KEY (person, old)
) STRICT;
