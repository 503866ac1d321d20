-- What a source leaves to be remembered: a feed's validators, when it may be asked again, its items' identities. The present only.
CREATE TABLE memory (
    source  INTEGER PRIMARY KEY REFERENCES source,
    content BLOB NOT NULL
) STRICT;
