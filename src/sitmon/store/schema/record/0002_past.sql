-- What the past needs to stay what it was: since when a claim is superseded, and how the sources were at any moment.

-- From when the next version of the article is seen, whether or not it repeats the sentence; NULL while there is none.
ALTER TABLE placing ADD COLUMN replaced INTEGER;
UPDATE placing SET replaced = (
    SELECT n.visible_from FROM version v JOIN version n ON n.article = v.article AND n.number = v.number + 1
    WHERE v.row = placing.version
);
DROP INDEX placing_seen;
CREATE INDEX placing_seen ON placing (region, secondary, seen DESC, until, replaced);

-- When a source's health was written last. What was so before lies in health_past: a row for each change, and one an hour.
ALTER TABLE health ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE health SET at = CAST(unixepoch('subsec') * 1000000 AS INTEGER);

CREATE TABLE health_past (
    source           INTEGER NOT NULL REFERENCES source,
    at               INTEGER NOT NULL,
    kind             TEXT NOT NULL,
    title            TEXT NOT NULL,
    health           TEXT NOT NULL,
    last_success     INTEGER,
    next_poll        INTEGER,
    error            TEXT,
    failing_since    INTEGER,
    interval_seconds REAL NOT NULL,
    items            INTEGER NOT NULL,
    PRIMARY KEY (source, at)
) STRICT;
INSERT INTO health_past
    SELECT source, at, kind, title, health, last_success, next_poll, error, failing_since, interval_seconds, items FROM health;

CREATE TRIGGER health_past_stays BEFORE UPDATE ON health_past BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER health_past_kept  BEFORE DELETE ON health_past BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
