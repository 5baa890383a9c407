"""Clocks that jump, and nights on which they are changed: each letter goes out once, on its day."""

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import Popen

import pytest

from scheduler.model.moment import Instant
from tests.support.commands import Desk
from tests.support.mail_server import mail_server
from tests.support.posts import EVE, REPORT, Post, a_post, approved, kill, subscribe

pytestmark = pytest.mark.server

ONE = "one@example.org"
SECOND = timedelta(seconds=1)
RULES = "acronym: RG-NAV\nreminder_rules:\n  contribution: [{rungs}]\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("approved"))


@pytest.fixture
def post(template: Path, tmp_path: Path) -> Iterator[Post]:
    with mail_server() as mail:
        yield a_post(template, tmp_path, mail, [ONE])


def give_rungs(desk: Desk, rungs: str) -> None:
    (desk.workspace / "groups" / "rg-nav.yaml").write_text(RULES.format(rungs=rungs))


def fates(post: Post) -> list[tuple[str, str, str | None]]:
    return [(one["kind"], one["state"], one["last_error"]) for one in post.letters()]


def test_a_week_ahead_there_is_one_letter_and_what_is_past_is_skipped(post: Post):
    give_rungs(post.desk, "7 days, 1 day, 1 day after")
    post.mail.always_answer("GREETING", "421 closed")
    assert post.remind(EVE)[0] == 3
    (reminder, *_) = fates(post)
    assert reminder[:2] == ("deadline_reminder", "queued")
    post.mail.recover()
    assert post.remind("2027-03-16T09:00:00Z") == (0, "")
    old, new = sorted(fates(post), key=lambda fate: fate[1] == "sent")
    assert old == (
        "deadline_reminder",
        "skipped",
        "too late: it was of use until 2027-03-10T22:59:59Z",
    )
    assert (new[1], post.copies()) == ("sent", {ONE: 1})
    assert post.remind("2027-03-16T10:00:00Z") == (0, "")
    assert post.copies() == {ONE: 1}


def test_after_a_jump_ahead_and_back_nothing_is_told_twice_and_nothing_lost(post: Post):
    give_rungs(post.desk, "7 days, 1 day")
    told = []
    for now in (
        EVE,
        "2027-04-13T09:00:00Z",  # a day before the next deadline
        "2027-03-09T10:00:00Z",
        "2027-04-07T09:00:00Z",  # a week before it: less than what was told already
        "2027-04-13T09:00:00Z",
        "2027-05-12T09:00:00Z",
    ):
        before = len(post.mail.taken)
        assert post.remind(now) == (0, "")
        told.append(len(post.mail.taken) - before)
    assert (told[:3], told[4:]) == ([1, 1, 0], [0, 1])
    assert post.states().keys() == {"sent"}


def test_a_day_back_nothing_goes_twice_and_what_waits_goes_once_it_is_time(post: Post):
    subscribe(post.desk, ["two@example.org"])
    post.mail.answer("RCPT", "450 4.2.0 greylisted")
    assert post.remind(EVE) == (0, "")
    assert post.states() == {"queued": 1, "sent": 1}
    for now in ("2027-03-08T09:00:00Z", "2027-03-08T21:00:00Z", EVE):
        assert post.remind(now) == (0, "")
        assert post.copies().total() == 1
    assert post.remind("2027-03-09T10:00:00Z") == (0, "")
    assert post.copies() == {ONE: 1, "two@example.org": 1}


def test_a_sender_that_died_before_the_clock_went_back_leaves_its_letter_to_others(post: Post):
    started = Future[Popen[str]]()
    post.mail.at_each = lambda stage: kill(started.result(60)) if stage == "RCPT" else None
    with post.sender(EVE, "remind") as process:
        started.set_result(process)
        process.communicate(timeout=60)
    post.mail.at_each = lambda _: None
    for now in ("2027-03-08T09:00:00Z", "2027-03-09T09:04:59Z", "2027-03-09T09:05:00Z"):
        assert post.remind(now) == (0, "")
        assert post.mail.taken == []
    assert post.remind("2027-03-09T09:11:00Z") == (0, "")
    assert (post.states(), post.copies()) == ({"sent": 1}, {ONE: 1})


ZONES = {"Geneva": "Europe/Zurich", "New York": "America/New_York"}
# The day of the deadline, where its clocks stand, and the midnights by which it is told: those of
# three, two and one day before.
NIGHTS = [
    ("Geneva", "29 March 2027", ("2027-03-25T23:00", "2027-03-26T23:00", "2027-03-27T23:00")),
    ("Geneva", "28 March 2027", ("2027-03-24T23:00", "2027-03-25T23:00", "2027-03-26T23:00")),
    ("Geneva", "30 March 2027", ("2027-03-26T23:00", "2027-03-27T23:00", "2027-03-28T22:00")),
    ("Geneva", "1 November 2027", ("2027-10-28T22:00", "2027-10-29T22:00", "2027-10-30T22:00")),
    ("Geneva", "2 November 2027", ("2027-10-29T22:00", "2027-10-30T22:00", "2027-10-31T23:00")),
    ("New York", "15 March 2027", ("2027-03-12T05:00", "2027-03-13T05:00", "2027-03-14T05:00")),
    ("New York", "16 March 2027", ("2027-03-13T05:00", "2027-03-14T05:00", "2027-03-15T04:00")),
    ("New York", "8 November 2027", ("2027-11-05T04:00", "2027-11-06T04:00", "2027-11-07T04:00")),
    ("New York", "9 November 2027", ("2027-11-06T04:00", "2027-11-07T04:00", "2027-11-08T05:00")),
]


def with_deadline(folder: Path, place: str, day: str) -> Desk:
    """Make a workspace with one deadline, at the end of that day."""
    desk = Desk(folder / "work")
    desk.do("init", desk.workspace)
    text = REPORT.read_text(encoding="utf-8").replace("Geneva time", f"{place} time")
    kept = [line for line in text.splitlines() if not line.startswith(("ii.", "iii.", "iv."))]
    text = "\n".join(kept).replace("hold four", "hold one").replace("17 March 2027", day)
    report = folder / "report.txt"
    report.write_text(text.replace("due 7 days before each", "due 0 days before each"))
    desk.do("import", report, now="2027-02-05T09:00:00Z")
    give_rungs(desk, "3 days, 2 days, 1 day")
    desk.do("approve", "--despite", "a test", now="2027-02-05T09:00:00Z")
    return desk


@pytest.mark.parametrize(("place", "day", "midnights"), NIGHTS)
def test_on_nights_of_a_clock_change_each_letter_goes_once_from_midnight_on(
    tmp_path: Path, place: str, day: str, midnights: tuple[str, ...]
):
    with mail_server() as mail:
        desk = with_deadline(tmp_path, place, day)
        desk.environment["INTERIM_SMTP_URL"] = mail.url
        subscribe(desk, [ONE], ZONES[place])
        post = Post(desk, mail, [ONE])
        for told, midnight in enumerate(midnights):
            instant = Instant.parse(f"{midnight}:00Z")
            for now, count in ((instant.plus(-SECOND), told), (instant, told + 1)):
                assert post.remind(str(now)) == (0, "")
                assert (str(now), len(mail.taken)) == (str(now), count)
            # hour after hour through the night on which two hours have one name, or none
            for hour in (1, 2, 3) if told == 1 else ():
                assert post.remind(str(instant.plus(timedelta(hours=hour)))) == (0, "")
        assert [subject(one.message) for one in mail.taken] == [
            "[RG-NAV] contribution deadline in 3 days",
            "[RG-NAV] contribution deadline in 2 days",
            "[RG-NAV] contribution deadline tomorrow",
        ]
        assert post.states() == {"sent": 3}


def subject(message: bytes) -> str:
    return str(message_from_bytes(message, policy=policy.default)["Subject"]).split(": ")[0]
