"""Agendas in words: each item's place, and where the rest goes."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.agenda import CarryReason, Standing
from scheduler.model.meeting import Status
from scheduler.model.topic import TopicMatch
from scheduler.wording.agenda_lines import agenda_lines
from scheduler.wording.agendas import (
    carried_in_words,
    item_clock,
    item_line,
    reason_of_place,
    revised,
    standing_in_words,
    topic_in_words,
)
from scheduler.wording.languages import speaker
from tests.support.agendas import (
    AGENDAS,
    LATE_ONE,
    ON_BUOYS,
    ON_LIGHTS,
    OPENING,
    PLANNED,
    with_a_hundred_items,
)
from tests.support.plans import FIRST, FOURTH, SECOND

ENGLISH, FRENCH = speaker("en"), speaker("fr")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (OPENING, "administrative"),
        (ON_BUOYS, "main topic, on time"),
        (LATE_ONE, "carried over from 12 February 2026: it came in after the deadline"),
        (
            ON_LIGHTS,
            "main topic, on time; carried over from 12 February 2026: no time was left",
        ),
        (
            replace(LATE_ONE, came_from="gone", carried=None),
            "carried over from an earlier meeting",
        ),
        (replace(OPENING, standing=Standing.CARRIED_OVER), "carried over"),
    ],
)
def test_an_item_says_its_class_and_where_it_came_from(item, said: str):
    assert standing_in_words(item, PLANNED, ENGLISH) == said


@pytest.mark.parametrize(
    ("match", "said"),
    [
        (TopicMatch(topic="A", words=("a", "b")), 'on "A" for its words "a b"'),
        (
            TopicMatch(topic="A", words=("b",), alias="B"),
            'on "A", also called "B" for its words "b"',
        ),
        (TopicMatch(topic="A", chosen=True), 'on "A", as somebody decided'),
        (
            TopicMatch(topic="A", words=("a",), in_scope=False),
            'on "A", which is out of scope for its words "a"',
        ),
        (
            TopicMatch(topic="A", words=("a",), heading=True),
            'on "A" for the words "a" of the heading it came under',
        ),
        (
            TopicMatch(topic="A", words=("a",), others=("B", "C")),
            'on "A" for its words "a" (it is on "B; C" too)',
        ),
        (TopicMatch(topic=None), "no topic of the group is recognised in it"),
    ],
)
def test_a_topic_is_explained_by_the_words_that_name_it(match: TopicMatch, said: str):
    assert topic_in_words(match, ENGLISH) == said


def test_the_place_of_an_item_has_both_reasons():
    assert reason_of_place(ON_BUOYS, PLANNED, ENGLISH) == (
        'main topic, on time; on "Open points on buoys" for its words "buoys"'
    )
    assert reason_of_place(OPENING, PLANNED, ENGLISH) == "administrative"


@pytest.mark.parametrize(
    ("number", "revision", "said"),
    [
        ("TSAG-TD382", 0, "TSAG-TD382"),
        ("TSAG-TD382", 1, "TSAG-TD382R1"),
        ("TSAG-LS/i45", 1, "TSAG-LS/i45R1"),
        ("ISO/TC 154 N1234", 2, "ISO/TC 154 N1234R2"),
        ("draft-foo-bar", 0, "draft-foo-bar-00"),
        ("draft-foo-bar", 3, "draft-foo-bar-03"),
        ("S4-250123", 1, "S4-250123r1"),
        ("11-25/0123", 2, "11-25/0123r2"),
    ],
)
def test_a_revision_is_written_as_its_body_writes_it(number, revision, said):
    assert revised(number, revision) == said


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        (
            AGENDAS[FIRST.uid].carried[0],
            "moves to the meeting of 17 March 2026, whose main topic is the same: no time was left",
        ),
        (
            AGENDAS[FIRST.uid].carried[1],
            "moves to the meeting of 17 March 2026: it came in after the deadline",
        ),
        (AGENDAS[FOURTH.uid].carried[0], "moves to the parent group: no time was left"),
        (
            replace(AGENDAS[FIRST.uid].carried[0], to="gone", reason=CarryReason.CALLED_OFF),
            "moves to a later meeting: that meeting does not take place",
        ),
    ],
)
def test_what_moves_on_says_where_to_and_why(carried, said: str):
    assert carried_in_words(carried, PLANNED, ENGLISH) == said


def test_an_item_is_one_line_with_its_clock_time_number_and_length():
    assert item_line(ON_BUOYS, "14:05", ENGLISH) == (
        "14:05 ADVISORY-C12R1 More buoys for the bay (20 minutes)"
    )
    assert item_line(OPENING, None, FRENCH) == "Opening and agenda (5 minutes)"


@pytest.mark.parametrize(
    ("zone", "clock"), [("Europe/Zurich", "14:05"), ("America/New_York", "09:05")]
)
def test_clock_times_are_those_of_a_zone_over_its_own_clock_changes(zone: str, clock: str):
    assert item_clock(ON_LIGHTS, SECOND, zone) == clock


def test_a_call_over_midnight_has_clock_times():
    night = replace(
        SECOND, start=dt.time(23, 58), end=dt.time(1), end_date=SECOND.date.replace(day=18)
    )
    assert item_clock(ON_LIGHTS, night, SECOND.zone) == "00:03"


def test_a_call_without_an_hour_or_of_several_days_has_no_clock_times():
    days = replace(SECOND, end_date=SECOND.date.replace(day=19))
    hourless = replace(SECOND, start=None, end=None)
    assert [item_clock(ON_LIGHTS, one, SECOND.zone) for one in (days, hourless)] == [None, None]


def test_an_agenda_is_told_in_lines_of_one_language():
    said = agenda_lines(PLANNED.meetings[1], PLANNED, FRENCH, zone="Europe/Zurich", most=2)
    assert said is not None
    assert (said.title, *said.items, said.more) == (
        "Ordre du jour (heures de Europe/Zurich)\xa0:",
        "14:00 Opening and agenda (5 minutes)",
        "14:05 ADVISORY-TD82 Reply on lamps in ports (20 minutes), reporté du 12 février 2026",
        "et 1 autre",
    )
    assert (said.moved_title, said.moved) == ("", ())


def test_an_item_after_midnight_for_the_reader_has_its_date():
    late = replace(PLANNED.meetings[1], start=dt.time(14, 50), end=dt.time(16, 20))
    said = agenda_lines(late, PLANNED, ENGLISH, zone="Australia/Brisbane", most=3)
    assert said is not None
    assert [item.partition(" ADVISORY")[0] for item in said.items] == [
        "23:50 Opening and agenda (5 minutes)",
        "23:55",
        "Wednesday 18 March 2026, 00:15 (Australia/Brisbane, UTC+10:00)",
    ]


def test_a_long_agenda_is_cut_and_says_how_much_is_left_out():
    plan = with_a_hundred_items("x" * 5000)
    said = agenda_lines(plan.meetings[0], plan, ENGLISH, zone="UTC", most=15)
    assert said is not None
    assert (len(said.items), said.more, said.moved_more) == (15, "and 85 more", "and 85 more")
    assert max(map(len, (*said.items, *said.moved))) < 250


def test_a_meeting_without_an_agenda_tells_none():
    assert agenda_lines(FIRST, PLANNED, ENGLISH, zone="UTC", most=15) is None


def test_a_meeting_that_is_called_off_tells_only_what_moves_on_for_that():
    carried = replace(AGENDAS[FIRST.uid].carried[0], reason=CarryReason.CALLED_OFF)
    agenda = replace(AGENDAS[FIRST.uid], carried=(carried, AGENDAS[FIRST.uid].carried[1]))
    meeting = replace(FIRST, status=Status.CANCELLED, agenda=agenda)
    said = agenda_lines(meeting, PLANNED, ENGLISH, zone="UTC", most=15)
    assert said is not None
    assert (said.title, said.items, len(said.moved)) == ("", (), 1)


def test_the_topic_is_called_the_same_only_where_the_other_agenda_shows_it():
    plan = replace(PLANNED, meetings=(PLANNED.meetings[0], SECOND))
    assert carried_in_words(AGENDAS[FIRST.uid].carried[0], plan, ENGLISH) == (
        "moves to the meeting of 17 March 2026: no time was left"
    )
