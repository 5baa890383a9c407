"""Packs and groups' settings give the dates that bodies published, every row."""

import datetime as dt

import pytest

from scheduler.intake.groups import read_group
from scheduler.intake.holidays import read_hosts, with_known_days
from scheduler.intake.moments import Context, scan
from scheduler.intake.packs import read_packs
from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import exact
from scheduler.rules.cutoffs import supplied
from scheduler.rules.law import law_of
from tests.support.meetings import a_meeting
from tests.support.published_schedules import (
    CIRCULARS,
    COLLECTIVE_LETTERS,
    GENEVA,
    IAB_CALLS,
    PUBLISHED_ERRORS,
    RAPPORTEUR_SERIES,
    Letter,
    Opening,
)

PACKS = read_packs()
READ_LATER = Context(speaks_on=dt.date(2024, 12, 1), zone=GENEVA)


def deadlines(group: Group, meeting: Meeting) -> dict[str, Deadline]:
    """What the law gives a meeting of a group that has all its deadlines entered."""
    known = with_known_days(group, read_hosts())
    found = supplied(law_of(known, PACKS), known, meeting)
    return {deadline.kind: deadline for deadline in found}


def lasting(opens: str, closes: str, hour: str, zone: str) -> Meeting:
    return a_meeting(opens, hour, "18:00", zone=zone, end_date=dt.date.fromisoformat(closes))


@pytest.mark.parametrize("row", COLLECTIVE_LETTERS, ids=lambda row: row.letter)
def test_collective_letters(row: Letter):
    group = Group(
        acronym="X",
        body="ITU-T",
        kind=row.kind,
        host="ITU",
        clear_days=row.clear_days,
        supply=True,
    )
    found = deadlines(group, lasting(row.opens, row.closes, "09:30", GENEVA))
    days = {kind: found[kind].moment.day.isoformat() for kind in row.deadlines}
    assert days == row.deadlines
    assert found["contribution"].moment.zone == GENEVA


def test_only_the_days_that_a_letter_implies_move_its_translation_deadline():
    without_host = Group(acronym="X", body="ITU-T", kind="advisory_group", supply=True)
    found = deadlines(without_host, lasting("2018-02-26", "2018-03-02", "09:30", GENEVA))
    assert found["translation"].moment.day == dt.date(2017, 12, 26)
    inferred = {day.date for day in read_hosts() if day.inferred}
    assert inferred == {dt.date(2017, 12, 25), dt.date(2017, 12, 26)}


@pytest.mark.parametrize("row", CIRCULARS, ids=lambda row: f"{row.letter} {row.group}")
def test_circulars_have_their_deadline_at_1600_utc(row: Opening):
    group = Group(acronym=row.group, body="ITU-R", supply=True)
    found = deadlines(group, lasting(row.opens, row.closes, row.hour, row.zone))
    assert str(exact(found["contribution"].moment)) == f"{row.deadline}T16:00:00Z"


@pytest.mark.parametrize(("day", "start", "cutoff"), RAPPORTEUR_SERIES)
def test_a_series_anchored_in_geneva(day: str, start: str, cutoff: str, tmp_path):
    own = tmp_path / "g.yaml"
    own.write_text(SEVEN_DAYS, encoding="utf-8")
    group = read_group(own, PACKS)
    assert group is not None
    meeting = a_meeting(day)
    assert str(meeting.start_instant) == start
    assert str(exact(deadlines(group, meeting)["contribution"].moment)) == cutoff


@pytest.mark.parametrize(("day", "utc"), IAB_CALLS)
def test_a_series_anchored_in_los_angeles(day: str, utc: str):
    meeting = a_meeting(day, "06:00", "08:00", zone="America/Los_Angeles")
    assert str(meeting.start_instant) == f"{day}T{utc}:00Z"


@pytest.mark.parametrize(
    ("body", "meeting", "kind", "utc"),
    [
        (
            "3GPP",
            a_meeting("2026-02-09", "09:00", "18:00", zone="Asia/Kolkata"),
            "document",
            "2026-02-03T22:59:00Z",
        ),
        (
            "TC39",
            a_meeting("2024-04-08", "10:00", "16:00", zone="America/New_York"),
            "advancement",
            "2024-03-29T14:00:00Z",
        ),
        (
            "TC39",
            a_meeting("2024-04-08", "10:00", "16:00", zone="America/New_York"),
            "constraints",
            "2024-04-05T14:00:00Z",
        ),
    ],
)
def test_deadlines_of_other_bodies(body: str, meeting: Meeting, kind: str, utc: str):
    found = deadlines(Group(acronym="X", body=body, supply=True), meeting)
    assert str(exact(found[kind].moment)) == utc


def test_the_cutoff_of_drafts_before_a_plenary():
    group = Group(acronym="IETF", body="IETF", kind="plenary", supply=True)
    found = deadlines(group, a_meeting("2018-03-18", "09:00", "18:00", zone="Europe/London"))
    assert str(exact(found["internet_draft"].moment)) == "2018-03-05T23:59:59Z"


@pytest.mark.parametrize(("text", "wrong"), PUBLISHED_ERRORS)
def test_published_errors_are_contradictions(text: str, wrong: str):
    problems = [p for found in scan(text, READ_LATER) for p in getattr(found, "problems", ())]
    assert [problem.code for problem in problems] == ["weekday_mismatch"]
    assert wrong in problems[0].message


SEVEN_DAYS = """\
acronym: RG-X
body: ITU-T
supply: true
rules:
  - rule: deadline
    id: seven_days
    level: must
    with: {kind: contribution, amount: 7, unit: calendar_day}
    reason: as its report states it
"""
