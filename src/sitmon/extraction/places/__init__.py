"""Where it is said to happen: names, what points at places, and the ladder to the regions."""
