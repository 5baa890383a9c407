"""Events from calendars that may mean harm, read in a child process within limits."""
