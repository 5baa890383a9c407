"""`restore` and `drop`: an edit, or a whole draft, taken back."""

import pytest

from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY = "2027-02-08T09:00:00Z"
GROUP = ("--group", "RG-NAV")


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    return found


def meetings(desk: Desk) -> list[tuple[str, str, str]]:
    plan = desk.json("plan", *GROUP, now=MONDAY)["meetings"]
    return [(m["label"], m["date"], m["status"]) for m in plan]


def test_what_a_draft_cancels_or_skips_is_restored_as_it_was_published(desk):
    desk.do("approve", now=MONDAY)
    desk.do("authorize", *GROUP, now=MONDAY)
    before = meetings(desk)
    desk.do("cancel", "i", "--scope", "all", "--reason", "no room", now=MONDAY)
    desk.do("skip", "ii", now=MONDAY)
    assert desk.json("restore", "i", "--scope", "all", now=MONDAY)["changes"] == []
    assert meetings(desk) == before


def test_a_meeting_published_as_cancelled_takes_place_again(desk):
    desk.do("approve", now=MONDAY)
    before = meetings(desk)
    desk.do("cancel", "i", now=MONDAY)
    desk.do("approve", now=MONDAY)
    (change, _) = desk.json("restore", "i", "--reason", "a room", now=MONDAY)["changes"]
    assert (change["kind"], change["label"]) == ("restored", "i")
    desk.do("approve", now=MONDAY)
    assert meetings(desk) == before


def test_a_meeting_that_takes_place_is_not_restored_and_a_cancelled_one_not_moved(desk):
    ran = desk.run("restore", "i", now=MONDAY)
    assert (ran.status, "is tentative, not cancelled" in ran.err) == (1, True)
    desk.do("cancel", "i", now=MONDAY)
    ran = desk.run("move", "i", "--start", "15:00", now=MONDAY)
    assert (ran.status, "take that back with 'interim restore" in ran.err) == (1, True)


def test_a_dropped_draft_says_what_is_lost_and_leaves_what_is_published(desk):
    desk.do("approve", now=MONDAY)
    before = meetings(desk)
    desk.do("move", "i", "--date", "2027-03-18", now=MONDAY)
    desk.do("waive", "two_months", *GROUP, "--reason", "so agreed", now=MONDAY)
    told = " ".join(desk.do("drop", *GROUP, now=MONDAY).out.split())
    assert "1 meeting moved, 1 deadline moved" in told
    assert "two_months, for the whole plan: so agreed" in told
    assert "Revision 1 stands." in told
    assert meetings(desk) == before
    assert desk.json("plan", now=MONDAY)["groups"] == []


def test_a_report_whose_draft_was_dropped_can_be_imported_again(desk):
    first = meetings(desk)
    dropped = desk.json("drop", *GROUP, now=MONDAY)
    assert (dropped["dropped"], len(dropped["changes"])) == ("RG-NAV", 8)
    assert desk.json("import", SAMPLE, now=MONDAY)["changed"]
    assert meetings(desk) == first


def test_a_report_that_stands_changes_nothing_after_the_draft_of_its_revision_was_dropped(
    desk, tmp_path
):
    desk.do("approve", now=MONDAY)
    desk.do("move", "i", "--date", "2027-03-18", now=MONDAY)
    desk.do("approve", now=MONDAY)
    revision = tmp_path / "revision.txt"
    revision.write_text(SAMPLE.read_text().replace("workshop preparation", "the workshop"))
    desk.do("import", revision, now=MONDAY)
    desk.do("drop", *GROUP, now=MONDAY)
    assert not desk.json("import", SAMPLE, now=MONDAY)["changed"]
    assert desk.json("import", revision, now=MONDAY)["changed"]


def test_without_a_draft_there_is_nothing_to_drop(desk):
    desk.do("approve", now=MONDAY)
    ran = desk.run("drop", *GROUP, now=MONDAY)
    assert (ran.status, "RG-NAV has no draft to drop" in ran.err) == (1, True)
