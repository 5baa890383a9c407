"""How fast feeds are written, beside icalendar building its components from the same values.

Both are given the same entries, in turns, so that a busy machine slows both; each turn has other
meetings, so that nothing remembered of one turn's meetings helps in the next; and the ratio is that
of one turn. Seconds are those of the processor, for neither waits for anything, and a pause that
others cause would weigh most on what takes least.

Our entries, the values, are built outside of the time, icalendar's components within it; a second
ratio counts the building of our entries, with all their checks, as our time too. Only ours declares
the zones. libical's writer in C stands beside them where it is installed: it is given components
that are built already, in UTC, so that its figure is one for writing alone. The table shows that
cost grows with entries alone, and how much memory one feed takes at most beside its entries.

Run it from the checkout: `PYTHONPATH=. .venv/bin/python benchmarks/feed_writer.py`.
"""

import argparse
import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from benchmarks.libical_writer import libical_writer
from calendars.model import Calendar, Entry, EntryStatus
from calendars.writer import write
from scheduler.planning.identity import derived_uid

GROWTH = (1_000, 10_000, 100_000)
ZONES = ("Europe/Zurich", "America/New_York", "Asia/Tokyo", "UTC")
TOPICS = 'remaining issues, état des travaux; "next steps" — 次の会合'
DESCRIPTION_LENGTH = 400
DESCRIPTION = (
    "Join: https://meet.example.org/j/123456789\n\n"
    "Topics:\n- emerging technology mechanism\n- workshop results; next steps\n\n"
    "Contributions are due 7 calendar days before, by the end of the day in Geneva "
    "(13 February 2024, 22:59:59 UTC). Contributions on the main topic come first, others if "
    "time permits or at the following meeting. Documents are on the page of the group.\n"
)


class Turn(NamedTuple):
    """Seconds that the same calendar took in one turn; `building` is that of our entries."""

    ours: float
    building: float
    theirs: float
    in_c: float | None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=10_000)
    options.add_argument("--turns", type=int, default=7)
    chosen = options.parse_args()
    count = chosen.entries
    in_c = libical_writer(sample(count))
    turns = [take_turn(sample(count, first=count * turn), in_c) for turn in range(chosen.turns)]
    print(f"{count:,} events in each of {chosen.turns} turns; VTIMEZONE, UTF-8 titles, "
          f"descriptions of {DESCRIPTION_LENGTH} characters")  # fmt: skip
    print("seconds of the processor: ours for writing entries that are built already, icalendar "
          "for building its components from these and writing them")  # fmt: skip
    show_speed("calendars.writer", count, [turn.ours for turn in turns])
    show_speed(f"icalendar {icalendar.__version__}", count, [turn.theirs for turn in turns])
    show_ratio("ratio", [turn.theirs / turn.ours for turn in turns])
    show_ratio(
        "  our entries built in the time too",
        [turn.theirs / (turn.ours + turn.building) for turn in turns],
    )
    show_libical(count, turns)
    print(f"{'entries':>9} {'seconds':>9} {'us an entry':>12} {'octets':>13} {'memory, MB':>11}")
    for entries in GROWTH:
        show_growth(entries, chosen.turns)


def take_turn(calendar: Calendar, in_c: Callable[[Calendar], bytes] | None) -> Turn:
    """Return how long each takes for the same calendar, one right after the other."""
    return Turn(
        seconds(write, calendar),
        seconds_of_building(calendar),
        seconds(write_with_icalendar, calendar),
        None if in_c is None else seconds(in_c, calendar),
    )


def show_speed(name: str, count: int, times: list[float]) -> None:
    """Print how many events are written in a second, in the middle one of the turns."""
    print(f"{name:<38}{count / median(times):>10,.0f} events/s")


def show_ratio(name: str, ratios: list[float]) -> None:
    """Print the middle one of the ratios of each turn, and the lowest and the highest."""
    low, middle, high = min(ratios), median(ratios), max(ratios)
    print(f"{name:<38}{middle:>10.1f} (median; {low:.1f} to {high:.1f})")


def show_libical(count: int, turns: list[Turn]) -> None:
    """Print how fast libical writes a calendar of this size, or that it is not here."""
    known = [(turn.ours, turn.in_c) for turn in turns if turn.in_c is not None]
    if not known:
        print("libical 3 is not installed: nothing in C to compare with")
        return
    show_speed("libical 3, writing alone", count, [in_c for _, in_c in known])
    show_ratio("ratio", [in_c / ours for ours, in_c in known])


def show_growth(entries: int, turns: int) -> None:
    """Print what a feed of a size costs: its middle time, its octets, and its peak of memory."""
    calendar = sample(entries)
    spent = median(seconds(write, calendar) for _ in range(turns))
    tracemalloc.start()
    octets = len(write(calendar))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{entries:>9,} {spent:>9.3f} {spent / entries * 1e6:>12.1f} {octets:>13,} "
          f"{peak / 2**20:>11.1f}")  # fmt: skip


def seconds(writer: Callable[[Calendar], bytes], calendar: Calendar) -> float:
    gc.collect()  # so that none is charged for what another left behind
    started = process_time()
    writer(calendar)
    return process_time() - started


def seconds_of_building(calendar: Calendar) -> float:
    """Return how long it takes to make the entries of a calendar from their values."""
    names = [field.name for field in fields(Entry)]
    values = [{name: getattr(entry, name) for name in names} for entry in calendar.entries]
    gc.collect()
    started = process_time()
    made = [Entry(**value) for value in values]
    spent = process_time() - started
    assert tuple(made) == calendar.entries
    return spent


def sample(count: int, first: int = 0) -> Calendar:
    """Return a calendar of meetings like those of a busy group, each unlike the others."""
    return Calendar(
        name="All groups",
        source="https://interim.example.org/feeds/all.ics",
        entries=tuple(meeting(number) for number in range(first, first + count)),
    )


def meeting(number: int) -> Entry:
    zone = ZoneInfo(ZONES[number % len(ZONES)])
    starts = datetime(2024, 1, 8, 13, tzinfo=zone) + timedelta(days=number % 700)
    changed = datetime(2023, 11, 1, 9, tzinfo=UTC) + timedelta(minutes=number)
    return Entry(
        uid=derived_uid("benchmark", str(number)),
        stamp=changed,
        created=changed - timedelta(days=10, minutes=number % 1000),
        modified=changed,
        sequence=number % 4,
        starts=starts,
        ends=starts + timedelta(minutes=90),
        summary=f"Group {number % 97}, call {number}: {TOPICS}",
        description=f"{DESCRIPTION}\nMeeting number {number}.".ljust(DESCRIPTION_LENGTH, "."),
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
