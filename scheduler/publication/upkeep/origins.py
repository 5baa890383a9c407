"""From what the files of a site are made: digests of it, and the days that change them."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import calendars
import scheduler
from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.model.stamp import Stamp
from scheduler.planning.comparison import is_called_off, stands
from scheduler.wording.templates import templates_folder
from scheduler.zonedata import zone_data_version

_ENDINGS = frozenset((".py", ".po", ".yaml", ".html", ".css", ".js", ".svg"))


def digest_of(*parts: object) -> str:
    """Return a digest of values by how they show themselves."""
    return sha256("\0".join(map(repr, parts)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def product() -> str:
    """Return a digest of what makes the files: code, templates, catalogues and zone data."""
    found = sha256(f"{scheduler.__version__} {zone_data_version()}".encode())
    for file in sorted(_sources()):
        found.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()


def turns_of(plan: Plan, group: Group) -> tuple[dt.date, ...]:
    """Return the days, in the group's zone, after which something cancelled may leave, sorted."""
    keep = dt.timedelta(days=group.keep_cancelled_days)
    return tuple(sorted({day + keep for day in _days(plan, group)}))


def _days(plan: Plan, group: Group) -> Iterator[dt.date]:
    """Yield the day from which on each cancelled thing in a plan is kept for a while."""
    for meeting in plan.meetings:
        if is_called_off(meeting):
            yield _latest(meeting.end_date, meeting.stamp, group)
        for deadline in meeting.deadlines:
            if not stands(deadline, meeting):
                yield _latest(deadline.moment.day, deadline.stamp, group)
    for event in (*plan.events, *plan.former_events):
        if event.withdrawn:
            yield _latest(event.end_date, event.stamp, group)


def _latest(day: dt.date, stamp: Stamp | None, group: Group) -> dt.date:
    if stamp is None or stamp.cancelled is None:
        return day
    return max(day, stamp.cancelled.in_zone(group.zone).date())


def _sources() -> Iterator[Path]:
    rooms = (Path(calendars.__file__).parent, Path(scheduler.__file__).parent, templates_folder())
    for room in rooms:
        yield from (file for file in room.rglob("*") if file.suffix in _ENDINGS)
