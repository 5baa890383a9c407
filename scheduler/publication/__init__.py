"""Telling everyone: a plan becomes calendar feeds, pages and files."""
