"""Every store keeps who did what when, in a chain that shows where it was meddled with."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.audit import BEFORE_THE_FIRST, AuditBreak, Deed, digest_of, first_break
from scheduler.model.moment import Instant
from scheduler.store.protocol import Store
from scheduler.store.sql import create, open_store
from tests.support.stores import FreshUrl

NOON = Instant.parse("2027-03-08T12:00:00Z")
LATER = NOON.plus(timedelta(days=1))
APPROVED = Deed(verb="approve", who="Ada", at=NOON, group="RG-X", details={"revision": 1})
LEFT = Deed(verb="unsubscribe", who="Bo", at=LATER, person="p" * 64)


@pytest.fixture
def rows(store: Store):
    with store.writing() as memory:
        return [memory.record(deed) for deed in (APPROVED, LEFT, replace(APPROVED, at=LATER))]


def test_each_row_holds_the_digest_of_the_one_before_and_its_own(store: Store, rows) -> None:
    with store.reading() as memory:
        assert memory.audit() == tuple(rows)
        assert memory.audit_head() == rows[-1]
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.before for row in rows] == [BEFORE_THE_FIRST, rows[0].digest, rows[1].digest]
    assert [row.digest for row in rows] == [digest_of(row) for row in rows]
    assert (rows[0].at, rows[0].details) == ("2027-03-08T12:00:00.000000Z", '{"revision": 1}')


def test_there_is_nothing_at_first(store: Store) -> None:
    with store.reading() as memory:
        assert (memory.audit(), memory.audit_head()) == ((), None)


def test_rows_are_found_by_group_day_and_person(store: Store, rows) -> None:
    with store.reading() as memory:
        assert memory.audit(group="RG-X") == (rows[0], rows[2])
        assert memory.audit(since=LATER) == tuple(rows[1:])
        assert memory.audit(person="p" * 64) == (rows[1],)


def test_a_row_is_written_with_what_it_tells_of_or_not_at_all(store: Store) -> None:
    with suppress(ZeroDivisionError), store.writing() as memory:
        memory.record(APPROVED)
        raise ZeroDivisionError
    with store.reading() as memory:
        assert memory.audit() == ()
        with pytest.raises(RuntimeError):
            memory.record(APPROVED)


def test_a_deed_of_a_door_without_a_clock_has_the_databases_time(store: Store) -> None:
    with store.writing() as memory:
        row = memory.record(replace(APPROVED, at=None))
    assert Instant.parse(row.at) > Instant.parse("2024-01-01T00:00:00Z")
    assert row.digest == digest_of(row)


def test_a_person_has_one_digest_in_a_store_and_another_in_another(fresh_url: FreshUrl) -> None:
    url = fresh_url()
    one, other = create(url), create(fresh_url())
    with one.writing() as memory:
        found = memory.person_digest("One@example.org")
    with open_store(url).reading() as memory:
        assert memory.person_digest("one@example.org") == found
        assert memory.person_digest("two@example.org") != found
    with other.writing() as memory:
        assert memory.person_digest("one@example.org") != found


def test_a_chain_as_it_was_written_is_whole(rows) -> None:
    assert (first_break(rows), first_break([])) == (None, None)


@pytest.mark.parametrize("part", ["at", "who", "verb", "group", "person", "details", "digest"])
def test_a_row_that_says_something_else_is_found(rows, part: str) -> None:
    rows[1] = replace(rows[1], **{part: "x"})
    reason = "it says something else than was written"
    assert first_break(rows) == AuditBreak(number=2, reason=reason)


def test_a_row_that_was_written_anew_is_missed_by_the_next(rows) -> None:
    forged = replace(rows[1], who="Eve")
    rows[1] = replace(forged, digest=digest_of(forged))
    reason = "it follows another row than it was written to"
    assert first_break(rows) == AuditBreak(number=3, reason=reason)


def test_a_row_that_was_taken_away_is_missed(rows) -> None:
    assert first_break([rows[0], rows[2]]) == AuditBreak(number=2, reason="it is missing")
    assert first_break(rows[1:]) == AuditBreak(number=1, reason="it is missing")
