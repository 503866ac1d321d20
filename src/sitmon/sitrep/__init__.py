"""Board and record as text and JSON, for people and programs: no terminal control, no terminal library."""
