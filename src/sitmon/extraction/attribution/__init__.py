"""Who says what: cues, how far they reach, and the sources behind them."""
