"""What becomes of a queued letter when its turn comes, by its kind."""
