"""Letters about one entry come in the right order, and none is held or repeated for too long."""

import pytest

from tests.conftest import ROOT
from tests.support.commands import a_desk
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.server
SAMPLE = ROOT / "examples" / "report.txt"
BEGUN = "2027-02-03T09:00:00Z"


@pytest.fixture
def server():
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path, server):
    """A workspace whose plan stands, with a reader of single letters and one of digests."""
    desk = a_desk(tmp_path)
    desk.environment["INTERIM_SMTP_URL"] = server.url
    desk.do("import", SAMPLE, now=BEGUN)
    desk.do("approve", now=BEGUN)
    rungs = [word for days in (7, 3, 2, 1) for word in ("--remind", f"{days} days")]
    for address, letters in (("single@example.org", "single"), ("daily@example.org", "digest")):
        choices = ("--group", "RG-NAV", "--about", "contribution", "--letters", letters, *rungs)
        desk.do("subscribe", address, *choices, now=BEGUN)
    return desk


def remind(desk, server, now):
    """Return who got letters of a run, sorted."""
    before = len(server.taken)
    desk.do("remind", now=now)
    return sorted(recipient for one in server.taken[before:] for recipient in one.recipients)


def stands(desk, *edit, now):
    desk.do(*edit, now=now)
    desk.do("approve", now=now)


def test_a_pause_is_caught_up_in_one_letter_for_each_person(desk, server):
    desk.do("outbox", "pause", "--reason", "the relay moves", now="2027-03-02T08:00:00Z")
    for day in range(3, 10):
        assert remind(desk, server, f"2027-03-{day:02}T09:00:00Z") == []
    desk.do("outbox", "resume", now="2027-03-09T10:00:00Z")
    assert remind(desk, server, "2027-03-09T10:00:00Z") == [
        "daily@example.org",
        "single@example.org",
    ]
    assert remind(desk, server, "2027-03-09T11:00:00Z") == []


def test_no_reminder_speaks_of_a_date_whose_change_is_not_told_yet(desk, server):
    remind(desk, server, "2027-04-13T10:30:00Z")
    stands(desk, "move", "ii", "--date", "2027-04-23", now="2027-04-13T11:00:00Z")
    assert remind(desk, server, "2027-04-13T11:01:00Z") == []
    stands(desk, "move", "ii", "--date", "2027-04-21", now="2027-04-13T11:05:00Z")
    assert remind(desk, server, "2027-04-13T11:30:00Z") == []
    stands(desk, "move", "ii", "--date", "2027-04-23", now="2027-04-13T12:00:00Z")
    assert remind(desk, server, "2027-04-13T12:10:00Z").count("single@example.org") == 2


@pytest.fixture
def full_week(desk, server):
    """The same, where each person had what they may have in a week."""
    with (desk.workspace / "interim.yaml").open("a") as settings:
        settings.write("mail:\n  letters_per_week: 1\n")
    desk.do("unsubscribe", "daily@example.org", now="2027-03-12T08:00:00Z")
    stands(desk, "move", "iii", "--date", "2027-05-27", now="2027-03-12T08:00:00Z")
    assert remind(desk, server, "2027-03-12T09:00:00Z") == ["single@example.org"]
    return desk


def test_a_move_that_a_brake_holds_goes_once_it_concerns_the_next_day(full_week, server):
    edit = ("move", "i", "--date", "2027-03-18", "--start", "10:00")
    stands(full_week, *edit, now="2027-03-14T08:00:00Z")
    for hour in ("14T09", "15T09", "16T09"):
        assert remind(full_week, server, f"2027-03-{hour}:00:00Z") == []
    assert remind(full_week, server, "2027-03-17T01:00:00Z") == ["single@example.org"]


def test_what_a_brake_holds_until_it_is_too_late_is_skipped(full_week, server):
    edit = ("move", "i", "--date", "2027-03-18", "--start", "10:00")
    stands(full_week, *edit, now="2027-03-14T08:00:00Z")
    for hour in ("14T09", "18T23"):
        assert remind(full_week, server, f"2027-03-{hour}:00:00Z") == []
    (skipped,) = full_week.json("outbox", "list", "--state", "skipped")["letters"]
    assert skipped["kind"] == "change"
