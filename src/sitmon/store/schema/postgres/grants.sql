-- What each role may do with sitmon's tables; run after every migration, where the roles are there. Read by postgres/roles.py.

GRANT USAGE ON SCHEMA sitmon TO sitmon_collector, sitmon_desk, sitmon_viewer;
REVOKE ALL ON ALL TABLES IN SCHEMA sitmon FROM sitmon_collector, sitmon_desk, sitmon_viewer;

-- Everybody reads; what later migrations make is readable before anything else is said of it.
GRANT SELECT ON ALL TABLES IN SCHEMA sitmon TO sitmon_collector, sitmon_desk, sitmon_viewer;
ALTER DEFAULT PRIVILEGES IN SCHEMA sitmon GRANT SELECT ON TABLES TO sitmon_collector, sitmon_desk, sitmon_viewer;

-- Collectors write the record and nothing that people write.
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sitmon TO sitmon_collector;
ALTER DEFAULT PRIVILEGES IN SCHEMA sitmon GRANT INSERT, UPDATE, DELETE ON TABLES TO sitmon_collector;
REVOKE INSERT, UPDATE, DELETE ON sitmon.schema, sitmon.mark, sitmon.entry, sitmon.answer, sitmon.decision FROM sitmon_collector;

-- Desks add to what people write; nobody changes it.
GRANT INSERT ON sitmon.mark, sitmon.entry, sitmon.answer, sitmon.decision TO sitmon_desk;
