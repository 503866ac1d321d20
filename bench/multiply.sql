-- One more copy of the first articles of a record, later in time and under ids of its own (bench/large.py): what filing them would
-- have written, row for row, without reading or sending them again.

INSERT INTO article (row, source, id) SELECT row + {k} * {articles}, source, id || '-' || {k} FROM article WHERE row <= {articles};

INSERT INTO version SELECT
    v.row + {k} * {versions}, v.article + {k} * {articles}, number, visible_from + {k} * {span}, first_seen_at + {k} * {span},
    published_at + {k} * {span}, published_is_day, updated_at + {k} * {span}, notice, baseline, sha256(content_key || int8send({k})),
    returned, title, outlet, url, path, author, language,
    sha256(convert_to(concat_ws(chr(31), s.id, a.id || '-' || {k}, nullif(title, ''), nullif(outlet, ''), nullif(url, ''),
        nullif(path, ''), nullif(author, ''), nullif(language, '')), 'UTF8')),
    text_digest, text, extent
FROM version v JOIN article a ON a.row = v.article JOIN source s ON s.row = a.source WHERE v.row <= {versions};

INSERT INTO pass (version, reading, first_report, reports, first_claim, claims, unrouted, credits, unknown, seal) SELECT
    version + {k} * {versions}, reading, first_report + {k} * {reports}, reports, first_claim + {k} * {claims}, claims, unrouted,
    credits, unknown, seal
FROM pass WHERE version <= {versions};

INSERT INTO report SELECT
    row + {k} * {reports}, version + {k} * {versions}, reading, position, start, stop, kind, section, report_time + {k} * {span},
    basis, first_seen_at + {k} * {span}, digest, quote
FROM report WHERE row <= {reports};

INSERT INTO claim SELECT
    row + {k} * {claims}, report + {k} * {reports}, number + {k} * {numbers}, start, stop, tier, frame, source_start, source_stop,
    place, modality, polarity, certainty, auxiliary, event, actor, routes, quantities, family, subject, stance, object, wording,
    source_text, cue, source_class, via, resolved, origin, seal
FROM claim WHERE row <= {claims};

INSERT INTO "placing" SELECT
    region, secondary, report_time + {k} * {span}, version + {k} * {versions}, claim + {k} * {claims}, seen + {k} * {span},
    CASE WHEN until = 9223372036854775807 THEN until ELSE until + {k} * {span} END, replaced + {k} * {span}
FROM "placing" WHERE version <= {versions};

INSERT INTO search SELECT version + {k} * {versions}, words, title, text FROM search WHERE version <= {versions};
