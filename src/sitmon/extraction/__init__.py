"""Floor 2: an article in, its reports and claims out; rules and word lists, no I/O after loading, no model."""
