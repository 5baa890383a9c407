from uuid import UUID

import pytest

from calendars.identity import entry_uid


def test_a_uid_is_the_same_for_ever() -> None:
    assert entry_uid("RG-IEM", "meeting", "1") == "848ecf6b-1914-57be-b8dc-67cc931813f5"


def test_a_uid_is_a_name_based_uuid() -> None:
    assert UUID(entry_uid("RG-IEM", "meeting", "1")).version == 5


def test_parts_are_kept_apart() -> None:
    assert (
        len({entry_uid("a", "bc"), entry_uid("ab", "c"), entry_uid("abc"), entry_uid("a,bc")}) == 4
    )


def test_the_order_of_parts_matters() -> None:
    assert entry_uid("a", "b") != entry_uid("b", "a")


def test_any_text_can_be_a_part() -> None:
    assert UUID(entry_uid("Gruppe für Ökologie\x00\n", "\ud800")).version == 5


def test_nothing_has_no_identity() -> None:
    with pytest.raises(ValueError, match="at least one part"):
        entry_uid()
