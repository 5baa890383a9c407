"""The documents a report names, and what of them goes on at later meetings."""
