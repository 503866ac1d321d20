-- Unrouted are claims only: a headline or a commentary without a region asks nobody to look for one. Counted anew.

DROP TRIGGER pass_stays;
UPDATE pass SET unrouted = (
    SELECT count(*) FROM claim c JOIN report r ON r.row = c.report
    WHERE c.row >= pass.first_claim AND c.row < pass.first_claim + pass.claims AND c.routes = '[]' AND r.kind = 'claim'
);
CREATE TRIGGER pass_stays BEFORE UPDATE ON pass BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

DELETE FROM tally;
INSERT INTO tally
    SELECT v.visible_from / 3600000000, sum(
        ifnull((SELECT unrouted FROM pass WHERE version = v.row ORDER BY reading DESC LIMIT 1), 0)
        - ifnull((SELECT unrouted FROM pass WHERE version = b.row ORDER BY reading DESC LIMIT 1), 0)
    )
    FROM version v LEFT JOIN version b ON b.article = v.article AND b.number = v.number - 1
    GROUP BY v.visible_from / 3600000000;
