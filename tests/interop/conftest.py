"""What is published of groups all over the world, for readers that others wrote."""

from collections.abc import Mapping

import pytest

from scheduler.publication.feeds import feeds
from tests.support.many_zones import PLANS
from tests.support.plans import BASE, TODAY


@pytest.fixture(scope="session")
def published() -> Mapping[str, bytes]:
    """Every feed of the sample groups, by its path below the site."""
    return feeds(PLANS, BASE, TODAY)
