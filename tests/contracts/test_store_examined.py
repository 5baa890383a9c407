"""What a database says of itself, whichever it is, to somebody who only looks."""

from dataclasses import replace
from datetime import timedelta

from scheduler.actions.doctor.clock import doubt_of_server
from scheduler.actions.doctor.database import check_durability, check_schema
from scheduler.assembly import clock
from scheduler.model.audit import Deed
from scheduler.model.moment import Instant
from scheduler.store.protocol import Store
from scheduler.store.sql import create, look_at
from tests.support.stores import FreshUrl

NOON = Instant.parse("2024-02-12T12:00:00Z")


def test_a_new_database_is_fit(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    create(url)
    state, store = look_at(url)
    assert check_schema(state).condition == "ok"
    durability = check_durability(state)
    if url.startswith("postgresql"):
        # The tests' own server forgoes what a machine's crash would need.
        assert (durability.condition, durability.said) == ("error", "fsync is off and not on")
        state = replace(state, settings={**state.settings, "fsync": "on"})
    assert check_durability(state).condition == "ok"
    with store.reading() as memory:
        assert memory.newest_instant() is None


def test_a_server_tells_its_time_and_a_file_has_none(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    create(url)
    state, _ = look_at(url)
    if url.startswith("postgresql"):
        assert doubt_of_server(clock(), state.clock) is None
        assert state.clock is not None
    else:
        assert state.clock is None


def test_the_newest_instant_is_that_of_the_last_deed(store: Store) -> None:
    with store.writing() as memory:
        for minutes in (0, 2, 1):
            at = NOON.plus(timedelta(minutes=minutes))
            memory.record(Deed(verb="publish", who="ada", at=at, details={}))
        assert memory.newest_instant() == NOON.plus(timedelta(minutes=2))
