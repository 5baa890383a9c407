"""A workspace with readers to whom a letter is due, and the mail server that takes it."""

import os
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription
from scheduler.store.sql import open_store
from tests.conftest import ROOT
from tests.support.commands import Desk
from tests.support.mail_server import MailServer

REPORT = ROOT / "examples" / "report.txt"
MONDAY = "2027-03-08T09:00:00Z"
EVE = "2027-03-09T09:00:00Z"  # a day before a deadline
ELEVEN_LATER = "2027-03-09T09:11:00Z"  # a lease, and the wait of what it leaves in doubt
READERS = ("one@example.org", "two@example.org", "three@example.org")


@dataclass(frozen=True, slots=True)
class Post:
    """A desk, its mail server, and how a run of `remind` ended there."""

    desk: Desk
    mail: MailServer
    readers: Sequence[str] = field(default=READERS)

    def remind(self, now: str = EVE) -> tuple[int, str]:
        """Run a sender; return its exit status, and what it said of faults."""
        ran = self.desk.run("remind", now=now)
        assert "Traceback" not in ran.err
        said = [one for one in ran.err.splitlines() if not one.startswith("notice: ")]
        return ran.status, "\n".join(said)

    def letters(self) -> list[dict]:
        """Return the letters as the outbox lists them, in the order in which they go."""
        return self.desk.json("outbox", "list", now=EVE)["letters"]

    def states(self) -> Counter[str]:
        """Count the letters in each state."""
        return Counter(letter["state"] for letter in self.letters())

    def copies(self) -> Counter[str]:
        """Count what the server took for each reader; all copies have one Message-ID."""
        found = defaultdict(list)
        for letter in self.mail.taken:
            (recipient,) = letter.recipients
            found[recipient].append(message_from_bytes(letter.message)["Message-ID"])
        assert [len(set(ids)) for ids in found.values()] == [1] * len(found)
        return Counter({recipient: len(ids) for recipient, ids in found.items()})

    @contextmanager
    def sender(
        self, now: str, *words: str, before: tuple[str, ...] = ()
    ) -> Iterator[subprocess.Popen[str]]:
        """Run a sender as `beside` does."""
        with beside(self.desk, now, *words, before=before) as process:
            yield process


@contextmanager
def beside(
    desk: Desk, now: str, *words: str, before: tuple[str, ...] = ()
) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process of its own, which is gone when the block ends.

    What stands `before` the command starts it.
    """
    command = [*before, sys.executable, "-m", "scheduler", "--now", now, *words]
    own = {"INTERIM_WORKSPACE": str(desk.workspace), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | own | desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process, and go on once it is dead: until then it may do more."""
    process.kill()
    process.wait(60)


def approved(folder: Path) -> Path:
    """Make a workspace with the example approved, to be copied; return its folder."""
    desk = Desk(folder / "approved")
    desk.do("init", desk.workspace)
    desk.do("import", REPORT, now=MONDAY)
    desk.do("approve", now=MONDAY)
    return desk.workspace


def a_post(
    template: Path,
    folder: Path,
    mail: MailServer,
    readers: Sequence[str] = READERS,
    url: str = "",
    connections: int | None = None,
) -> Post:
    """Copy an approved workspace and subscribe readers to it; `url` is that of the database.

    With one of the `connections`, letters go one after the other.
    """
    desk = Desk(folder / "work", {"INTERIM_SMTP_URL": mail.url})
    if url:
        desk.environment["INTERIM_DATABASE_URL"] = url
    if not desk.workspace.exists():
        shutil.copytree(template, desk.workspace)
    if connections is not None:
        with (desk.workspace / "interim.yaml").open("a") as settings:
            settings.write(f"\nmail:\n  connections: {connections}\n")
    subscribe(desk, readers)
    mail.people.update(readers)
    return Post(desk, mail, readers)


def subscribe(desk: Desk, readers: Sequence[str], zone: str = "Asia/Tokyo") -> None:
    """Put readers on the list of the example's group since Monday."""
    url = desk.environment.get("INTERIM_DATABASE_URL") or (
        f"sqlite:///{desk.workspace / 'interim.sqlite'}"
    )
    with open_store(url).writing() as memory:
        for address in readers:
            since = Instant.parse(MONDAY)
            memory.subscribe(
                Subscription(address=address, group="RG-NAV", zone=zone, language="en", since=since)
            )


def until(happens: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait for something to happen, though not for ever."""
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.02)
