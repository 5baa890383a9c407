"""The door for browsers and calendar programs: what was published, and a way out of the letters."""
