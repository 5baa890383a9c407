"""The calendar feeds: entries, the runs of them that feeds share, and feeds put together."""
