"""How calendars are written and read; knows nothing of meetings."""
