"""Calendars that others keep: files and https addresses, read as what strangers may send."""
