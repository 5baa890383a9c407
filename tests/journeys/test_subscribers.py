"""Who is told: the list that the secretariat looks at."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.commands import Desk, a_desk
from tests.support.documents import ROOT
from tests.support.outsiders import from_outside

MONDAY = "2027-03-08T09:00:00Z"
NOT_THERE = "is not subscribed to RG-NAV"
PLAIN = {
    "address": "ada@example.org",
    "group": "RG-NAV",
    "zone": "Europe/Zurich",
    "language": "en",
    "since": MONDAY,
    "follow": "all",
    "topics": [],
    "alarm_meetings": None,
    "alarm_deadlines": None,
    "letters": "single",
    "about": [],
    "remind": [],
    "member": True,
    "suppressed": False,
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = a_desk(tmp_path)
    desk.do("import", ROOT / "examples" / "report.txt", now=MONDAY)
    desk.do("approve", now=MONDAY)
    return desk


def subscribe(desk: Desk, address: str, *choices: str, group: str = "RG-NAV") -> dict:
    return desk.json("subscribe", address, "--group", group, *choices, now=MONDAY)


def listed(desk: Desk, *options: str) -> list[dict]:
    return desk.json("subscribers", *options)["subscribers"]


def test_nobody_is_said_in_words(desk: Desk):
    assert desk.do("subscribers").out == "Nobody is subscribed to any group.\n"
    alone = desk.do("subscribers", "--group", "RG-NAV")
    assert alone.out == "Nobody is subscribed to RG-NAV.\n"
    assert listed(desk) == []


def test_each_has_what_subscribe_prints_and_whether_they_are_members_and_suppressed(desk: Desk):
    choices = ("--letters", "digest", "--about", "minutes", "--remind", "3 days")
    told = subscribe(desk, "bob@example.org", *choices, "--alarm-meetings", "15")
    subscribe(desk, "ada@example.org")
    desk.do("suppress", "Bob@example.org", "--reason", "asked by phone")
    assert listed(desk) == [PLAIN, told | {"member": True, "suppressed": True}]


def test_who_is_subscribed_again_keeps_what_is_not_given(desk: Desk):
    chosen = subscribe(desk, "ada@example.org", "--zone", "Asia/Tokyo", "--language", "fr")
    assert (chosen["zone"], chosen["language"]) == ("Asia/Tokyo", "fr")
    kept = subscribe(desk, "ada@example.org", "--letters", "digest")
    assert kept == chosen | {"letters": "digest"}
    assert subscribe(desk, "ada@example.org", "--language", "en")["zone"] == "Asia/Tokyo"


def test_they_stand_by_group_and_then_by_address_and_are_told_from_those_outside(desk: Desk):
    for name in ("Zoe", "ada", "bob"):
        subscribe(desk, f"{name}@example.org")
    from_outside(desk, "ada@example.org", "RG-A")
    found = [(one["group"], one["address"], one["member"]) for one in listed(desk)]
    assert found == [
        ("RG-A", "ada@example.org", False),
        ("RG-NAV", "ada@example.org", True),
        ("RG-NAV", "bob@example.org", True),
        ("RG-NAV", "Zoe@example.org", True),
    ]
    assert [one["address"][:3] for one in listed(desk, "--group", "RG-NAV")] == [
        "ada",
        "bob",
        "Zoe",
    ]
    assert [one["group"] for one in listed(desk, "--address", "ADA@example.org")] == [
        "RG-A",
        "RG-NAV",
    ]
    assert [
        one["group"] for one in listed(desk, "--address", "ada@example.org", "--group", "RG-NAV")
    ] == ["RG-NAV"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--group", "RG-X"), "unknown group 'RG-X'; the workspace knows: RG-NAV"),
        (
            ("--address", "ada"),
            "'ada' is not a mail address; give one plain address such as someone@example.org",
        ),
        (
            ("--address", "ada@example.org"),
            "ada@example.org is not subscribed to any group; 'interim subscribers' lists who is",
        ),
        (
            ("--address", "ada@example.org", "--group", "RG-NAV"),
            f"ada@example.org {NOT_THERE}; 'interim subscribers --group RG-NAV' lists who is",
        ),
    ],
)
def test_what_nobody_knows_is_refused(desk: Desk, options: tuple[str, ...], said: str):
    subscribe(desk, "bob@example.org")
    ran = desk.run("subscribers", *options)
    assert (ran.status, ran.out, ran.err) == (1, "", f"error: {said}\n")


def test_the_terminal_shows_every_choice_in_words(desk: Desk):
    subscribe(desk, "ada@example.org")
    chosen = ("--letters", "digest", "--follow", "meetings", "--about", "minutes")
    times = ("--remind", "3 days", "--remind", "2 hours", "--alarm-deadlines", "60")
    subscribe(desk, "bob@example.org", *chosen, *times)
    from_outside(desk, "cy@example.org", "RG-NAV", topics=("Timing",))
    desk.do("suppress", "cy@example.org")
    assert desk.do("subscribers").out.splitlines() == [
        "3 subscribers of RG-NAV",
        "  ada@example.org",
        f"    Europe/Zurich, en, since {MONDAY}",
        "    a member",
        "    follow: all",
        "    letters: single; remind: as the group",
        "    about: everything",
        "    topic: all",
        "  bob@example.org",
        f"    Europe/Zurich, en, since {MONDAY}",
        "    a member",
        "    follow: meetings; rings 60 minutes before deadlines",
        "    letters: digest; remind: 3 days, 2 hours",
        "    about: minutes",
        "    topic: all",
        "  cy@example.org",
        f"    Asia/Tokyo, ar, since {MONDAY}",
        "    asked from outside, and is no member",
        "    suppressed: nothing is sent to this address",
        "    follow: all",
        "    letters: single; remind: as the group",
        "    about: everything",
        "    topic: Timing",
    ]


def test_long_and_wide_names_stay_in_80_columns_and_turn_nothing_around(desk: Desk):
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example.org"
    topics = ("测试" * 40, "\u202eمواضيع " * 20, "Timing")
    from_outside(desk, address, "RG-NAV", topics=topics)
    out = desk.do("subscribers").out
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert "".join(line.strip() for line in lines).count(address) == 1
    assert "".join(line.strip() for line in lines).count("测试" * 40) == 1
    assert "\u202e" not in out
    arabic = [line.strip().removeprefix("topic: ") for line in lines if "مواضيع" in line]
    assert " ".join(arabic) == " ".join(["مواضيع"] * 20)  # with nothing else on its lines
    assert lines[-1] == "    topic: Timing"
