"""What is published beside calendars: the same entries as JSON and CSV, and their news as Atom."""
