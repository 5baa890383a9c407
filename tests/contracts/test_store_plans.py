"""What every store does with drafts, plans and imports."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.store.faults import RevisionOutOfTurn, UnstorableText
from scheduler.store.protocol import Store

MADE = Instant.parse("2024-01-27T10:00:00Z")
DAY = dt.date(2024, 2, 20)
MEETING = Meeting(group="RG-X", date=DAY, end_date=DAY, zone="Europe/Zurich", label="i")
FIRST = Plan(group="RG-X", meetings=(MEETING,), revision=1, made=MADE, by="a rapporteur")
SECOND = replace(FIRST, meetings=(), revision=2, despite="the host insists")


def test_a_new_store_remembers_nothing(store: Store) -> None:
    with store.reading() as memory:
        assert memory.groups() == ()
        assert memory.draft("RG-X") is None
        assert memory.current("RG-X") is None
        assert memory.revision("RG-X", 1) is None
        assert memory.revisions("RG-X") == ()
        assert memory.last_import("RG-X") is None


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(FIRST)
    with store.reading() as memory:
        assert memory.draft("RG-X") == FIRST
        assert memory.current("RG-X") is None


def test_the_numbers_of_current_revisions_are_told_by_group(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(replace(FIRST, group="RG-Z"))
        for plan in (FIRST, SECOND, replace(FIRST, group="RG-Y")):
            memory.save_current(plan)
        assert memory.revision_numbers() == {"RG-X": 2, "RG-Y": 1}


def test_a_later_draft_takes_the_place_of_the_earlier(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(FIRST)
        memory.save_draft(SECOND)
        assert memory.draft("RG-X") == SECOND


def test_a_dropped_draft_is_gone_and_dropping_it_again_does_no_harm(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(FIRST)
        memory.drop_draft("RG-X")
        memory.drop_draft("RG-X")
        assert memory.draft("RG-X") is None
        assert memory.groups() == ()


def test_saving_a_plan_makes_it_current_and_drops_the_draft(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(FIRST)
        memory.save_current(FIRST)
    with store.reading() as memory:
        assert memory.current("RG-X") == FIRST
        assert memory.draft("RG-X") is None


def test_a_draft_of_another_group_stays(store: Store) -> None:
    other = Plan(group="RG-Y")
    with store.writing() as memory:
        memory.save_draft(other)
        memory.save_current(FIRST)
        assert memory.draft("RG-Y") == other


def test_history_keeps_every_revision_oldest_first(store: Store) -> None:
    with store.writing() as memory:
        memory.save_current(FIRST)
        memory.save_current(SECOND)
    with store.reading() as memory:
        assert memory.revisions("RG-X") == (FIRST, SECOND)
        assert memory.revision("RG-X", 1) == FIRST
        assert memory.current("RG-X") == SECOND


@pytest.mark.parametrize("number", [-1, 0, 1, 3])
def test_a_revision_out_of_turn_is_refused_and_changes_nothing(store: Store, number: int) -> None:
    with store.writing() as memory:
        memory.save_current(FIRST)
        memory.save_draft(SECOND)
    with pytest.raises(RevisionOutOfTurn), store.writing() as memory:
        memory.save_current(replace(SECOND, revision=number))
    with store.reading() as memory:
        assert memory.revisions("RG-X") == (FIRST,)
        assert memory.draft("RG-X") == SECOND


def test_the_first_revision_has_the_number_one(store: Store) -> None:
    with pytest.raises(RevisionOutOfTurn), store.writing() as memory:
        memory.save_current(SECOND)


def test_a_plan_that_does_not_say_when_it_was_made_cannot_become_current(store: Store) -> None:
    with pytest.raises(ValueError, match="when it was made"), store.writing() as memory:
        memory.save_current(replace(FIRST, made=None))


def test_groups_are_those_with_a_draft_or_a_plan_sorted(store: Store) -> None:
    with store.writing() as memory:
        memory.save_draft(Plan(group="b"))
        memory.save_draft(Plan(group="Q7/14"))
        memory.save_current(replace(FIRST, group="b"))
        memory.save_current(replace(FIRST, group="É"))
        memory.save_current(replace(FIRST, group="B"))
        memory.save_draft(Plan(group="b"))
        assert memory.groups() == ("B", "Q7/14", "b", "É")


def test_the_last_import_of_a_group_is_remembered(store: Store) -> None:
    with store.writing() as memory:
        memory.record_import("RG-X", "digest 2", "later.txt", MADE)
        memory.record_import("RG-X", "digest 1", "again.txt", MADE)
        memory.record_import("RG-Y", "digest 3", "other.txt", MADE)
        assert memory.last_import("RG-X") == "digest 1"
        assert memory.last_import("RG-Y") == "digest 3"
        assert memory.last_import("RG-X", "later.txt") == "digest 2"
        assert memory.last_import("RG-X", "other.txt") is None


def test_what_raises_leaves_nothing_behind(store: Store) -> None:
    def save_and_fail() -> None:
        with store.writing() as memory:
            memory.save_draft(FIRST)
            memory.save_current(FIRST)
            memory.remember("site", "out")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    with store.reading() as memory:
        assert memory.groups() == ()
        assert memory.recall("site") is None


def test_reading_sees_one_state_while_somebody_writes(store: Store) -> None:
    with store.reading() as before:
        assert before.current("RG-X") is None
        with store.writing() as memory:
            memory.save_current(FIRST)
        assert before.current("RG-X") is None
        assert before.revisions("RG-X") == ()


def test_nothing_is_changed_by_the_door_for_reading(store: Store) -> None:
    with store.reading() as memory, pytest.raises(RuntimeError, match=r"enter by writing\(\)"):
        memory.save_draft(FIRST)
    with store.reading() as memory:
        assert memory.draft("RG-X") is None


def test_facts_are_remembered_by_name(store: Store) -> None:
    with store.writing() as memory:
        memory.remember("site", "out")
        memory.remember("secret", "s")
        memory.remember("site", "later/out")
    with store.reading() as memory:
        assert memory.recall("site") == "later/out"
        assert memory.recall("secret") == "s"
        assert memory.recall("Site") is None


def test_text_that_is_no_unicode_is_refused(store: Store) -> None:
    with pytest.raises(UnstorableText, match="plan of 'RG-X'"), store.writing() as memory:
        memory.save_draft(replace(FIRST, by="caf\udce9"))
    with pytest.raises(UnstorableText, match=r"'caf\\udce9'"), store.writing() as memory:
        memory.remember("site", "caf\udce9")
    with pytest.raises(UnstorableText), store.reading() as memory:
        memory.draft("caf\udce9")
