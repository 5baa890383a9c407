"""Who did what when: deeds, and the rows that they become in a chain that shows each change."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.model.moment import Instant

BEFORE_THE_FIRST = "0" * 64
UNNAMED = "unnamed"  # who acts by code that gives no name
BY_LINK = "by a link"  # the reader of a letter, who pressed its button
BY_REFUSALS = "by refusals"  # a mail server that knew no such mailbox, several times in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done: the `verb`, by whom, to which group, and what more is to be known.

    `person` is the keyed digest of whom it is about, never an address. `at` is None for a deed
    of a door that knows no time: the database's own clock says it then.
    """

    verb: str
    who: str
    at: Instant | None
    group: str | None = None
    person: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """A deed as it is kept, every part as the text that its digest was made of.

    `before` is the digest of the row before it; `at` is RFC 3339 in UTC, `details` a JSON object.
    """

    number: int
    at: str
    who: str
    verb: str
    group: str | None
    person: str | None
    details: str
    before: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditBreak:
    """The first row that is not as it was written, and why that is known."""

    number: int
    reason: str


def digest_of(row: AuditRow) -> str:
    """Return the digest that a row should have: SHA-256 of its other parts as a JSON array."""
    parts = (row.number, row.at, row.who, row.verb, row.group, row.person, row.details, row.before)
    canonical = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(rows: Iterable[AuditRow]) -> AuditBreak | None:
    """Return where a chain, its oldest row first, is broken; None where it is whole.

    Rows that were cut off at its end are missed by nobody: that takes a digest from before.
    """
    before = BEFORE_THE_FIRST
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            return AuditBreak(number=number, reason="it is missing")
        if row.before != before:
            return AuditBreak(number=number, reason="it follows another row than it was written to")
        if row.digest != digest_of(row):
            return AuditBreak(number=number, reason="it says something else than was written")
        before = row.digest
    return None
