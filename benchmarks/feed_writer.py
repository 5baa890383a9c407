"""How fast feeds are written, beside icalendar building its components from the same values.

libical's writer in C stands beside them where it is installed: it is given components that are
built already, in UTC, so that its figure is one for writing alone. The table shows that cost grows
with entries alone, and how much memory one feed takes at most beside its entries.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/feed_writer.py`.
"""

import argparse
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import icalendar

from benchmarks.libical_writer import libical_writer
from calendars.model import Calendar, Entry, EntryStatus
from calendars.writer import write
from scheduler.planning.identity import derived_uid

GROWTH = (1_000, 10_000, 100_000)
ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "UTC")
TOPICS = 'remaining issues, état des travaux; "next steps" — 次の会合'
DESCRIPTION = (
    "Join: https://meet.example.org/j/123456789\n\n"
    "Topics:\n- emerging technology mechanism\n- workshop results; next steps\n\n"
    "Contributions are due 7 calendar days before, by the end of the day in Geneva "
    "(13 February 2024, 22:59:59 UTC). Contributions on the main topic come first, others if "
    "time permits or at the following meeting.\n"
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    calendar = sample(chosen.entries)
    # in turns, so that a busy machine slows both; the best round of each counts
    turns = [
        (seconds(write, calendar), seconds(write_with_icalendar, calendar))
        for _ in range(chosen.rounds)
    ]
    ours, theirs = (chosen.entries / min(times) for times in zip(*turns, strict=True))
    print(f"events             {chosen.entries:>12,}")
    print(f"calendars.writer   {ours:>12,.0f} events/s")
    print(f"icalendar {icalendar.__version__:<9}{theirs:>12,.0f} events/s")
    print(f"ratio              {ours / theirs:>12.1f}")
    show_libical(calendar, chosen.rounds, ours)
    print(f"{'entries':>9} {'seconds':>9} {'us an entry':>12} {'octets':>13} {'memory, MB':>11}")
    for entries in GROWTH:
        show_growth(entries, chosen.rounds)


def show_libical(calendar: Calendar, rounds: int, ours: float) -> None:
    """Print how fast libical writes the same calendar, or that it is not here."""
    writer = libical_writer(calendar)
    if writer is None:
        print("libical 3 is not installed: nothing in C to compare with")
        return
    in_c = len(calendar.entries) / min(seconds(writer, calendar) for _ in range(rounds))
    print(f"libical 3          {in_c:>12,.0f} events/s, writing alone")
    print(f"ratio              {ours / in_c:>12.1f}")


def show_growth(entries: int, rounds: int) -> None:
    """Print what a feed of a size costs: the best time, its octets, and its peak of memory."""
    calendar = sample(entries)
    spent = min(seconds(write, calendar) for _ in range(rounds))
    tracemalloc.start()
    octets = len(write(calendar))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{entries:>9,} {spent:>9.3f} {spent / entries * 1e6:>12.1f} {octets:>13,} "
          f"{peak / 2**20:>11.1f}")  # fmt: skip


def seconds(writer: Callable[[Calendar], bytes], calendar: Calendar) -> float:
    started = perf_counter()
    writer(calendar)
    return perf_counter() - started


def sample(count: int) -> Calendar:
    """Return a calendar of meetings like those of a busy group, each unlike the others."""
    return Calendar(
        name="All groups",
        source="https://interim.example.org/feeds/all.ics",
        entries=tuple(meeting(number) for number in range(count)),
    )


def meeting(number: int) -> Entry:
    zone = ZoneInfo(ZONES[number % len(ZONES)])
    starts = datetime(2024, 1, 8, 13, tzinfo=zone) + timedelta(days=number % 700)
    changed = datetime(2023, 11, 1, 9, tzinfo=UTC) + timedelta(minutes=number)
    return Entry(
        uid=derived_uid("benchmark", str(number)),
        stamp=changed,
        created=changed,
        modified=changed,
        sequence=number % 4,
        starts=starts,
        ends=starts + timedelta(minutes=90),
        summary=f"Group {number % 97}, call {number}: {TOPICS}",
        description=f"{DESCRIPTION}\nMeeting number {number}.",
        status=EntryStatus.CONFIRMED,
        location="Online",
        url=f"https://interim.example.org/meetings/{number}",
        conference=f"https://meet.example.org/j/{number}",
        categories=("meeting", f"group {number % 97}"),
    )


def write_with_icalendar(calendar: Calendar) -> bytes:
    """Build the components that icalendar needs for the same values, and serialise them."""
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//benchmark//")
    made.add("x-wr-calname", calendar.name)
    for entry in calendar.entries:
        made.add_component(event(entry))
    data: bytes = made.to_ical()
    return data


def event(entry: Entry) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.stamp)
    made.add("created", entry.created)
    made.add("last-modified", entry.modified)
    made.add("sequence", entry.sequence)
    made.add("dtstart", entry.starts)
    made.add("dtend", entry.ends)
    made.add("summary", entry.summary)
    made.add("description", entry.description)
    made.add("status", str(entry.status))
    made.add("location", entry.location)
    made.add("url", entry.url)
    made.add("conference", icalendar.Conference(str(entry.conference)).to_uri())
    made.add("categories", list(entry.categories))
    return made


if __name__ == "__main__":
    main()
