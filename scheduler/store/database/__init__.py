"""Reaching a database: where it is, its transactions, the versions of its schema."""
