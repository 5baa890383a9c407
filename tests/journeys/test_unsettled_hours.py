"""An hour that a clock change skips or repeats is chosen by a person, whatever the reason."""

import pytest

from calendars.model import EntryStatus
from calendars.reader import read
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY = "2027-02-08T09:00:00Z"
SKIPPED = ("--date", "2027-03-28", "--start", "02:30")
REPEATED = ("--date", "2027-10-31", "--start", "02:30")


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    found.do("approve", now=MONDAY)
    return found


def published(desk: Desk) -> dict[str, EntryStatus]:
    out = desk.workspace.parent / "site"
    desk.do("publish", out, now=MONDAY)
    entries = read((out / "feeds" / "rg-nav-meetings.ics").read_bytes()).entries
    return {entry.uid: entry.status for entry in entries}


@pytest.mark.parametrize("to", [SKIPPED, REPEATED])
def test_no_reason_overrules_an_hour_that_is_no_instant(desk, to):
    before = published(desk)
    desk.do("move", "i", *to, now=MONDAY)
    ran = desk.run("approve", "--despite", "nobody minds", now=MONDAY)
    assert ran.status == 1
    assert "choose with 'interim move aaae7466 --reading earlier|later'" in ran.err
    assert published(desk) == before


@pytest.mark.parametrize("to", [SKIPPED, REPEATED])
def test_a_published_meeting_stays_in_feeds_once_its_hour_is_chosen(desk, to):
    before = published(desk)
    desk.do("move", "i", *to, now=MONDAY)
    desk.do("move", "i", "--reading", "later", now=MONDAY)
    desk.do("approve", now=MONDAY)
    assert published(desk) == before


def test_a_published_meeting_leaves_only_by_being_cancelled(desk):
    before = published(desk)
    desk.do("move", "i", *SKIPPED, now=MONDAY)
    desk.do("skip", "i", now=MONDAY)
    desk.do("approve", now=MONDAY)
    gone = [uid for uid in before if uid.startswith("aaae7466")]
    assert published(desk) == before | dict.fromkeys(gone, EntryStatus.CANCELLED)
