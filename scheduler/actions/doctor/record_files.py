"""Records in files, such as what `dig` printed: the lines of one kind of record."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from scheduler.actions.doctor.mail_records import GivenRecords, read_records
from scheduler.errors import InterimError
from scheduler.intake.yaml_files import octets_of

LARGEST_FILE = 1_000_000
_FILE = "@"
_ALIAS = re.compile(r"(\S+?)\.?\s+(?:\d+\s+)?(?:IN\s+)?CNAME\s+(\S+?)\.?", re.IGNORECASE)
_NAME_ALONE = re.compile(r"[^\s\"=;]+\.")  # as `dig +short` prints an alias
_OTHER_TYPES = "A|AAAA|CAA|CNAME|DNSKEY|DS|MX|NS|NSEC|NSEC3|RRSIG|SOA|SPF"
_OF_DNS = re.compile(rf"[^\s\"=]+\s+(?:\d+\s+)?(?:IN\s+)?(?:{_OTHER_TYPES})\s+\S.*", re.IGNORECASE)


class NoRecordInFile(InterimError):
    """A file that should hold records and holds none."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} holds no record; give one with lines of text as the DNS has them, such as "
            "'dig +noall +answer TXT example.org' prints"
        )


def read_given(given: GivenRecords) -> GivenRecords:
    """Return records with those of files in the place of each `@FILE`.

    Raises `UnreadableFile` or `NoRecordInFile`.
    """
    return GivenRecords(
        spf=tuple(_given(given.spf, "v=spf1")),
        dkim=tuple(_given(given.dkim, "")),
        dmarc=tuple(_given(given.dmarc, "v=dmarc1")),
    )


def lines_of(text: str, begins: str) -> Sequence[str]:
    """Return the lines of a file that are records.

    A name of the DNS can have other texts too: where some begin as records of the kind do, the
    others are left out. A record that an alias leads to is given the alias's name.
    """
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line and line[0] not in ";#" and not _is_other(line)]
    aliases = {one[2].lower(): one[1] for one in map(_ALIAS.fullmatch, lines) if one}
    records = [_renamed(line, aliases) for line in found]
    own = [
        line
        for line, record in zip(records, read_records(records), strict=True)
        if record.text.lower().startswith(begins)
    ]
    return own or records


def _given(values: Iterable[str], begins: str) -> Iterator[str]:
    for value in values:
        if not value.startswith(_FILE):
            yield value
            continue
        path = Path(value.removeprefix(_FILE))
        records = lines_of(octets_of(path)[:LARGEST_FILE].decode(errors="replace"), begins)
        if not records:
            raise NoRecordInFile(path)
        yield from records


def _is_other(line: str) -> bool:
    return bool(_NAME_ALONE.fullmatch(line) or _OF_DNS.fullmatch(line))


def _renamed(line: str, aliases: Mapping[str, str]) -> str:
    name, blank, rest = line.partition(" ") if "\t" not in line else line.partition("\t")
    seen = set[str]()
    place = name.removesuffix(".").lower()
    while place in aliases and place not in seen:
        seen.add(place)
        place = aliases[place].lower()
    return f"{place}.{blank}{rest}" if seen else line
