"""What a language is to a reading: its word lists, compiled into phrases, rules and classes of words."""
