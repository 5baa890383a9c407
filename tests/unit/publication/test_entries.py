"""A meeting and its deadline as calendar entries."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from calendars.model import AlarmRelated, Entry, EntryStatus
from scheduler.model.meeting import Meeting, Mode, Status
from scheduler.publication.feeds.entries import deadline_entry, meeting_entry
from scheduler.wording.languages import speaker
from tests.support.plans import (
    APPROVED,
    BASE,
    CHANGED,
    EVENTFUL,
    FIRST,
    PLAN,
    RG_NAV,
    cancelled,
)

ZURICH = ZoneInfo("Europe/Zurich")
CONFIRMED, MOVED, CANCELLED, POSTPONED = EVENTFUL.meetings


def entry(meeting: Meeting, language: str = "en") -> Entry:
    return meeting_entry(meeting, PLAN, RG_NAV, speaker(language), BASE)


def due(meeting: Meeting, language: str = "en") -> Entry:
    return deadline_entry(meeting.deadlines[0], meeting, PLAN, RG_NAV, speaker(language), BASE)


def test_a_meeting_lasts_from_start_to_end_in_its_agreed_zone():
    made = entry(FIRST)
    assert (made.starts, made.ends) == (
        dt.datetime(2026, 2, 12, 14, 0, tzinfo=ZURICH),
        dt.datetime(2026, 2, 12, 15, 30, tzinfo=ZURICH),
    )
    assert made.starts.tzinfo is ZURICH


def test_an_entry_carries_the_identity_of_its_record():
    made = entry(MOVED)
    assert (made.uid, made.sequence) == (MOVED.uid, 1)
    assert (made.created, made.stamp, made.modified) == (APPROVED.utc, CHANGED.utc, CHANGED.utc)


@pytest.mark.parametrize(
    ("meeting", "status", "opening", "transparent"),
    [
        (FIRST, EntryStatus.TENTATIVE, "RG-NAV interim meeting: ", False),
        (CONFIRMED, EntryStatus.CONFIRMED, "RG-NAV interim meeting: ", False),
        (CANCELLED, EntryStatus.CANCELLED, "CANCELLED: RG-NAV interim meeting: ", True),
        (POSTPONED, EntryStatus.TENTATIVE, "POSTPONED: RG-NAV interim meeting: ", True),
    ],
)
def test_a_status_shows_in_the_title_where_clients_hide_it(
    meeting: Meeting, status: EntryStatus, opening: str, transparent: bool
):
    made = entry(meeting)
    assert (made.status, made.transparent) == (status, transparent)
    assert made.summary.startswith(opening)


def test_the_way_in_comes_first_and_is_closed_when_there_is_no_meeting():
    assert entry(FIRST).description.splitlines()[0] == f"Join: {FIRST.link}"
    assert entry(FIRST).conference == FIRST.link
    assert entry(CANCELLED).conference is None
    assert str(CANCELLED.link) not in entry(CANCELLED).description


def test_a_description_tells_all_that_a_delegate_asks():
    assert entry(FIRST).description.splitlines() == [
        "Join: https://calls.example.org/rg-nav/i",
        "Tentative: not yet authorised by WP4.",
        "Meeting: Thursday 12 February 2026, 14:00–15:30 (Europe/Zurich, UTC+01:00)",
        "Thursday 12 February 2026, 13:00–14:30 UTC",
        "Mode: virtual",
        "Topics:",
        "- Open points on buoys",
        "- State of the workshop",
        (
            "Contribution deadline: Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00)"
            " = Thursday 5 February 2026, 22:59:59 UTC"
        ),
        (
            "Contributions on the main topic of the meeting come first."
            " Others within the group's scope are taken if time permits."
            " What is left moves to the following meeting."
        ),
        f"More: {BASE}groups/rg-nav.html#{FIRST.uid}",
    ]


def test_a_moved_meeting_says_when_it_was_to_be():
    assert (
        "Moved from Tuesday 17 March 2026, 14:00 (Europe/Zurich, UTC+01:00): the chair was away"
        in entry(MOVED).description.splitlines()
    )


def test_a_meeting_without_an_end_lasts_an_hour_and_says_so():
    made = entry(replace(FIRST, end=None))
    assert made.ends == dt.datetime(2026, 2, 12, 15, 0, tzinfo=ZURICH)
    assert "The end is not stated; calendars show one hour." in made.description.splitlines()


def test_a_meeting_without_an_hour_fills_its_days_and_blocks_none():
    made = entry(replace(FIRST, start=None, end=None, end_date=dt.date(2026, 2, 13)))
    assert (made.starts, made.ends) == (dt.date(2026, 2, 12), dt.date(2026, 2, 14))
    assert made.transparent
    assert "The hour is not stated." in made.description.splitlines()


def test_a_meeting_of_several_days_names_the_hours_of_each():
    hours = (dt.time(9), dt.time(17, 30))
    days = replace(FIRST, start=hours[0], end=hours[1], end_date=dt.date(2026, 2, 13), daily=hours)
    made = entry(days)
    assert made.ends == dt.datetime(2026, 2, 13, 17, 30, tzinfo=ZURICH)
    assert "Each day 09:00–17:30 (Europe/Zurich)" in made.description.splitlines()


@pytest.mark.parametrize(
    ("mode", "place", "expected"),
    [
        (Mode.VIRTUAL, None, "Online"),
        (Mode.PHYSICAL, "Geneva", "Geneva"),
        (Mode.HYBRID, "Geneva", "Geneva, and online"),
        (Mode.HYBRID, None, None),
        (None, "Geneva", "Geneva"),
        (None, None, None),
    ],
)
def test_a_location_is_a_place_or_online(
    mode: Mode | None, place: str | None, expected: str | None
):
    assert entry(replace(FIRST, mode=mode, place=place)).location == expected


def test_a_deadline_is_half_an_hour_that_ends_at_its_instant():
    made = due(FIRST)
    assert (made.starts, made.ends) == (
        dt.datetime(2026, 2, 5, 23, 29, 59, tzinfo=ZURICH),
        dt.datetime(2026, 2, 5, 23, 59, 59, tzinfo=ZURICH),
    )
    assert made.transparent
    assert (made.related_to, made.alarm_related) == (FIRST.uid, AlarmRelated.END)


def test_a_deadline_names_its_instant_in_both_zones_with_their_dates():
    instant = (
        "Thursday 5 February 2026, 23:59:59 (Europe/Zurich, UTC+01:00)"
        " = Thursday 5 February 2026, 22:59:59 UTC"
    )
    made = due(FIRST)
    assert made.summary == (
        f"RG-NAV contribution deadline (meeting of 12 February 2026): {instant}"
    )
    assert made.description.splitlines()[0] == f"Contribution deadline: {instant}"


@pytest.mark.parametrize(
    ("meeting", "status", "opening"),
    [
        (CANCELLED, EntryStatus.CANCELLED, "CANCELLED: RG-NAV contribution deadline"),
        (POSTPONED, EntryStatus.TENTATIVE, "POSTPONED: RG-NAV contribution deadline"),
        (CONFIRMED, EntryStatus.CONFIRMED, "RG-NAV contribution deadline"),
    ],
)
def test_a_deadline_shares_the_fate_of_its_meeting(
    meeting: Meeting, status: EntryStatus, opening: str
):
    assert due(meeting).status is status
    assert due(meeting).summary.startswith(opening)


def test_a_withdrawn_deadline_is_cancelled_though_its_meeting_stands():
    withdrawn = replace(FIRST.deadlines[0], withdrawn=True)
    meeting = replace(FIRST, status=Status.CONFIRMED, deadlines=(withdrawn,))
    assert due(meeting).status is EntryStatus.CANCELLED
    assert due(meeting).summary.startswith("CANCELLED: ")
    assert "deadline" not in entry(meeting).description


def test_categories_are_the_same_words_in_every_language():
    assert entry(FIRST, "fr").categories == ("meeting", "RG-NAV")
    assert due(FIRST, "fr").categories == ("deadline", "contribution", "RG-NAV")


def test_an_entry_points_to_the_page_in_its_language():
    assert entry(FIRST).url == f"{BASE}groups/rg-nav.html#{FIRST.uid}"
    assert entry(FIRST, "fr").url == f"{BASE}groups/rg-nav.fr.html#{FIRST.uid}"


def test_a_site_without_an_address_gives_no_links():
    made = meeting_entry(FIRST, PLAN, RG_NAV, speaker("en"), "")
    assert made.url is None
    assert "More:" not in made.description


def test_what_was_never_approved_has_no_entry():
    with pytest.raises(ValueError, match="approved"):
        entry(replace(FIRST, stamp=None))


def test_a_cancelled_deadline_says_so_first():
    assert due(cancelled(FIRST, "x")).description.splitlines()[0] == (
        "This deadline no longer applies."
    )
