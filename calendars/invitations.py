"""Entries that go by mail from an organizer to others (iTIP, RFC 5546)."""

from collections.abc import Sequence
from enum import StrEnum

from calendars.model import Calendar, Entry, EntryStatus, ImpossibleValue
from calendars.writer import write


class Method(StrEnum):
    """What becomes of an entry that is sent."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def message(entries: Sequence[Entry], method: Method) -> bytes:
    """Return entries as they are sent: nothing of a feed, which is fetched, is in it.

    Raises `ImpossibleValue` where they lack what RFC 5546 demands of the method: an organizer
    of each; somebody who is asked, of one single entry, where it is not PUBLISH; and nobody
    where it is.
    """
    if method is not Method.PUBLISH and len(entries) != 1:
        raise ImpossibleValue(f"a {method}", "not one entry", len(entries), "send each alone")
    for entry in entries:
        _check(entry, method)
    return write(Calendar(name="", entries=tuple(entries), refresh=None), method=method)


def _check(entry: Entry, method: Method) -> None:
    whose = f"entry {entry.uid!r}"
    if entry.organizer is None:
        raise ImpossibleValue(whose, f"a {method} without organizer", None, "name who sends it")
    if bool(entry.attendees) is (method is Method.PUBLISH):
        asked = [attendee.address for attendee in entry.attendees]
        remedy = "ask nobody" if method is Method.PUBLISH else "name who is asked"
        raise ImpossibleValue(whose, f"a {method} to the wrong people", asked, remedy)
    if method is Method.REQUEST and entry.status is EntryStatus.CANCELLED:
        raise ImpossibleValue(whose, "a REQUEST of what is cancelled", entry.status, "use CANCEL")
