"""The way in: reports, groups and settings that people write, read into values."""
