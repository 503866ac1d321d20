-- What people decided on contested matters. Append-only.

CREATE TABLE decision (
    row    INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    issue  TEXT NOT NULL,       -- the matter's id
    at     INTEGER NOT NULL,
    into_  TEXT,                -- of a join: the matter it is part of
    claims TEXT,                -- of a split: JSON list of claim numbers
    author TEXT,
    note   TEXT,
    seal   BLOB NOT NULL        -- of the texts above
) STRICT;

CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
CREATE TRIGGER decision_kept  BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
