"""Floor 5: where documents come from, and how their bytes become what an article says of itself."""
