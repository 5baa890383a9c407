"""The opening of a report: what it is, from when, and whose."""
