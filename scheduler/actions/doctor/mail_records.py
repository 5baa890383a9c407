"""Checks of SPF, DKIM and DMARC records as they were given: their syntax, and whose they are."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.actions.doctor.checks import Check, error, ok, warning
from scheduler.actions.doctor.mail_syntax import (
    dkim_fault,
    dmarc_fault,
    is_strict,
)
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
class _Record:
    """A record: its text, and the domain of mail that it is for, None where no name was given."""

    text: str
    domain: str | None


def check_records(given: GivenRecords, domains: Iterable[str]) -> Iterator[Check]:
    """Check each record, and that each domain which letters come from has one of each kind given.

    Nothing is looked up. A record without a name counts for every domain where there is only one.
    """
    senders = sorted(set(domains))
    dmarc = [_read(text, _dmarc_domain) for text in given.dmarc]
    strict = any(is_strict(record.text, "adkim") for record in dmarc)
    spf = [_read(text, lambda name: name) for text in given.spf]
    dkim = [_read(text, _dkim_domain) for text in given.dkim]
    yield from _checks("SPF", spf, spf_fault, senders, strict=True)
    yield from _checks("DKIM", dkim, dkim_fault, senders, strict=strict)
    yield from _checks("DMARC", dmarc, dmarc_fault, senders, strict=False)


def _checks(
    kind: str,
    records: Sequence[_Record],
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
            yield ok(kind, f"the record{place} can be read, and says what it should")
    if records:
        yield from _alignment(kind, records, senders, strict=strict)


def _alignment(
    kind: str, records: Sequence[_Record], senders: Sequence[str], *, strict: bool
) -> Iterator[Check]:
    named = [record.domain for record in records if record.domain]
    if not named and len(senders) > 1:
        said = f"letters come from {', '.join(senders)}, and no record says whose it is"
        yield warning(kind, said, f"give each with its name, as in '{_example(kind, senders[0])}'")
    for sender in senders if named else ():
        if not any(is_aligned(domain, sender, strict=strict) for domain in named):
            said = f"none of the records is for {sender}, which letters come from"
            yield error(kind, said, f"publish one under it, or give it: '{_example(kind, sender)}'")


def is_aligned(domain: str, sender: str, *, strict: bool) -> bool:
    """Tell whether a record of one domain serves letters from another (RFC 7489, 3.1).

    Not strictly, a domain serves those below it; one label alone is nobody's own.
    """
    below = not strict and "." in domain and sender.endswith(f".{domain}")
    return domain == sender or below


def _read(given: str, domain_of_name: Callable[[str], str]) -> _Record:
    line = _LINE.fullmatch(given.strip())
    text = line[2].strip() if line else given.strip()
    parts = _QUOTED.findall(text)
    if parts:
        text = "".join(parts)
    return _Record(text, domain_of_name(line[1].lower()) if line else None)


def _dmarc_domain(name: str) -> str:
    return name.removeprefix(_DMARC)


def _dkim_domain(name: str) -> str:
    return name.partition(_DKIM)[2] or name


def _example(kind: str, sender: str) -> str:
    name = {"SPF": sender, "DKIM": f"SELECTOR{_DKIM}{sender}", "DMARC": f"{_DMARC}{sender}"}[kind]
    return f'{name}. TXT "…"'
