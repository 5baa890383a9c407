"""Fixtures of the contract suites."""

from tests.support.stores import (
    filling,
    fresh_url,
    made_on_postgresql,
    made_on_sqlite,
    made_url,
    postgresql,
    store,
)

__all__ = [
    "filling",
    "fresh_url",
    "made_on_postgresql",
    "made_on_sqlite",
    "made_url",
    "postgresql",
    "store",
]
