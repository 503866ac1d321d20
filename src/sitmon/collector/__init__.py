"""Floor 6: the collecting process, which ties sources, extraction and the record together and alone writes the record."""
