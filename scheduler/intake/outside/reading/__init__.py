"""Calendars and mails that may mean harm, read in a child process within limits."""
