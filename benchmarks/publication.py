"""How long publishing takes: everything at first, nothing new, and one meeting moved.

Groups of fifty meetings, each with a deadline and on one or two of eight topics of its group, in a
SQLite workspace that is made for it.
Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/publication.py`.
"""

import argparse
import datetime as dt
import resource
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from scheduler.actions.publish import publish
from scheduler.model.deadline import CONTRIBUTION, Deadline, DeadlineRule, TimeSource, Unit
from scheduler.model.group import Group
from scheduler.model.meeting import FormerTime, Meeting, Mode, Status
from scheduler.model.moment import END_OF_DAY, Instant, WallTime
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.model.subscription import Subscription
from scheduler.planning.identity import derived_uid
from scheduler.publication.folder.files import Written
from scheduler.store.database.places import sqlite_url
from scheduler.store.protocol import Store
from scheduler.store.sql import create
from scheduler.zonedata import pin_zone_data

MEETINGS = 50  # of one group
GROUPS_OF_A_BODY = 10
ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "Africa/Nairobi")
WORDS = (
    "charging interfaces",
    "état des travaux sur les essais de conformité",
    "workshop results and next steps",
    "security of identity management",
    "次の会合の議題",
    "liaison with other bodies",
    "performance of satellite links",
    "accessibility and human factors",
)
MADE = Instant.parse("2026-01-10T09:00:00Z")
LATER = Instant.parse("2026-02-10T09:00:00Z")
FIRST_DAY = dt.date(2026, 3, 2)
BASE = "https://meetings.example.org/"


@dataclass
class Site:
    """A workspace of some groups, and where it is published."""

    folder: Path
    store: Store
    groups: dict[str, Group]

    def publish(self, out: str = "site", kept: str | None = "kept") -> Written:
        """Publish all that stands."""
        return publish(
            self.store,
            self.folder / out,
            None,
            groups=self.groups,
            base_url=BASE,
            now=LATER,
            kept=self.folder / kept if kept else None,
        )


def main() -> None:
    """Print a table: meetings, files and octets, seconds of each publication, and the ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--meetings", type=int, nargs="*", default=[1_000, 10_000])
    options.add_argument("--subscribers", type=int, default=0, help="How many there are besides.")
    options.add_argument("--rounds", type=int, default=3, help="Of moving one meeting.")
    chosen = options.parse_args()
    pin_zone_data()
    print(
        f"{'meetings':>8} {'groups':>7} {'files':>7} {'MB':>7} {'cold':>8} {'again':>8} "
        f"{'changed':>8} {'ratio':>7} {'written':>8}"
    )
    for meetings in chosen.meetings:
        measure(meetings, chosen.subscribers, chosen.rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


def measure(meetings: int, subscribers: int, rounds: int) -> None:
    """Print one line of the table: cold, again with nothing new, and with one meeting moved."""
    with tempfile.TemporaryDirectory() as folder:
        site = made(Path(folder), meetings // MEETINGS, subscribers)
        cold, first = timed(site)
        again, _ = timed(site)
        changes = []
        for number in range(rounds):
            move(site, f"SG{number}", number)
            changes.append(timed(site))
        changed = min(seconds for seconds, _ in changes)
        written = changes[-1][1].changed
        octets = sum(file.stat().st_size for file in (site.folder / "site").rglob("*.*"))
        print(
            f"{meetings:>8,} {len(site.groups):>7,} {len(first.changed):>7,} {octets / 1e6:>7,.0f} "
            f"{cold:>7.2f}s {again:>7.2f}s {changed:>7.2f}s {cold / changed:>6.1f}x "
            f"{len(written):>8,}",
            flush=True,
        )


def timed(site: Site) -> tuple[float, Written]:
    started = perf_counter()
    written = site.publish()
    return perf_counter() - started, written


def made(folder: Path, count: int, subscribers: int) -> Site:
    """Return a workspace with some groups whose plans stand, and with subscribers."""
    store = create(sqlite_url(folder / "interim.sqlite"))
    groups = [group(number) for number in range(count)]
    with store.writing() as memory:
        for one in groups:
            memory.save_current(plan(one))
        for number in range(subscribers):
            wish = Subscription(
                address=f"delegate{number}@example.org",
                group=groups[number % count].acronym,
                zone="Europe/Zurich",
                language="en",
                since=MADE,
            )
            memory.subscribe(wish)
    return Site(folder, store, {one.acronym: one for one in groups})


def group(number: int) -> Group:
    body = number // GROUPS_OF_A_BODY
    return Group(
        acronym=f"SG{number}",
        name=f"Study Group {number}",
        body=f"Body {body}",
        zone=ZONES[number % len(ZONES)],
    )


def plan(one: Group) -> Plan:
    meetings = tuple(meeting(one, number) for number in range(MEETINGS))
    return Plan(group=one.acronym, meetings=meetings, revision=1, made=MADE)


def meeting(one: Group, number: int, day: dt.date | None = None) -> Meeting:
    """Return a meeting on a day, or on one that its number comes to."""
    seed = int(derived_uid(one.acronym, str(number)).replace("-", ""), 16)
    day = day or FIRST_DAY + dt.timedelta(days=seed % 700)
    stamp = Stamp(sequence=0, created=MADE, modified=MADE)
    rule = DeadlineRule(
        kind=CONTRIBUTION, offset=-7, unit=Unit.CALENDAR_DAY, zone=one.zone, line=12
    )
    due = Deadline(
        kind=CONTRIBUTION,
        moment=WallTime(day - dt.timedelta(days=7), END_OF_DAY, one.zone),
        time_source=TimeSource.CONVENTION,
        rule=rule,
        uid=derived_uid(one.acronym, str(number), CONTRIBUTION),
        stamp=stamp,
    )
    return Meeting(
        group=one.acronym,
        label=str(number),
        date=day,
        end_date=day,
        start=dt.time(9 + seed % 8),
        end=dt.time(18),
        zone=one.zone,
        mode=Mode.VIRTUAL,
        status=Status.CONFIRMED,
        link=f"https://calls.example.org/{one.acronym}/{seed % 10**9}",
        topics=(WORDS[seed % len(WORDS)], WORDS[seed // 7 % len(WORDS)]),
        deadlines=(due,),
        uid=derived_uid(one.acronym, str(number)),
        stamp=stamp,
    )


def move(site: Site, name: str, number: int) -> None:
    """Move one meeting by a day, as `move` and `approve` leave it."""
    with site.store.writing() as memory:
        found = memory.current(name)
        if found is None:
            raise LookupError(name)
        first, *others = found.meetings
        if first.starts is None:
            raise LookupError(first.label)
        left = FormerTime(start=first.starts)
        day = first.date + dt.timedelta(days=1)
        stamp = Stamp(sequence=number + 1, created=MADE, modified=LATER)
        moved = replace(first, date=day, end_date=day, former=(left,), stamp=stamp)
        standing = replace(
            found, meetings=(moved, *others), revision=found.revision + 1, made=LATER
        )
        memory.save_current(standing)


if __name__ == "__main__":
    main()
