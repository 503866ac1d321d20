"""The record and what people write, in a PostgreSQL database: for many desks and many collectors."""
