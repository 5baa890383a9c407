"""One contribution as somebody enters it, before anybody looks at what is known."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.errors import BadInstant, InterimError
from scheduler.intake.reports import document_id, read_number
from scheduler.model.contribution import Contribution, Source
from scheduler.model.moment import Instant, WallTime, settled

NOW = "now"
_SOURCE = re.compile(r"(?P<name>[^()]*[^()\s])\s*(?:\((?P<country>[^()]*)\))?")
_LOCAL = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
)


class BadSource(InterimError):
    """A text that names no source."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no source; give 'Name' or 'Name (Country)'")


class BadReceipt(InterimError):
    """A text that says not when a contribution came in."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            f"{text!r} does not say when it was received: {reason}; give RFC 3339 such as "
            "2024-02-14T09:00:00Z, or a local time of the group such as '2024-02-14 10:00'"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A contribution as it was entered.

    In `contribution` the meeting is a name as people type it, not yet a UID, and `received` is
    None where nothing was said of it; `announced` says that it has not come in. `places` tells the
    line and column of each of its fields in the file that it was read from.
    """

    contribution: Contribution
    announced: bool = False
    file: str | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_document(typed: str, group: str, numbers_of: str | None) -> Contribution:
    """Return a contribution of which only the number is known.

    `group` treats it; `numbers_of` is the group whose numbers stand without one. Raises
    `NoNumber` or `NumberWithoutGroup`.
    """
    reference = read_number(typed, numbers_of)
    return Contribution(
        group=group,
        id=document_id(reference),
        document_group=reference.group,
        series=reference.series,
        number=reference.number,
        revision=reference.revision,
        forwarded=reference.series.startswith("LS"),
    )


def with_lineage(
    contribution: Contribution, builds_on: Iterable[str], numbers_of: str | None
) -> Contribution:
    """Return a contribution with the earlier documents it builds on; raises as numbers do."""
    ids = dict.fromkeys(document_id(read_number(typed, numbers_of)) for typed in builds_on)
    return replace(contribution, builds_on=tuple(ids))


def read_source(text: str) -> Source:
    """Return the source that "Name (Country)" tells; raises `BadSource`."""
    found = _SOURCE.fullmatch(text.strip())
    if not found:
        raise BadSource(text)
    return Source(name=found["name"].strip(), country=(found["country"] or "").strip() or None)


def in_order(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return addresses as they are kept, each mailbox once, in whichever order they were given."""
    return tuple(sorted({address.casefold(): address for address in addresses}.values()))


def read_receipt(text: str, zone: str, now: Instant) -> Instant:
    """Return when something was received: RFC 3339, a local time in `zone`, or "now".

    Raises `BadReceipt`, for a local time that a clock change skips or repeats too.
    """
    if text.strip().lower() == NOW:
        return now
    try:
        return _local(text, zone) if _LOCAL.fullmatch(text.strip()) else Instant.parse(text)
    except BadInstant as bad:
        raise BadReceipt(text, "it is no instant") from bad
    except ValueError as bad:
        raise BadReceipt(text, str(bad)) from bad


def _local(text: str, zone: str) -> Instant:
    found = dt.datetime.fromisoformat(text.strip())
    instant = settled(WallTime(found.date(), found.time(), zone))
    if instant is None:
        raise ValueError(f"a clock change in {zone} skips or repeats that time")
    return instant
