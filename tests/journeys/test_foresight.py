"""What `plan` says of feeds and letters, and what then becomes of them."""

import pytest

from calendars.reader import read
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY = "2027-02-08T09:00:00Z"
EVE = "2027-03-09T09:00:00Z"
GROUP = ("--group", "RG-NAV")


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = a_desk(tmp_path)
    found.do("import", SAMPLE, now=MONDAY)
    found.do("subscribe", "someone@example.org", *GROUP, now=MONDAY)
    return found


@pytest.fixture
def standing(desk) -> Desk:
    desk.do("approve", now=MONDAY)
    desk.do("publish", desk.workspace.parent / "site", now=MONDAY)
    return desk


def foreseen(desk: Desk, now: str = MONDAY) -> dict:
    return desk.json("plan", now=now)["consequences"]


def entries(desk: Desk) -> dict[str, tuple[int, str]]:
    feed = desk.workspace.parent / "site" / "feeds" / "all.ics"
    return {e.uid: (e.sequence, str(e.status)) for e in read(feed.read_bytes()).entries}


def after(foreseen: dict) -> dict[str, tuple[int, str]]:
    return {e["id"]: (e["sequence_after"], e["status_after"]) for e in foreseen["entries"]}


def test_the_feeds_that_were_foreseen_are_those_that_publish_writes(standing):
    standing.do("move", "ii", "--date", "2027-04-23", now=MONDAY)
    standing.do("cancel", "iii", now=MONDAY)
    told, before = foreseen(standing), entries(standing)
    standing.do("approve", now=MONDAY)
    written = standing.json("publish", standing.workspace.parent / "site", now=MONDAY)
    # Lists change with the feeds, and are not foreseen by name.
    assert told["feeds"] == [path for path in written["changed"] if path.endswith(".ics")]
    assert entries(standing) == before | after(told)
    assert sorted(after(told).values()) == [(1, "CANCELLED")] * 2 + [(1, "TENTATIVE")] * 2


def test_the_letters_that_were_foreseen_are_those_that_remind_queues(desk):
    (letter,) = foreseen(desk, EVE)["letters"]["queued"]
    desk.do("approve", now=EVE)
    queued = desk.run("remind", "--json", now=EVE)  # no server answers, and the letter waits
    assert len(queued.document["queued"]) == letter["recipients"] == 1
    (waiting,) = desk.json("outbox", "list")["letters"]
    assert [waiting[key] for key in ("kind", "due", "subjects")] == [
        letter[key] for key in ("kind", "due", "subjects")
    ]


def test_a_letter_that_waits_is_foreseen_not_to_be_sent(standing):
    standing.run("remind", now=EVE)
    standing.do("cancel", "i", now=EVE)
    letters = foreseen(standing, EVE)["letters"]
    assert ([row["recipients"] for row in letters["unsent"]], letters["queued"]) == ([1], [])
    assert (
        "1 deadline_reminder queued, and not sent after all, to 1 person"
        in standing.do("plan", now=EVE).out
    )


def test_a_reminder_that_moves_is_told_in_the_zone_of_the_group(standing):
    out = standing.do("move", "ii", "--date", "2027-04-23", now=MONDAY).out
    assert (
        "reminder of the contribution deadline of ii, 1 day before: Tue 13 Apr 2027 00:00 "
        "Europe/Zurich -> Thu 15 Apr 2027 00:00 Europe/Zurich, to 1 person"
    ) in " ".join(out.split())


@pytest.mark.parametrize(
    "edit",
    [
        ("move", "ii", "--date", "2027-04-23"),
        ("cancel", "ii"),
        ("skip", "ii"),
        ("authorize", *GROUP),
    ],
)
def test_each_edit_tells_what_becomes_of_feeds(standing, edit):
    told = standing.json(*edit, now=MONDAY)["consequences"]
    assert {"feeds/all.ics", "feeds/rg-nav.ics"} <= {*told["feeds"]}
    assert all(row["sequence_after"] == 1 for row in told["entries"])


def test_a_waiver_changes_neither_feeds_nor_letters(standing):
    told = standing.json("waive", "two_months", *GROUP, "--reason", "so agreed", now=MONDAY)
    assert (told["changes"], told["consequences"]["feeds"]) == ([], [])
    assert "Feeds" not in standing.do("plan", now=MONDAY).out


def test_a_plan_that_stands_has_no_consequences(standing):
    assert standing.json("plan", *GROUP, now=MONDAY)["consequences"]["feeds"] == []
