"""`interim forecast` counts the letters that `interim remind` sends in the days to come."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import Desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.two_groups import two_groups

pytestmark = pytest.mark.server

START = "2027-03-01T12:00:00Z"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: MailServer) -> Desk:
    """A workspace with two groups whose meetings are on the same days, and their readers."""
    desk = two_groups(tmp_path, {"INTERIM_SMTP_URL": server.url})
    for address, group, *choices in (
        ("single@example.org", "RG-NAV"),
        ("both@example.org", "RG-NAV"),
        ("both@example.org", "RG-DON"),
        ("daily@example.org", "RG-NAV", "--letters", "digest"),
        ("daily@example.org", "RG-DON", "--letters", "digest"),
        ("early@example.org", "RG-DON", "--about", "meeting", "--remind", "9 days"),
        ("calendar@example.org", "RG-NAV", "--letters", "none"),
        ("gone@example.org", "RG-NAV"),
    ):
        desk.do("subscribe", address, "--group", group, *choices, now="2027-02-11T09:00:00Z")
    desk.do("suppress", "gone@example.org", now="2027-02-11T09:00:00Z")
    return desk


def test_what_is_foreseen_is_what_goes_out(desk, server):
    foreseen = desk.json("forecast", "--days", "20", now=START)
    counted = Counter()
    for one in foreseen["forecast"]:
        counted[one["kind"]] += one["letters"]
    for day in range(1, 21):
        for hour in (11, 13, 21, 23):
            desk.do("remind", now=f"2027-03-{day:02}T{hour:02}:00:00Z")
    sent = [one for one in desk.json("outbox", "list")["letters"] if one["state"] == "sent"]
    assert counted == Counter(one["kind"] for one in sent)
    assert foreseen["letters"] == len(server.taken) > counted["digest"] > 0


def test_each_day_is_told_with_its_zone_and_how_many_people_get_what(desk):
    ran = desk.do("forecast", "--group", "RG-DON", "--days", "9", now=START)
    lines = [line.rstrip() for line in ran.out.splitlines()]
    assert max(map(len, lines)) <= 80
    assert [" ".join(line.split()) for line in lines] == [
        "Day Zone of the day Group Letter Letters People",
        "Wed 3 Mar 2027 Europe/Zurich RG-DON deadline reminder 1 1",
        "Mon 8 Mar 2027 Europe/Zurich RG-DON meeting reminder 1 1",
        "2 letters go out in the next 9 days, if nothing changes.",
    ]


def test_what_nobody_is_told_is_said_and_an_unknown_group_refused(desk):
    assert desk.json("forecast", "--days", "1", now=START) == {
        "days": 1,
        "letters": 0,
        "forecast": [],
    }
    said = desk.do("forecast", "--days", "1", now=START).out
    assert said == "No letters go out in the next 24 hours, if nothing changes.\n"
    assert "RG-NAV" in desk.run("forecast", "--group", "RG-NO").err


def test_what_is_above_the_brakes_goes_on_a_later_day(desk):
    with (desk.workspace / "interim.yaml").open("a") as settings:
        settings.write("mail:\n  letters_per_day: 1\n")
    desk.do("invite", "anna@example.org", "--group", "RG-NAV", now=START)
    desk.do("invite", "anna@example.org", "--group", "RG-DON", now=START)

    def invited(now: str) -> list[tuple[str, int]]:
        found = desk.json("forecast", "--days", "30", now=now)["forecast"]
        days: Counter[str] = Counter()
        for one in found:
            days[one["date"]] += one["letters"] * (one["kind"] == "invitation")
        return sorted((+days).items())

    foreseen = invited(START)
    waiting = desk.json("outbox", "list")["letters"]
    assert foreseen == [(f"2027-03-0{1 + day}", 1) for day in range(len(waiting))]
    assert len(foreseen) > 1
    desk.do("remind", now=START)
    assert invited("2027-03-01T13:00:00Z") == foreseen[1:]
