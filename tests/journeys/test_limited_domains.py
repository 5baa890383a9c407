"""Letters to a domain with a limit, as the mail server sees them and as people are told of them."""

import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from scheduler import assembly
from scheduler.model.moment import Instant
from scheduler.worker.staying import Stop, work
from tests.support.mail_server import MailServer, mail_server
from tests.support.posts import EVE, Post, a_post, approved, kill

pytestmark = pytest.mark.server

NOW = Instant.parse(EVE)
MANY = [f"reader{number}@example.org" for number in range(8)]
OTHERS = ["one@example.net", "two@example.net"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("template"))


@dataclass(slots=True)
class Seen:
    """How many letters the server had on their way at once, at most."""

    most: int = 0
    going: int = 0

    def at(self, stage: str) -> None:
        self.going += (stage == "MAIL") - (stage == "KEPT")
        self.most = max(self.most, self.going)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def limited(
    template: Path, folder: Path, mail: MailServer, *, readers: list[str], rule: str
) -> Post:
    post = a_post(template, folder, mail, readers)
    with (post.desk.workspace / "interim.yaml").open("a") as settings:
        settings.write(f"\nmail:\n  domains:\n    example.org: {rule}\n")
    return post


def after(seconds: float) -> str:
    return str(NOW.plus(timedelta(seconds=seconds)))


def counted(mail: MailServer) -> Counter[str]:
    return Counter(one.recipients[0].partition("@")[2] for one in mail.taken)


def test_no_more_letters_are_on_their_way_than_the_domain_takes(
    template: Path, tmp_path: Path, mail: MailServer
):
    post, seen = limited(template, tmp_path, mail, readers=MANY, rule="{at_once: 2}"), Seen()
    mail.at_each = seen.at
    assert post.remind() == (0, "")
    assert (post.states(), seen.going) == ({"sent": 8}, 0)
    assert seen.most <= 2


def test_what_is_too_much_for_a_minute_waits_and_says_so_and_others_go(
    template: Path, tmp_path: Path, mail: MailServer
):
    rule = "{per_minute: 3}"
    post = limited(template, tmp_path, mail, readers=[*MANY, *OTHERS], rule=rule)
    said = post.desk.do("remind", now=EVE).out.splitlines()
    assert said[1] == f"By the limit of example.org 5 letters wait until {after(61)}."
    assert counted(mail) == {"example.org": 3, "example.net": 2}
    left = [one for one in post.letters() if one["state"] == "queued"]
    why = f"waits until {after(61)}: letters to example.org in a minute: 3"
    assert [(one["attempts"], one["last_error"]) for one in left] == [(0, why)] * 5
    status = post.desk.json("outbox", "status", now=after(30))
    queue = {"domain": "example.org", "letters": 5, "until": after(61), "reason": why}
    assert status["waiting"] == [queue]
    told = post.desk.do("outbox", "status", now=after(30)).out
    assert told.splitlines()[-1] == said[1]
    for second, taken in ((30, 3), (60, 3), (61, 6), (100, 6), (122, 8)):
        assert post.remind(after(second)) == (0, "")
        assert counted(mail)["example.org"] == taken, second
    assert post.desk.json("outbox", "status", now=after(122))["waiting"] == []
    assert set(post.copies().values()) == {1}


def test_a_dry_run_counts_what_the_domain_takes(template: Path, tmp_path: Path, mail: MailServer):
    rule = "{at_once: 1, per_minute: 3}"
    post = limited(template, tmp_path, mail, readers=[*MANY, *OTHERS], rule=rule)
    told = post.desk.json("remind", "--dry-run", now=EVE)
    assert (len(told["queued"]), len(told["letters"])) == (10, 5)
    kept = Counter(one["kept_back"] for one in told["rehearsed"])
    why = f"waits until {after(61)}: letters to example.org in a minute: 3"
    assert kept == {None: 5, why: 5}
    assert mail.taken == []


def test_a_worker_goes_on_when_the_minute_is_over_and_holds_the_limit_in_every_minute(
    template: Path, tmp_path: Path, mail: MailServer
):
    rule = "{per_minute: 3}"
    post = limited(template, tmp_path, mail, readers=[*MANY, *OTHERS], rule=rule)
    clock = ClockOfAWorker(NOW)
    taken: list[tuple[int, str]] = []
    mail.at_each = lambda stage: taken.append((clock.seconds, stage)) if stage == "KEPT" else None

    def run() -> int | None:
        opened = assembly.open_workspace(post.desk.workspace, post.desk.environment, None)
        workspace = replace(opened, now=clock.now, clock=lambda: clock.now)
        ran = assembly.remind(workspace, dry_run=False, announce=lambda _: None, who="worker")
        assert ran.stopped is None
        return ran.seconds_to_next_turn

    work(run, pytest.fail, clock, every=60)
    assert Counter(second for second, _ in taken) == {0: 5, 61: 3, 122: 2}
    assert clock.waits == [60, 1, 60, 1, 60, 60]


def test_a_run_that_dies_leaves_nothing_behind_but_what_it_had_begun(
    template: Path, tmp_path: Path, mail: MailServer
):
    post = limited(template, tmp_path, mail, readers=MANY, rule="{at_once: 1}")
    started = Future[Popen[str]]()
    mail.at_each = lambda stage: kill(started.result(60)) if stage == "DATA" else None
    with post.sender(EVE, "remind") as process:
        started.set_result(process)
        assert process.wait(60) == -signal.SIGKILL
    mail.at_each = lambda _: None
    assert post.remind(after(299)) == (0, "")
    assert post.remind(after(301)) == (0, "")
    assert post.remind(after(700)) == (0, "")
    assert (post.states(), set(post.copies())) == ({"sent": 8}, set(MANY))


class ClockOfAWorker(Stop):
    """A clock that is moved by as much as a worker waits, and stops it after a few minutes."""

    def __init__(self, now: Instant) -> None:
        super().__init__()
        self.now, self.seconds, self.waits = now, 0, list[float]()

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.seconds += int(seconds)
        self.now = self.now.plus(timedelta(seconds=seconds))
        if self.seconds > 200:
            self.tell()
        return self()
