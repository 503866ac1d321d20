"""Who says what, in languages whose verb stands before its subject."""
