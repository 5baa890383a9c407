"""What every store does with addresses that nothing is sent to."""

from scheduler.model.moment import Instant
from scheduler.model.suppression import Suppression
from scheduler.store.protocol import Store

NOON = Instant.parse("2024-02-12T12:00:00Z")
LEFT = Suppression(address="Someone@example.org", reason="left", at=NOON)


def test_an_address_is_suppressed_however_it_is_written_until_it_is_lifted(store: Store) -> None:
    with store.writing() as memory:
        assert memory.suppression("someone@example.org") is None
        memory.suppress(LEFT)
        assert memory.suppression("someone@EXAMPLE.org") == LEFT
        assert memory.suppression("other@example.org") is None
        assert (memory.lift("SOMEONE@example.org"), memory.lift("someone@example.org")) == (
            True,
            False,
        )
        assert memory.suppressions() == ()


def test_what_is_said_last_holds_and_all_are_listed_by_address(store: Store) -> None:
    again = Suppression(address="someone@example.org", reason=None, at=NOON)
    other = Suppression(address="other@example.org", reason="bounces", at=NOON)
    with store.writing() as memory:
        for one in (LEFT, other, again):
            memory.suppress(one)
    with store.reading() as memory:
        assert memory.suppressions() == (other, again)


def test_refusals_are_counted_until_a_letter_is_taken_or_the_address_lifted(store: Store) -> None:
    with store.writing() as memory:
        counts = [memory.count_refusal(name) for name in ("a@x.org", "A@x.org", "b@x.org")]
        assert counts == [1, 2, 1]
        memory.forget_refusals("a@x.org")
        memory.lift("b@x.org")
        assert [memory.count_refusal(name) for name in ("a@x.org", "b@x.org")] == [1, 1]
