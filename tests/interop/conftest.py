"""What is published of groups all over the world, for readers that others wrote."""

from collections.abc import Mapping

import pytest

from scheduler.publication.feeds.all_feeds import feeds
from tests.support.feeds_in_bytes import few_that_tell_all
from tests.support.many_zones import PLANS
from tests.support.plans import BASE, TODAY


@pytest.fixture(scope="session")
def published() -> Mapping[str, bytes]:
    """Every feed of the sample groups, by its path below the site."""
    return feeds(PLANS, BASE, TODAY)


@pytest.fixture(scope="session")
def few(published: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Few of these feeds, in which every entry stands that stands in any of them."""
    return few_that_tell_all(published)
