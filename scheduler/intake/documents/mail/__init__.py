"""Mail that was saved as a file."""
