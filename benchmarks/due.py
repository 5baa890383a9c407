"""How long finding what is due takes: among subscriptions to groups with fifty meetings each.

In a SQLite workspace that is made for it, whose people follow four groups each. Five answers are
measured: nothing is near; what is near was told, by a letter each or in digests; one group's
readers are to be told besides; all waits to be sent, some of it for so long that digests take it
in. Each is found in a process of its own, so that memory is its own.
Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/due.py`.
"""

import argparse
import datetime as dt
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.publication import FIRST_DAY, MADE, MEETINGS, ZONES, meeting
from scheduler.actions.gather import gather
from scheduler.actions.publish import standing
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import ANY_DEADLINE, MEETING, ReminderRule, days_before
from scheduler.model.subscription import Letters, Subscription
from scheduler.notification.brakes import Brakes
from scheduler.notification.digests import Box, bundled
from scheduler.notification.due import due_letters
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import Memory
from scheduler.store.sql import create, open_store
from scheduler.zonedata import pin_zone_data

FOLLOWED = 4  # groups, by one person
EVERY_OTHER_WEEK = dt.timedelta(days=14)  # a group meets
# So early that of each group something is near, and told to all its readers.
REMINDERS = (
    ReminderRule(kind=ANY_DEADLINE, rungs=days_before((28, 14, 7, 3, 1))),
    ReminderRule(kind=MEETING, rungs=days_before((7,))),
)
BEFORE_ALL = Instant.parse("2026-01-20T09:00:00Z")
IN_BETWEEN = Instant.parse("2026-05-05T09:00:00Z")
DOMAIN = "meetings.example.org"
# Nobody's day is full, and so what is due is told by one letter each unless people chose otherwise.
NO_BRAKES = Brakes(letters_per_day=1000, letters_per_week=1000)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What there is to tell, and to whom it was told already."""

    name: str
    now: Instant = IN_BETWEEN
    sent: bool = True
    untold: frozenset[str] = frozenset()


# What comes about one after the other in one workspace, whose people chose such letters.
COURSES = (
    (
        Letters.SINGLE,
        (
            Case(name="nothing is near", now=BEFORE_ALL),
            Case(name="all was told but to one group", untold=frozenset({"SG0"})),
            Case(name="all was told, a letter each"),
        ),
    ),
    (Letters.SINGLE, (Case(name="all waits, and is put in digests", sent=False),)),
    (Letters.DIGEST, (Case(name="all was told, in digests"),)),
)


@dataclass(frozen=True)
class Workspace:
    """Where the subscriptions are, and the groups they are to."""

    url: str
    groups: dict[str, Group]


@dataclass(frozen=True)
class Found:
    """How many letters were found due, and what that took."""

    letters: int
    seconds: float
    processor_seconds: float
    peak_mb: float


def main() -> None:
    """Print a table: for each number of subscriptions and each case, letters, time and memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--subscriptions", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options.add_argument("--groups", type=int, default=200)
    options.add_argument("--case", default="", help="Only those whose name holds this text.")
    options.add_argument("--rounds", type=int, default=3, help="The best of so many counts.")
    chosen = options.parse_args()
    pin_zone_data()
    print(f"{chosen.groups} groups of {MEETINGS} meetings")
    print(
        f"{'subscriptions':>13}  {'what there is to tell':<34} {'letters':>8} {'wall':>7} "
        f"{'CPU':>7} {'peak':>7}"
    )
    for subscriptions in chosen.subscriptions:
        for letters, course in COURSES:
            cases = [case for case in course if chosen.case in case.name]
            if cases:
                measure(subscriptions, chosen, letters, cases)


def measure(
    subscriptions: int, chosen: argparse.Namespace, letters: Letters, cases: Iterable[Case]
) -> None:
    """Print some lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = made(Path(folder), chosen.groups, subscriptions, letters)
        for case in cases:
            if case.now != BEFORE_ALL:
                tell(workspace, case)
            found = [alone(workspace, case.now) for _ in range(chosen.rounds)]
            best = min(found, key=lambda one: one.processor_seconds)
            print(
                f"{subscriptions:>13,}  {case.name:<34} {best.letters:>8,} {best.seconds:>6.2f}s "
                f"{best.processor_seconds:>6.2f}s {max(one.peak_mb for one in found):>4,.0f} MB",
                flush=True,
            )


def alone(workspace: Workspace, now: Instant) -> Found:
    """Find what is due in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(find, (workspace, now))


def find(workspace: Workspace, now: Instant) -> Found:
    """Find what is due, and say what that took."""
    pin_zone_data()
    store = open_store(workspace.url)
    with store.reading() as memory:
        wall, processor = perf_counter(), process_time()
        found = gather(memory, workspace.groups, NO_BRAKES, now, domain=DOMAIN)
        took = perf_counter() - wall, process_time() - processor
    return Found(len(found.letters), *took, peak_mb())


def peak_mb() -> float:
    """Return the most memory that this process used.

    On Linux `getrusage` tells what the process that started this one used, where that is more.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 / 1e6
    octets_of_a_unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * octets_of_a_unit / 1e6


def tell(workspace: Workspace, case: Case) -> None:
    """Queue or send all that is due by now as people chose, but to the readers of some groups."""
    now = case.now
    with open_store(workspace.url).writing() as memory:
        due: dict[str, list[Letter]] = defaultdict(list)
        for group, plan in standing(memory, workspace.groups):
            wishes = memory.subscriptions(group.acronym)
            for letter in due_letters(plan, group, wishes, now, domain=DOMAIN, letters=()):
                if group.acronym not in case.untold:
                    due[letter.recipient].append(letter)
        for of_one in due.values():
            for letter in as_chosen(memory, of_one, now):
                memory.queue(replace(letter, attempts=int(case.sent)))
                if case.sent:
                    memory.settle(letter.key, LetterState.SENT, None, now)


def as_chosen(memory: Memory, due: list[Letter], now: Instant) -> Iterable[Letter]:
    """Return one person's letters, together where they chose a digest."""
    wish = memory.subscription(due[0].subscription)
    if wish is None or wish.letters is not Letters.DIGEST:
        return due
    box = Box(wishes={one.subscription: wish for one in due}, room=9, had_digest=False)
    return bundled(due, (), box, now, domain=DOMAIN).letters


def made(folder: Path, count: int, subscriptions: int, letters: Letters) -> Workspace:
    """Return a workspace whose plans stand, with people who follow several groups each."""
    url = sqlite_url(folder / "interim.sqlite")
    groups = [group(number) for number in range(count)]
    with create(url).writing() as memory:
        for one in groups:
            memory.save_current(plan(one))
        for wish in wishes(groups, subscriptions, letters):
            memory.subscribe(wish)
    return Workspace(url, {one.acronym: one for one in groups})


def wishes(groups: list[Group], count: int, letters: Letters) -> Iterator[Subscription]:
    """Yield so many subscriptions, of people who follow several groups each."""
    for number in range(count):
        person, which = divmod(number, FOLLOWED)
        yield Subscription(
            address=f"delegate{person}@example.org",
            group=groups[(person + which) % len(groups)].acronym,
            zone="Europe/Zurich",
            language="en",
            since=MADE,
            letters=letters,
        )


def group(number: int) -> Group:
    """Return a group that reminds early and often."""
    return Group(
        acronym=f"SG{number}",
        name=f"Study Group {number}",
        body="Body",
        zone=ZONES[number % len(ZONES)],
        reminder_rules=REMINDERS,
    )


def plan(one: Group) -> Plan:
    """Return a plan of a meeting every other week; not all groups meet on the same day."""
    first = FIRST_DAY + dt.timedelta(days=int(one.acronym.removeprefix("SG")) % 14)
    meetings = tuple(
        meeting(one, number, first + EVERY_OTHER_WEEK * number) for number in range(MEETINGS)
    )
    return Plan(group=one.acronym, meetings=meetings, revision=1, made=MADE)


if __name__ == "__main__":
    main()
