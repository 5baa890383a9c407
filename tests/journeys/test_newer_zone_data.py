"""A zone changes its clocks after a plan was published, from the upgrade to the new feeds."""

import pytest

from scheduler.zonedata import zone_data_version
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.zone_data import Installation, an_installation

SAMPLE = ROOT / "examples" / "report.txt"
MONDAY, TUESDAY = "2027-02-08T09:00:00Z", "2027-02-09T09:00:00Z"
NIGHT = """\
TSAG-TD700 Report of RG-NAV
Geneva, 1 - 5 February 2027
RG-NAV agreed on the following virtual meeting:
i. 28 March 2027, 0230-0330 Geneva time, Metrics
"""


@pytest.fixture
def desk(tmp_path) -> Desk:
    return a_desk(tmp_path)


@pytest.fixture
def upgraded(desk, tmp_path) -> Installation:
    """One whose data know that Geneva keeps winter time, as Algiers does."""
    zones = {"zone": "Europe/Zurich", "has_clocks_of": "Africa/Algiers"}
    return an_installation(tmp_path, desk.workspace, "2099a", **zones)


def published(desk: Desk) -> None:
    desk.do("import", SAMPLE, now=MONDAY)
    desk.do("approve", now=MONDAY)


def moved(changes: list[dict]) -> list[tuple]:
    """What moved: the instants before and after, in the order that the plan has them."""
    key = {"meeting": "start_utc", "deadline": "utc"}
    return [
        (c["kind"], c["what"], c["before"][key[c["what"]]], c["after"][key[c["what"]]])
        for c in changes
    ]


HOURS_LATER = [
    ("moved", "meeting", "2027-04-21T12:00:00Z", "2027-04-21T13:00:00Z"),
    ("moved", "meeting", "2027-05-26T12:00:00Z", "2027-05-26T13:00:00Z"),
    ("moved", "meeting", "2027-07-07T12:00:00Z", "2027-07-07T13:00:00Z"),
    ("moved", "deadline", "2027-04-14T21:59:59Z", "2027-04-14T22:59:59Z"),
    ("moved", "deadline", "2027-05-19T21:59:59Z", "2027-05-19T22:59:59Z"),
    ("moved", "deadline", "2027-06-30T21:59:59Z", "2027-06-30T22:59:59Z"),
]
CAUSE = {
    "what": "zone_data",
    "zone": "Europe/Zurich",
    "before": zone_data_version(),
    "after": "2099a",
}


def test_a_plan_without_a_draft_shows_what_the_upgrade_moved_and_why(desk, upgraded):
    published(desk)
    assert desk.json("plan", now=MONDAY)["groups"] == []
    for verb in ("plan", "check"):
        changes = upgraded.run(verb, "--json", now=TUESDAY).document["changes"]
        assert moved(changes) == HOURS_LATER
        assert [change["cause"] for change in changes] == [CAUSE] * 6
        said = " ".join(upgraded.run(verb, now=TUESDAY).out.split())
        assert "3 meetings moved, 3 deadlines moved" in said
        assert (
            "Wed 21 Apr 2027, 14:00–15:30 Europe/Zurich stays, 2027-04-21T12:00:00Z -> "
            f"2027-04-21T13:00:00Z (zone data {zone_data_version()} -> 2099a of Europe/Zurich)"
        ) in said


def test_the_deadlines_of_a_moved_meeting_stand_in_it_as_they_were_published(desk, upgraded):
    published(desk)
    change = upgraded.run("plan", "--json", now=TUESDAY).document["changes"][0]
    states = [change[side]["deadlines"][0]["utc"] for side in ("before", "after")]
    assert states == ["2027-04-14T21:59:59Z", "2027-04-14T22:59:59Z"]


def entries(site) -> list[tuple[str, str, str]]:
    """Start, sequence and last change of each meeting in the feed."""
    found = []
    for text in (
        (site / "feeds" / "rg-nav-meetings.ics").read_text("utf-8").split("BEGIN:VEVENT")[1:]
    ):
        lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        start = lines["DTSTART;TZID=Europe/Zurich"]
        found.append((start, lines["SEQUENCE"], lines["LAST-MODIFIED"]))
    return found


HOURS = [f"2027{day}T140000" for day in ("0317", "0421", "0526", "0707")]


def test_the_agreed_hour_stays_in_feeds_and_an_approval_raises_the_sequence_once(
    desk, upgraded, tmp_path
):
    published(desk)
    desk.do("publish", tmp_path / "site", now=MONDAY)
    as_it_was = [(hour, "0", "20270208T090000Z") for hour in HOURS]
    assert entries(tmp_path / "site") == as_it_was
    upgraded.run("publish", tmp_path / "site", now=TUESDAY)
    assert entries(tmp_path / "site") == as_it_was
    approved = upgraded.run("approve", "--json", now=TUESDAY).document["approved"]
    assert [(one["revision"], moved(one["changes"])) for one in approved] == [(2, HOURS_LATER)]
    upgraded.run("publish", tmp_path / "site", now=TUESDAY)
    told = [(hour, "1", "20270209T090000Z") for hour in HOURS[1:]]
    assert entries(tmp_path / "site") == [as_it_was[0], *told]
    assert upgraded.run("plan", "--json", now=TUESDAY).document["groups"] == []
    assert "No draft" in upgraded.run("approve", now=TUESDAY).out


def test_an_hour_that_newer_data_skip_is_told_and_not_published_until_somebody_chooses(
    desk, upgraded, tmp_path
):
    report = tmp_path / "report.txt"
    report.write_text(NIGHT, encoding="utf-8")
    upgraded.run("import", report, now=MONDAY)
    assert upgraded.run("approve", now=MONDAY).status == 0
    ran = desk.run("plan", "--json", now=TUESDAY)
    assert moved(ran.document["changes"]) == [("moved", "meeting", "2027-03-28T01:30:00Z", None)]
    found = [(f["code"], f["severity"]) for f in ran.document["findings"]]
    assert (ran.status, ("nonexistent_local_time", "error") in found) == (1, True)
    assert "no one instant" in " ".join(desk.run("check", now=TUESDAY).out.split())
    desk.do("publish", tmp_path / "site", now=TUESDAY)
    assert entries(tmp_path / "site") == []
    desk.do("move", "i", "--reading", "later", now=TUESDAY)
    desk.do("approve", now=TUESDAY)
    (meeting,) = desk.json("plan", "--group", "RG-NAV", now=TUESDAY)["meetings"]
    assert meeting["start_utc"] == "2027-03-28T01:30:00Z"
