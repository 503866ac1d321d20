-- What people answer to alarms and indicators, and what a log entry is about.

ALTER TABLE entry ADD COLUMN region TEXT;
ALTER TABLE entry ADD COLUMN claim INTEGER;

CREATE TABLE answer (
    row    INTEGER PRIMARY KEY,
    about  TEXT NOT NULL,       -- the alarm's or the indicator's id
    kind   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    until  INTEGER,
    author TEXT,
    note   TEXT,
    seal   BLOB NOT NULL        -- of the texts above
) STRICT;
CREATE INDEX answer_time ON answer (at);

CREATE TRIGGER answer_stays BEFORE UPDATE ON answer BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
CREATE TRIGGER answer_kept  BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
