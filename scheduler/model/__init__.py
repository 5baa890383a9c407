"""Nouns of the trade, as frozen values."""
