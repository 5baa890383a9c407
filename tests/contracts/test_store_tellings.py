"""What every store remembers of what letters tell of plans."""

from scheduler.model.moment import Instant
from scheduler.model.telling import Telling
from scheduler.store.protocol import Store
from tests.support.outboxes import a_letter

NOW = Instant.parse("2024-02-12T06:00:00Z")


def test_a_letter_can_tell_of_several_groups_and_then_of_none(store: Store) -> None:
    letter = a_letter("a", NOW)
    told = tuple(Telling(group=group, revision=2, since=NOW) for group in ("RG-A", "RG-B"))
    with store.writing() as memory:
        memory.queue(letter)
        memory.record_tellings("a", told)
        assert memory.tellings("a") == told
        assert [one.key for one in memory.untold("RG-B")] == ["a"]
        memory.forget_tellings("a")
    with store.reading() as memory:
        assert memory.tellings("a") == ()
        assert memory.untold(None) == ()
        assert memory.letter("a") == letter
