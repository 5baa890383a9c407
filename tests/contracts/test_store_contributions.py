"""What every store does with contributions, their places and their history."""

from dataclasses import replace

import pytest

from scheduler.model.agenda import CarryRecord
from scheduler.model.contribution import (
    Acceptance,
    Contribution,
    Outcome,
    Redirection,
    Source,
    Treatment,
    Withdrawn,
)
from scheduler.model.moment import Instant
from scheduler.store.faults import UnstorableText
from scheduler.store.protocol import Store

AT = Instant.parse("2027-03-01T10:00:00Z")
PLAIN = Contribution(
    group="RG-X", id="TSAG-TD7", document_group="TSAG", series="TD", number=7, title="Names"
)
FULL = replace(
    PLAIN,
    id="TSAG-C071",
    series="C",
    number=71,
    revision=2,
    sources=(Source(name="Sample Labs", country="Atlantis"), Source(name="SG2")),
    section="4 Framework",
    topic="framework",
    meeting="a uid",
    received=AT,
    minutes=20,
    builds_on=("TSAG-C019",),
    forwarded=True,
    stage=3,
    labels=("needs_others",),
    accepted=Acceptance(by="the chair", at=AT, reason="short"),
    treatment=Treatment(meeting="a uid", outcome=Outcome.NOTED, at=AT, by="the chair"),
    withdrawn=Withdrawn(at=AT),
    redirection=Redirection(to="RG-Y", at=AT),
    origin="TSAG-TD640",
    line=29,
)
FIRST = CarryRecord(
    group="RG-X", contribution="TSAG-TD7", came_from=None, goes_to="i", reason="received", at=AT
)
SECOND = replace(FIRST, came_from="i", goes_to=None, reason="no_time", by="the chair")


def test_a_new_store_knows_no_contribution(store: Store) -> None:
    with store.reading() as memory:
        assert memory.contributions("RG-X") == ()
        assert memory.contribution("RG-X", "TSAG-TD7") is None
        assert memory.placements("RG-X") == {}
        assert memory.carries("RG-X") == ()


@pytest.mark.parametrize("contribution", [PLAIN, FULL], ids=["plain", "full"])
def test_a_contribution_comes_back_as_it_was_saved(
    store: Store, contribution: Contribution
) -> None:
    with store.writing() as memory:
        memory.save_contribution(contribution)
    with store.reading() as memory:
        assert memory.contribution("RG-X", contribution.id) == contribution
        assert memory.contributions("RG-X") == (contribution,)


def test_contributions_are_those_of_one_group_by_their_ids(store: Store) -> None:
    elsewhere = replace(PLAIN, group="RG-Y", title="Other names")
    with store.writing() as memory:
        for contribution in (PLAIN, elsewhere, FULL):
            memory.save_contribution(contribution)
        assert memory.contributions("RG-X") == (FULL, PLAIN)
        assert memory.contribution("RG-Y", "TSAG-TD7") == elsewhere


def test_what_is_said_later_takes_the_place_of_what_was_known(store: Store) -> None:
    with store.writing() as memory:
        memory.save_contribution(PLAIN)
        memory.save_contribution(replace(PLAIN, title="Numbers"))
        assert memory.contributions("RG-X") == (replace(PLAIN, title="Numbers"),)


def test_the_parent_is_a_place_and_no_place_is_none(store: Store) -> None:
    with store.writing() as memory:
        memory.save_placements("RG-X", {"TSAG-TD7": "a uid", "TSAG-C071": None})
        memory.save_placements("RG-Y", {"TSAG-TD7": "another"})
    with store.reading() as memory:
        assert memory.placements("RG-X") == {"TSAG-TD7": "a uid", "TSAG-C071": None}


def test_later_places_take_the_place_of_all_from_before(store: Store) -> None:
    with store.writing() as memory:
        memory.save_placements("RG-X", {"TSAG-TD7": "a uid", "TSAG-C071": None})
        memory.save_placements("RG-X", {"TSAG-C071": "a uid"})
        assert memory.placements("RG-X") == {"TSAG-C071": "a uid"}
        memory.save_placements("RG-X", {})
        assert memory.placements("RG-X") == {}


def test_many_places_are_remembered_at_once(store: Store) -> None:
    places = {f"TSAG-TD{number}": str(number) for number in range(20_000)}
    with store.writing() as memory:
        memory.save_placements("RG-X", places)
        assert memory.placements("RG-X") == places


def test_the_history_is_kept_line_by_line_oldest_first(store: Store) -> None:
    with store.writing() as memory:
        memory.record_carries([FIRST])
    with store.writing() as memory:
        memory.record_carries([SECOND, replace(FIRST, group="RG-Y"), FIRST])
    with store.reading() as memory:
        assert memory.carries("RG-X") == (FIRST, SECOND, FIRST)


def test_a_contribution_alone_makes_no_group_with_a_plan(store: Store) -> None:
    with store.writing() as memory:
        memory.save_contribution(PLAIN)
        assert memory.groups() == ()


def test_nothing_of_contributions_is_changed_by_the_door_for_reading(store: Store) -> None:
    with store.reading() as memory:
        for change in (
            lambda: memory.save_contribution(PLAIN),
            lambda: memory.save_placements("RG-X", {}),
            lambda: memory.record_carries([FIRST]),
        ):
            with pytest.raises(RuntimeError, match=r"enter by writing\(\)"):
                change()


def test_a_title_that_is_no_unicode_is_refused(store: Store) -> None:
    with pytest.raises(UnstorableText, match="contribution 'TSAG-TD7'"), store.writing() as memory:
        memory.save_contribution(replace(PLAIN, title="caf\udce9"))
