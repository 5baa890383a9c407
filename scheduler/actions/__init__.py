"""Verbs: one file for each thing a person can ask."""
