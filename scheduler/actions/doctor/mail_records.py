"""Checks of SPF, DKIM and DMARC records as they were given: their syntax, and whose they are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.actions.doctor.mail_syntax import dkim_fault, dmarc_fault, is_strict
from scheduler.actions.doctor.spf_syntax import spf_fault

# A line as in a zone file, or as `dig` prints it: NAME [TTL] [IN] TXT "TEXT" "MORE".
_LINE = re.compile(r"(\S+?)\.?\s+(?:\d+\s+)?(?:IN\s+)?TXT\s+(.+)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DMARC, _DKIM = "_dmarc.", "._domainkey."


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRecords:
    """The records that somebody gave, each a bare text or a line with the name it stands under."""

    spf: Sequence[str] = ()
    dkim: Sequence[str] = ()
    dmarc: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its text, and its name in the DNS, None where none was given."""

    text: str
    name: str | None

    @property
    def domain(self) -> str | None:
        """The domain of mail that it is for."""
        if self.name is None:
            return None
        return self.name.removeprefix(_DMARC).rpartition(_DKIM)[2]


def check_records(given: GivenRecords, domains: Iterable[str]) -> Iterator[Check]:
    """Check each record, and that each domain which letters come from has one of each kind given.

    Nothing is looked up. A record without a name counts for every domain where there is only one,
    and is said to be nobody's in particular.
    """
    senders = sorted(set(domains))
    dmarc = read_records(given.dmarc)
    strict = any(is_strict(record.text, "adkim") for record in dmarc)
    yield from _checks("SPF", read_records(given.spf), spf_fault, senders, strict=True)
    yield from _checks("DKIM", read_records(given.dkim), dkim_fault, senders, strict=strict)
    yield from _checks("DMARC", dmarc, dmarc_fault, senders, strict=False)


def read_records(given: Iterable[str]) -> Sequence[Record]:
    """Return records as they were given, each as it is or in a line with its name."""
    return tuple(_read(text) for text in given)


def is_aligned(domain: str, sender: str, *, strict: bool) -> bool:
    """Tell whether a record of one domain serves letters from another (RFC 7489, 3.1).

    Not strictly, a domain serves those below it; one label alone is nobody's own.
    """
    below = not strict and "." in domain and sender.endswith(f".{domain}")
    return domain == sender or below


def _checks(
    kind: str,
    records: Sequence[Record],
    fault_of: Callable[[str], tuple[bool, str] | None],
    senders: Sequence[str],
    *,
    strict: bool,
) -> Iterator[Check]:
    for record in records:
        found = fault_of(record.text)
        place = f" of {record.domain}" if record.domain else ""
        if found:
            grave, said = found
            make = error if grave else warning
            yield make(kind, f"the record{place} {said}", f"correct the {kind} record in the DNS")
        else:
            yield ok(
                kind, f"the record{place} can be read, and says what it should{_whose(record)}"
            )
    yield from _several(kind, records, senders)
    if records:
        yield from _alignment(kind, records, senders, strict=strict)


def _whose(record: Record) -> str:
    if record.name:
        return ""
    return "; it has no name, so that nobody looked whether it is of the sender's domain"


def _several(kind: str, records: Iterable[Record], senders: Sequence[str]) -> Iterator[Check]:
    """Tell of names with several records, of which receivers take none (RFC 7208, 4.5)."""
    only = senders[0] if len(senders) == 1 and kind != "DKIM" else None
    different = {(record.domain if only else record.name, record.text) for record in records}
    counted = Counter(place or only for place, _ in different)
    for name in sorted(place for place, count in counted.items() if place and count > 1):
        said = f"{counted[name]} records stand under {name}, and receivers take none of them"
        yield error(kind, said, "leave one of them in the DNS")


def _alignment(
    kind: str, records: Sequence[Record], senders: Sequence[str], *, strict: bool
) -> Iterator[Check]:
    named = [record.domain for record in records if record.domain]
    if not named and len(senders) > 1:
        said = f"letters come from {', '.join(senders)}, and no record says whose it is"
        yield warning(kind, said, f"give each with its name, as in '{_example(kind, senders[0])}'")
    for sender in senders if named else ():
        if not any(is_aligned(domain, sender, strict=strict) for domain in named):
            said = f"none of the records is for {sender}, which letters come from"
            yield error(kind, said, f"publish one under it, or give it: '{_example(kind, sender)}'")


def _read(given: str) -> Record:
    line = _LINE.fullmatch(given.strip())
    text = line[2].strip() if line else given.strip()
    parts = _QUOTED.findall(text)
    if parts:
        text = "".join(parts)
    return Record(text, line[1].lower() if line else None)


def _example(kind: str, sender: str) -> str:
    name = {"SPF": sender, "DKIM": f"SELECTOR{_DKIM}{sender}", "DMARC": f"{_DMARC}{sender}"}[kind]
    return f'{name}. TXT "…"'
