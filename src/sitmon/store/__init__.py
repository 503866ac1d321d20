"""Floor 4: the record behind its Protocol (record.py), and the small file of what people write (desk.py)."""
