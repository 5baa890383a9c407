"""The terms that hold for the meetings: deadlines, permission, priorities."""
