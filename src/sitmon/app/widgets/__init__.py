"""The few widgets of the desk: each paints rows that a view has decided."""
