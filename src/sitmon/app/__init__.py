"""Floor 8: the desk, the only floor that knows the terminal library. It reads the record, assesses it and paints."""
