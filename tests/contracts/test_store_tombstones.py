"""Every store keeps what is left of entries that calendars had."""

from dataclasses import replace

from scheduler.model.moment import Instant
from scheduler.model.tombstone import Holding, Tombstone

MAY, JUNE = Instant.parse("2027-05-01T22:00:00Z"), Instant.parse("2027-06-01T22:00:00Z")
FIRST = Tombstone(uid="a", group="RG-NAV", holding=Holding.MEETING, left=MAY, reason="no papers")
SECOND = Tombstone(uid="b", group="RG-NAV", holding=Holding.DEADLINE, left=JUNE)
OTHER = Tombstone(uid="c", group="Q7/14", holding=Holding.EVENT, left=MAY)


def test_there_are_none_at_first(store):
    with store.reading() as memory:
        assert memory.tombstones("RG-NAV") == ()


def test_they_come_by_the_moment_they_left_each_with_its_group(store):
    with store.writing() as memory:
        memory.save_tombstones("RG-NAV", [SECOND, FIRST])
        memory.save_tombstones("Q7/14", [OTHER])
    with store.reading() as memory:
        assert memory.tombstones("RG-NAV") == (FIRST, SECOND)
        assert memory.tombstones("Q7/14") == (OTHER,)


def test_what_is_saved_takes_the_place_of_what_was(store):
    with store.writing() as memory:
        memory.save_tombstones("RG-NAV", [FIRST, SECOND])
        memory.save_tombstones("RG-NAV", [replace(SECOND, reason="it stood again")])
    with store.reading() as memory:
        assert memory.tombstones("RG-NAV") == (replace(SECOND, reason="it stood again"),)
