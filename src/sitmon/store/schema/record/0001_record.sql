-- The record: articles as immutable versions, how each was read, and the claims found in it.
--
-- Times are microseconds since 1970 in UTC. Offsets count code points into version.text; a span is [start, stop).
-- Digests are SHA-256. article, version, pass, report and claim are never changed (triggers at the end); placing, tally
-- and search are indexes made from them and may be made again.

PRAGMA application_id = 0x5349544D;  -- "SITM"

-- One row: what the next transaction builds on. Two of its columns begin at the microsecond of the record's making.
CREATE TABLE state (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    cursor      INTEGER NOT NULL,   -- grows by one with every commit; so no two records ever share one
    next_number INTEGER NOT NULL,   -- the next claim's number; so marks never point into another record
    lead        INTEGER NOT NULL    -- the furthest any report time lies after its version came to be seen
) STRICT;
INSERT INTO state VALUES (1, CAST(unixepoch('subsec') * 1000000 AS INTEGER), CAST(unixepoch('subsec') * 1000000 AS INTEGER), 0);

CREATE TABLE source  (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE region  (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;  -- "" holds what no region took
CREATE TABLE section (row INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;

-- A lexicon, gazetteer and situation that articles were read with.
CREATE TABLE reading (row INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, begun_at INTEGER NOT NULL) STRICT;

CREATE TABLE article (
    row    INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    id     TEXT NOT NULL,
    UNIQUE (source, id)
) STRICT;

CREATE TABLE version (
    row              INTEGER PRIMARY KEY,
    article          INTEGER NOT NULL REFERENCES article,
    number           INTEGER NOT NULL,
    visible_from     INTEGER NOT NULL,  -- first_seen_at, but never before the version it follows, whatever the clock did
    first_seen_at    INTEGER NOT NULL,
    published_at     INTEGER,
    published_is_day INTEGER NOT NULL,
    updated_at       INTEGER,
    notice           TEXT,
    baseline         INTEGER NOT NULL,
    content_key      BLOB NOT NULL,
    returned         INTEGER NOT NULL,  -- how often the source had come back to this content before; 0 for new content
    title            TEXT,
    outlet           TEXT,
    url              TEXT,
    path             TEXT,
    author           TEXT,
    language         TEXT,
    seal             BLOB NOT NULL,     -- of source, id and the six texts above
    text_digest      BLOB NOT NULL,
    text             TEXT NOT NULL,
    UNIQUE (article, number)
) STRICT;
CREATE UNIQUE INDEX version_content ON version (content_key, article, ifnull(notice, ''), returned);
CREATE INDEX version_visible ON version (visible_from);

-- One version read under one reading. Its reports and its claims are two unbroken runs of rows.
CREATE TABLE pass (
    row          INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL REFERENCES version,
    reading      INTEGER NOT NULL REFERENCES reading,
    first_report INTEGER NOT NULL,
    reports      INTEGER NOT NULL,
    first_claim  INTEGER NOT NULL,
    claims       INTEGER NOT NULL,
    unrouted     INTEGER NOT NULL,
    credits      TEXT NOT NULL,         -- JSON list of texts
    unknown      TEXT NOT NULL,         -- JSON list of texts
    seal         BLOB NOT NULL,         -- of credits and unknown
    UNIQUE (version, reading)
) STRICT;

CREATE TABLE report (
    row           INTEGER PRIMARY KEY,
    version       INTEGER NOT NULL REFERENCES version,
    reading       INTEGER NOT NULL REFERENCES reading,
    position      INTEGER NOT NULL,
    start         INTEGER NOT NULL,
    stop          INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    section       INTEGER REFERENCES section,
    report_time   INTEGER NOT NULL,
    basis         TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    digest        BLOB NOT NULL,        -- of the quote
    quote         TEXT                  -- kept beside the article only where there are claims; elsewhere it is the slice
) STRICT;

CREATE TABLE claim (
    row          INTEGER PRIMARY KEY,
    report       INTEGER NOT NULL REFERENCES report,
    number       INTEGER NOT NULL,      -- kept when an unchanged sentence is read again or stands in the next version
    start        INTEGER NOT NULL,
    stop         INTEGER NOT NULL,
    tier         INTEGER NOT NULL,
    frame        INTEGER,
    source_start INTEGER,
    source_stop  INTEGER,
    place        TEXT,
    modality     TEXT NOT NULL,
    polarity     TEXT NOT NULL,
    certainty    TEXT NOT NULL,
    auxiliary    TEXT NOT NULL,
    event        TEXT,
    actor        TEXT,
    routes       TEXT NOT NULL,         -- JSON list of [region, kind, reason]
    quantities   TEXT,                  -- JSON list of [value, unit], with its bound unless it is exact
    family       TEXT,                  -- of the proposition, as the four after it
    subject      TEXT,
    stance       TEXT,
    object       TEXT,
    wording      TEXT,
    source_text  TEXT,                  -- of the attribution, as the five after it
    cue          TEXT,
    source_class TEXT,
    via          TEXT,
    resolved     TEXT,
    origin       TEXT,
    seal         BLOB NOT NULL          -- of the sentence's quote and the twenty texts above
) STRICT;
CREATE INDEX claim_number ON claim (number);

-- Which claims a pane may show, newest first: only those of each version's newest pass.
CREATE TABLE placing (
    region      INTEGER NOT NULL REFERENCES region,
    secondary   INTEGER NOT NULL,
    report_time INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    claim       INTEGER NOT NULL,
    seen        INTEGER NOT NULL,       -- shown from here ...
    until       INTEGER NOT NULL,       -- ... to here: when the next version took over the unchanged sentence
    PRIMARY KEY (region, secondary, report_time DESC, version DESC, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX placing_seen ON placing (region, secondary, seen DESC, until);

-- Unrouted claims of newest versions, as what each hour added to the sum (or took from it).
CREATE TABLE tally (hour INTEGER PRIMARY KEY, unrouted INTEGER NOT NULL) STRICT;

-- Folded words of each version (text/fold.py), Arabic ones also without their clitics in `forms`.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, forms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);

-- What the sources last showed, and what is to be said of it: the present only.
CREATE TABLE sighting (
    row         INTEGER PRIMARY KEY,
    source      INTEGER NOT NULL REFERENCES source,
    locator     BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    article     TEXT,
    archived_at INTEGER,
    UNIQUE (source, locator)
) STRICT;

CREATE TABLE finding (
    row      INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL REFERENCES source,
    locator  BLOB NOT NULL,
    shown    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    sentence TEXT NOT NULL,
    at       INTEGER NOT NULL,
    UNIQUE (source, locator)
) STRICT;

CREATE TABLE health (
    source           INTEGER PRIMARY KEY REFERENCES source,
    kind             TEXT NOT NULL,
    title            TEXT NOT NULL,
    health           TEXT NOT NULL,
    last_success     INTEGER,
    next_poll        INTEGER,
    error            TEXT,
    failing_since    INTEGER,
    interval_seconds REAL NOT NULL,
    items            INTEGER NOT NULL
) STRICT;

CREATE TRIGGER article_stays BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER version_stays BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER pass_stays    BEFORE UPDATE ON pass    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER report_stays  BEFORE UPDATE ON report  BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER claim_stays   BEFORE UPDATE ON claim   BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER article_kept  BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER version_kept  BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER pass_kept     BEFORE DELETE ON pass    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER report_kept   BEFORE DELETE ON report  BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER claim_kept    BEFORE DELETE ON claim   BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
