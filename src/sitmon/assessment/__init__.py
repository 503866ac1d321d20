"""Claims and a clock become a board: pure functions, no I/O (design: the domain's sections 3 to 8)."""
