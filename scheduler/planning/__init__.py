"""Choice, pure: drafts from reports and edits, what they change, and the stamps of what stands."""
