"""Fixtures of the contract suites."""

import pytest

from scheduler.store.protocol import Store
from scheduler.store.sql import create
from tests.support.stores import FreshUrl, fresh_url

__all__ = ["fresh_url"]


@pytest.fixture
def store(fresh_url: FreshUrl) -> Store:
    """A new store of each filling."""
    return create(fresh_url())
