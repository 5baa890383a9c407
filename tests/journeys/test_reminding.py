"""People are reminded by rule: each as they chose, once, and in one letter after a sleep."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from calendars.reader import read as read_calendar
from scheduler.actions.leave import leave
from scheduler.actions.remind import SECRET
from scheduler.model.moment import Instant
from scheduler.store.database.places import sqlite_url
from scheduler.store.sql import open_store
from tests.support.commands import Desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.two_groups import two_groups

pytestmark = pytest.mark.server
READER, OTHER = "someone@example.org", "other@example.org"
# The first meeting is on Wednesday 17 March 2027 at 14:00 in Geneva (13:00 UTC), contributions are
# due at the end of the 10th (22:59:59 UTC).


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: MailServer) -> Desk:
    """A workspace with two groups whose meetings are on the same days."""
    return two_groups(tmp_path, {"INTERIM_SMTP_URL": server.url, "USER": "ada"})


def follow(desk: Desk, address: str, *choices: str, group: str = "RG-NAV") -> None:
    words = ("--group", group, "--zone", "Europe/Zurich", "--language", "en", *choices)
    desk.do("subscribe", address, *words, now="2027-02-11T09:00:00Z")


def taken(server: MailServer) -> list[EmailMessage]:
    return [message_from_bytes(one.message, policy=policy.SMTP) for one in server.taken]


def subjects(server: MailServer) -> list[str]:
    return [str(message["Subject"]) for message in taken(server)]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def sections(message: EmailMessage) -> list[str]:
    """The lines with which a digest begins each thing it tells."""
    return [
        line for line in text_of(message).splitlines() if line.startswith(("RG-NAV:", "RG-DON:"))
    ]


def test_every_rung_is_told_once_by_whichever_run_comes_first(desk, server):
    follow(desk, READER)
    for day in range(2, 19):
        for hour in (0, 6, 12, 21, 23):
            desk.do("remind", now=f"2027-03-{day:02}T{hour:02}:30:00Z")
    assert [subject.split(": ")[0] for subject in subjects(server)] == [
        "[RG-NAV] contribution deadline in 7 days",
        "[RG-NAV] contribution deadline today",
        "[RG-NAV] contribution deadline passed 1 day ago",
        "[RG-NAV] meeting tomorrow",
        "[RG-NAV] meeting today",
    ]
    meeting = taken(server)[-1]
    assert "Wednesday 17 March 2027, 14:00–15:30 (Europe/Zurich, UTC+01:00)" in text_of(meeting)
    assert "- open points from this TSAG" in text_of(meeting)
    (calendar,) = meeting.iter_attachments()
    assert len(read_calendar(calendar.get_payload(decode=True)).entries) == 1


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        (("--about", "meeting"), ["meeting tomorrow", "meeting today"]),
        (("--about", "contribution", "--remind", "3 days"), ["contribution deadline in 3 days"]),
        (("--letters", "none"), []),
    ],
)
def test_people_choose_what_they_are_told_and_how_early(desk, server, choices, told):
    follow(desk, READER, *choices)
    for day in range(7, 18):
        desk.do("remind", now=f"2027-03-{day:02}T12:30:00Z")
    before = [one.split(": ")[0].removeprefix("[RG-NAV] ") for one in subjects(server)]
    assert [one for one in before if "passed" not in one] == told


def test_reminders_of_a_meeting_move_with_it_and_stop_when_it_is_cancelled(desk, server):
    follow(desk, READER, "--about", "meeting")
    desk.do("move", "RG-NAV/i", "--date", "2027-03-19")
    desk.do("approve", "--group", "RG-NAV", "--without-telling", now="2027-03-10T09:00:00Z")
    desk.do("remind", now="2027-03-16T09:00:00Z")
    assert server.taken == []
    desk.do("remind", now="2027-03-18T09:00:00Z")
    assert subjects(server)[0].startswith("[RG-NAV] meeting tomorrow: Friday 19 March 2027, 14:00")
    desk.do("cancel", "RG-NAV/i", "--reason", "no contributions")
    desk.do("approve", "--group", "RG-NAV", "--without-telling", now="2027-03-18T10:00:00Z")
    desk.do("remind", now="2027-03-19T11:30:00Z")
    assert len(server.taken) == 1


def test_after_a_week_of_sleep_each_person_gets_one_letter_for_all_groups(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, group=group)
    follow(desk, OTHER)
    desk.do("remind", now="2027-03-09T09:00:00Z")
    digest, single = sorted(taken(server), key=lambda one: one["To"] != READER)
    next_one = "RG-NAV: contribution deadline tomorrow"
    assert digest["Subject"] == f"[RG-DON, RG-NAV] 2 dates; next: {next_one}"
    assert sorted(sections(digest)) == [
        f"{group}: contribution deadline tomorrow" for group in ("RG-DON", "RG-NAV")
    ]
    (calendar,) = digest.iter_attachments()
    assert len(read_calendar(calendar.get_payload(decode=True)).entries) == 4
    assert single["Subject"].startswith("[RG-NAV] contribution deadline tomorrow: ")
    desk.do("remind", now="2027-03-09T15:00:00Z")
    assert len(server.taken) == 2


def test_who_chose_digests_gets_one_a_day_and_what_moved_meanwhile_is_not_in_it(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, "--letters", "digest", group=group)
    desk.do("outbox", "pause", now="2027-03-03T08:00:00Z")
    desk.do("remind", now="2027-03-03T09:00:00Z")
    (queued,) = desk.json("outbox", "list")["letters"]
    assert (queued["kind"], queued["group"], len(queued["subjects"])) == ("digest", "", 2)
    desk.do("move", "RG-NAV/i", "--date", "2027-03-19")
    desk.do("approve", "--group", "RG-NAV", "--without-telling", now="2027-03-03T10:00:00Z")
    desk.do("outbox", "resume", now="2027-03-03T10:00:00Z")
    desk.do("remind", now="2027-03-03T11:00:00Z")
    (digest,) = taken(server)
    assert sections(digest) == ["RG-DON: contribution deadline in 7 days"]
    assert digest["Subject"] == (
        "[RG-DON] contribution deadline in 7 days: "
        "Wednesday 10 March 2027, 23:59:59 (Europe/Zurich, UTC+01:00)"
    )


def test_a_digest_of_which_nothing_is_left_is_cancelled(desk, server):
    follow(desk, READER, "--letters", "digest")
    desk.do("outbox", "pause", now="2027-03-03T08:00:00Z")
    desk.do("remind", now="2027-03-03T09:00:00Z")
    desk.do("cancel", "RG-NAV/i", "--reason", "no contributions")
    desk.do("approve", "--group", "RG-NAV", "--without-telling", now="2027-03-03T10:00:00Z")
    desk.do("outbox", "resume", now="2027-03-03T10:00:00Z")
    desk.do("remind", now="2027-03-03T11:00:00Z")
    (letter,) = desk.json("outbox", "list")["letters"]
    assert (letter["state"], letter["last_error"]) == (
        "cancelled",
        "moved or cancelled since it was queued",
    )
    assert server.taken == []


def test_letters_that_wait_are_taken_into_a_digest_above_the_cap(desk, server):
    settings = desk.workspace / "interim.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\nmail:\n  letters_per_day: 1\n", encoding="utf-8"
    )
    follow(desk, READER)
    desk.do("outbox", "pause", now="2027-03-03T08:00:00Z")
    desk.do("remind", now="2027-03-03T09:00:00Z")
    follow(desk, READER, group="RG-DON")
    desk.do("outbox", "resume", now="2027-03-03T09:30:00Z")
    desk.do("remind", now="2027-03-03T10:00:00Z")
    (digest,) = taken(server)
    assert len(sections(digest)) == 2
    states = {one["kind"]: one["state"] for one in desk.json("outbox", "list")["letters"]}
    assert states == {"deadline_reminder": "cancelled", "digest": "sent"}


def test_a_dry_run_says_the_same_as_the_run(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, group=group)
    now = "2027-03-09T09:00:00Z"
    would = desk.json("remind", "--dry-run", now=now)
    assert server.taken == []
    did = desk.json("remind", now=now)
    assert would["queued"] == did["queued"]
    assert [one["key"] for one in would["letters"]] == [one["key"] for one in did["letters"]]


def test_a_dry_run_says_who_would_get_what_and_why_and_who_would_not(desk, server):
    follow(desk, "one@example.org")
    follow(desk, "own@example.org", "--remind", "8 days")
    follow(desk, "none@example.org", "--letters", "none")
    follow(desk, "gone@example.org")
    desk.do(
        "suppress", "gone@example.org", "--reason", "asked by phone", now="2027-02-12T09:00:00Z"
    )
    said = desk.do("remind", "--dry-run", now="2027-03-03T09:00:00Z").out
    assert max(map(len, said.splitlines())) <= 80
    because = (
        "because: RG-NAV contribution deadline on Wed 10 Mar 2027 23:59:59 Europe/Zurich; {}, {}"
    )
    by_group = because.format("7 days before", "a rule of the group")
    assert " ".join(said.split()) == " ".join(
        [
            "3 would be queued, 2 would be sent.",
            "would be sent own@example.org RG-NAV deadline_reminder",
            because.format("8 days before", "their own choice"),
            (
                "would not be sent gone@example.org RG-NAV deadline_reminder: "
                "the address is suppressed: asked by phone"
            ),
            by_group,
            "would be sent one@example.org RG-NAV deadline_reminder",
            by_group,
            "would not be sent none@example.org RG-NAV deadline_reminder: chose to get no letters",
            by_group,
        ]
    )
    desk.do("outbox", "pause", now="2027-03-03T09:00:00Z")
    paused = desk.json("remind", "--dry-run", now="2027-03-03T09:00:00Z")
    assert [(one["recipient"].split("@")[0], one["kept_back"]) for one in paused["rehearsed"]] == [
        ("own", "sending is paused"),
        ("gone", "the address is suppressed: asked by phone"),
        ("one", "sending is paused"),
        ("none", "chose to get no letters"),
    ]
    assert paused["rehearsed"][0]["because"] == [
        {
            "group": "RG-NAV",
            "kind": "contribution",
            "subject": paused["rehearsed"][0]["subjects"][0],
            "date": "2027-03-10",
            "time": "23:59:59",
            "zone": "Europe/Zurich",
            "rung": "8 days",
            "chosen_by": "reader",
        }
    ]


def test_a_dry_run_names_each_thing_of_a_digest(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, "--letters", "digest", group=group)
    (digest,) = desk.json("remind", "--dry-run", now="2027-03-03T09:00:00Z")["rehearsed"]
    assert [one["group"] for one in digest["because"]] == ["RG-NAV", "RG-DON"]


def test_a_dry_run_gives_no_reason_that_fell_away_since_a_letter_was_queued(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, "--letters", "digest", group=group)
    follow(desk, OTHER)
    desk.do("outbox", "pause", now="2027-03-03T08:00:00Z")
    desk.do("remind", now="2027-03-03T09:00:00Z")
    desk.do("move", "RG-NAV/i", "--date", "2027-03-19")
    desk.do("approve", "--group", "RG-NAV", "--without-telling", now="2027-03-03T10:00:00Z")
    desk.do("outbox", "resume", now="2027-03-03T10:00:00Z")
    would = desk.json("remind", "--dry-run", now="2027-03-03T11:00:00Z")["rehearsed"]
    found = {
        one["recipient"]: (one["kept_back"], [because["group"] for because in one["because"]])
        for one in would
    }
    assert found == {
        READER: (None, ["RG-DON"]),
        OTHER: ("moved or cancelled since it was queued", []),
    }


def test_one_click_in_a_digest_of_several_groups_leaves_them_all(desk, server):
    for group in ("RG-NAV", "RG-DON"):
        follow(desk, READER, "--letters", "digest", group=group)
    desk.do("remind", now="2027-03-03T09:00:00Z")
    (digest,) = taken(server)
    token = str(digest["List-Unsubscribe"]).split(">")[0].rsplit("/", 1)[1]
    store = open_store(sqlite_url(desk.workspace / "interim.sqlite"))
    with store.reading() as memory:
        secret = memory.recall(SECRET).encode()
    assert leave(store, secret, token, Instant.parse("2027-03-03T10:00:00Z"))
    with store.reading() as memory:
        assert memory.subscriptions(None) == ()


@pytest.mark.parametrize(
    ("choices", "status", "told"),
    [
        (("--about", "slide"), 1, "unknown kind of deadline 'slide'; give one of: agenda, "),
        (("--remind", "soon"), 2, "'soon' is no time before or after a deadline; give one such"),
        (("--remind", "1 day after"), 2, "'1 day after' is after a deadline, as only a group's"),
        (("--letters", "weekly"), 2, "'weekly' is not one of 'single', 'digest', 'none'"),
    ],
)
def test_choices_that_mean_nothing_are_refused(desk, choices, status, told):
    ran = desk.run("subscribe", READER, "--group", "RG-NAV", *choices)
    assert (ran.status, told in " ".join(ran.err.split())) == (status, True), ran.err
    assert desk.run("unsubscribe", READER).status == 1


def test_choices_stay_until_they_are_chosen_anew(desk):
    chosen = (
        "--letters",
        "digest",
        "--about",
        "meeting",
        "--remind",
        "2 hours",
        "--remind",
        "3 days",
    )
    first = desk.json("subscribe", READER, "--group", "RG-NAV", *chosen)
    again = desk.json("subscribe", READER, "--group", "RG-NAV", "--language", "fr")
    kept = {"letters": "digest", "about": ["meeting"], "remind": ["3 days", "2 hours"]}
    assert first | kept == first
    assert again | kept == again
    back = ("--letters", "single", "--about", "all", "--remind", "group")
    last = desk.json("subscribe", READER, "--group", "RG-NAV", *back)
    assert (last["letters"], last["about"], last["remind"]) == ("single", [], [])
