"""What outside text may do, all of it at once: a corpus made on the spot, and what must come of each case."""
