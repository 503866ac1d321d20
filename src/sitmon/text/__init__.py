"""Floor 0: pure text tools, without any state: what is shown made safe, words folded, dates and times read and written."""
