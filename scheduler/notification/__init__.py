"""Telling each person: what is due, the letter that says it, and how it gets there once."""
