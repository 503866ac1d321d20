-- What can be contested has a place of its own besides (placing.secondary = 2), so that a busy day does not crowd out a contradiction.

INSERT INTO placing
    SELECT p.region, 2, p.report_time, p.version, p.claim, p.seen, p.until, p.replaced
    FROM placing p JOIN claim c ON c.row = p.claim WHERE p.secondary = 0 AND c.family IS NOT NULL
      AND p.region != ifnull((SELECT row FROM region WHERE id = ''), -1);
