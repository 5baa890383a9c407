"""How fast letters are built and sent, beside the usual way to do it in Python.

One group, whose deadline is tomorrow for every subscriber; they read six languages in four zones.
Three measures, on the same letters and in the same run:

- built: text, HTML and calendar of each letter, beside an `EmailMessage` for each;
- sent: claimed in SQLite, built, handed over and recorded, over several connections, beside an
  `EmailMessage` for each through aiosmtplib with nothing recorded, and postfix's `smtp-source`
  where it is installed; all to the same sink, a process of its own;
- how that grows with their number, and the most memory that was used.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/letters.py`.
"""

import argparse
import asyncio
import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import aiosmtplib

from benchmarks.publication import group, plan
from benchmarks.usual_sender import Parts, usually_sent
from scheduler.actions.deliver import Sending, delivery
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.preparing import prepared
from scheduler.assembly import start
from scheduler.model.domain_limit import DomainLimits
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.brakes import Brakes
from scheduler.notification.delivery import Ready, deliver
from scheduler.notification.due import due_letters
from scheduler.notification.letters.frames import Frames
from scheduler.notification.smtp.connection import SmtpChannel
from scheduler.notification.smtp.servers import parse_mail_url
from scheduler.notification.standing import Withdrawal
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import KeptStore, Store
from scheduler.store.sql import create

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "Africa/Nairobi")
SENDER = "interim@meetings.example.org"
POST = Post(
    sender=SENDER,
    reply_to="secretariat@example.org",
    base_url="https://meetings.example.org/",
    secret=b"benchmark",
)
SINCE = Instant.parse("2026-01-12T09:00:00Z")
SINK = Path(__file__).with_name("sink.py")
AHEAD = 16
LETTERS = 5_000  # of one run, for the comparisons
USUAL = 1_000  # of them that the usual way is measured with
Pair = tuple[str, bytes]


@dataclass(frozen=True)
class Office:
    """A database with letters that are due, and what they are made of."""

    store: Store
    group: Group
    now: Instant
    letters: tuple[Letter, ...]

    def sending(self, kept: KeptStore, port: int = 25, connections: int = 1) -> Sending:
        """Return what its letters are sent with."""
        server = parse_mail_url(f"smtp://127.0.0.1:{port}")
        return Sending(
            store=kept,
            channels=[SmtpChannel(server) for _ in range(connections)],
            post=POST,
            groups={self.group.acronym: self.group},
            brakes=Brakes(),
            clock=lambda: self.now,
            chance=lambda: 0.5,
            limits=DomainLimits(),
        )


def main() -> None:
    """Print the three measures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--letters", type=int, nargs="*", default=[1_000, 5_000, 20_000])
    options.add_argument("--connections", type=int, default=4)
    options.add_argument("--rounds", type=int, default=3, help="Of each measure; the best counts.")
    options.add_argument("--folder", type=Path, help="Where databases are made; else a temporary.")
    chosen = options.parse_args()
    start()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder, sink() as port:
        compare_building(Path(folder), chosen.rounds)
        compare_sending(Path(folder), port, chosen.connections, chosen.rounds)
        for count in chosen.letters:
            seconds = sent(Path(folder), port, count, chosen.connections)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{count:>8,} letters {seconds:>8.2f} s {count / seconds:>8,.0f} per second "
                  f"{seconds / count * 1e6:>7,.0f} us each, peak memory {peak:,.0f} MB",
                  flush=True)  # fmt: skip


def compare_building(folder: Path, rounds: int) -> None:
    """Print how many letters are built in a second, beside an `EmailMessage` for each."""
    found = office(folder, LETTERS)
    with found.store.kept_open() as kept:
        ours = []
        for _ in range(rounds):
            started = perf_counter()
            made = built(found, kept)
            ours.append(LETTERS / (perf_counter() - started))
    parts = [Parts.of(one) for one in made if isinstance(one, Ready)]
    usual = []
    for _ in range(rounds):
        started = perf_counter()
        for one in parts[:USUAL]:
            one.built()
        usual.append(USUAL / (perf_counter() - started))
    print(f"built    {max(ours):>8,.0f} per second, the usual way {max(usual):>6,.0f}: "
          f"{max(ours) / max(usual):.1f} times", flush=True)  # fmt: skip


def built(found: Office, kept: KeptStore) -> list[Ready | Withdrawal]:
    """Return the messages of all letters, each looked at in the light of the present."""
    post, groups, made = replace(POST, frames=Frames()), {found.group.acronym: found.group}, []
    for first in range(0, len(found.letters), AHEAD):
        some = found.letters[first : first + AHEAD]
        with kept.reading() as memory:
            memory.foresee(some)
            made.extend(prepared(memory, letter, post, groups, found.now) for letter in some)
    return made


def compare_sending(folder: Path, port: int, connections: int, rounds: int) -> None:
    """Print how many letters are sent in a second, beside others, in turns."""
    parts, ours, usual, alone = usual_letters(folder, USUAL), [], [], []
    for _ in range(rounds):
        ours.append(LETTERS / sent(folder, port, LETTERS, connections))
        usual.append(USUAL / usually_sent(parts, SENDER, port))
        alone.append(smtp_source(port, LETTERS, connections, len(parts[0].built())))
    best, beside = max(ours), max(usual)
    print(f"sent     {best:>8,.0f} per second over {connections} connections and recorded, "
          f"the usual way {beside:>6,.0f}: {best / beside:.1f} times")  # fmt: skip
    limits = [LETTERS / seconds for seconds in alone if seconds]
    told = f"{max(limits):>8,.0f} per second" if limits else "not installed here"
    print(f"smtp-source: {told}", flush=True)


def usual_letters(folder: Path, count: int) -> list[Parts]:
    """Return what the letters of an office are made of."""
    found = office(folder, count)
    with found.store.kept_open() as kept:
        made = built(found, kept)
    return [Parts.of(one) for one in made if isinstance(one, Ready)]


def sent(folder: Path, port: int, count: int, connections: int) -> float:
    """Return the seconds in which so many letters are claimed, built, sent and recorded."""
    found, before = office(folder, count), taken(port)
    started = perf_counter()
    with found.store.kept_open() as kept:
        for letter in deliver(delivery(found.sending(kept, port, connections))):
            if letter.state is not LetterState.SENT:
                raise RuntimeError(letter)
    seconds = perf_counter() - started
    if taken(port) - before != count:
        raise RuntimeError(f"{taken(port) - before} of {count} letters arrived")
    return seconds


def smtp_source(port: int, count: int, connections: int, octets: int) -> float | None:
    """Return the seconds that postfix's own sender takes, None where it is not installed."""
    program = shutil.which("smtp-source", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program is None:
        return None
    options = ["-s", str(connections), "-m", str(count), "-l", str(octets), "-d"]
    people = ["-f", SENDER, "-t", "someone@example.org"]
    started = perf_counter()
    subprocess.run([program, *options, *people, f"127.0.0.1:{port}"], check=True)
    return perf_counter() - started


def office(folder: Path, count: int) -> Office:
    """Return a new database in which so many letters wait."""
    store = create(sqlite_url(Path(tempfile.mkdtemp(dir=folder)) / "interim.sqlite"))
    one = group(0)
    standing, now = plan(one), None
    with store.writing() as memory:
        memory.save_current(standing)
        readers = [memory.subscribe(reader(one, number)) for number in range(count)]
        now = eve_of_one(standing)
        found = due_letters(standing, one, readers, now, domain="example.org", letters=())
        for letter in found:
            memory.queue(letter)
    if len(found) != count:
        raise RuntimeError(f"{len(found)} letters are due, not {count}")
    return Office(store, one, now, found)


def reader(one: Group, number: int) -> Subscription:
    """Return somebody who wishes to be told."""
    return Subscription(
        address=f"delegate{number}@example.org",
        group=one.acronym,
        zone=ZONES[number // len(LANGUAGES) % len(ZONES)],
        language=LANGUAGES[number % len(LANGUAGES)],
        since=SINCE,
    )


def eve_of_one(standing: Plan) -> Instant:
    """Return an instant at noon of the day before a deadline."""
    meeting: Meeting = min(standing.meetings, key=lambda found: found.date)
    day = meeting.deadlines[0].moment.day - dt.timedelta(days=1)
    return Instant(dt.datetime.combine(day, dt.time(12), dt.UTC))


@contextmanager
def sink() -> Iterator[int]:
    """Run the sink in a process of its own, and yield its port."""
    with subprocess.Popen(
        [sys.executable, str(SINK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdout is None:
            raise RuntimeError
        yield int(process.stdout.readline())


def taken(port: int) -> int:
    """Return how many letters the sink took so far."""

    async def ask() -> str:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            return (await client.noop()).message

    return int(asyncio.run(ask()))


if __name__ == "__main__":
    main()
