"""Contributions as people enter them: one by one, or as a list in YAML or CSV."""
