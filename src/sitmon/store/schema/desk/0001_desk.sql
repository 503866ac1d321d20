-- What people write at the desk: marks and log entries. Append-only; times are microseconds since 1970 in UTC.

PRAGMA application_id = 0x5349544E;

CREATE TABLE mark (
    row    INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    region TEXT NOT NULL,
    claim  INTEGER NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_seen ON mark (region, kind, claim);
CREATE INDEX mark_pins ON mark (region) WHERE kind IN ('pinned', 'unpinned');

CREATE TABLE entry (
    row    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    author TEXT,
    text   TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX entry_time ON entry (at);

CREATE TRIGGER mark_stays  BEFORE UPDATE ON mark  BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
CREATE TRIGGER mark_kept   BEFORE DELETE ON mark  BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
CREATE TRIGGER entry_kept  BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'what people wrote is append-only'); END;
