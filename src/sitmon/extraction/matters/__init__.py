"""What is said: events and their slots, how firmly, and whether it is news, background or comment."""
