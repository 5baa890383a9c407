"""References to documents: contributions, temporary documents, liaisons, drafts, papers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DASH = r"[-–—‑]"
_REVISION = (
    rf"(?:\s?{_DASH}?\s?R(?P<%s>[0-9]{{1,2}})"
    rf"|[\s(]{{0,2}}{_DASH}?R[eé]v\.?\s?(?P<%s_in_words>[0-9]{{1,2}})\)?)?"
)
_STREAM = r"(?:\s?/\s?(?:GEN|PLEN|WP\s?[0-9]))?"
_END = r"(?![0-9A-Za-z])"
_START = r"(?<![0-9A-Za-z°.–—‑-])"
_ACRONYM = (
    r"(?P<group>(?!(?:TD|LS|DOC|[CRN])[0-9])"
    r"(?:(?:RG|JCA|FG|CG)-[A-Z][A-Za-z0-9]{1,14}|[A-Z]{2,12}[0-9]{0,3}(?:/[A-Z]{2}[0-9]{1,2})?))"
)
_KNOWN = (
    r"(?P<group>TSAG|RAG|TDAG|WTSA|COM\s?[0-9]{1,2}|SG\s?[0-9]{1,2}|WP\s?[0-9](?:/[0-9]{1,2})?)"
)
_COMMITTEE = (
    r"(?P<group>(?:(?:ISO|IEC|CEN|CENELEC|CLC|ETSI|JTC\s?1)[/ ]{1,2})*(?:JTC\s?[0-9]{1,2}/)?"
    r"(?:TC|SC|WG)\s?[0-9]{1,4}(?:/(?:SC|WG)\s?[0-9]{1,3}){0,2})"
)


def _form(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts))


def _revision(name: str) -> str:
    return _REVISION % (name, name)


# Each form is unmistakable by itself; where two match at one place, the earlier one stands.
_FORMS = (
    # the file names of the ITU: T22-TSAG-221212-TD-GEN-0011-R1-MSW-E, T22-TSAG-C-0084!R1!MSW-E
    _form(
        r"\bT[0-9]{2}-(?P<group>[A-Z]{2,6}[0-9]{0,2})(?:-[0-9]{6})?-(?P<file_series>TD|C|R|LS)",
        r"(?:-(?:GEN|PLEN|WP[0-9]))?-(?P<number>[0-9]{1,5})",
        r"(?:-R(?P<revision>[0-9]{1,2})|!(?:R(?P<later>[0-9]{1,2}))?(?=!))?",
        r"(?:[-!]MSW)?(?:-[A-Z])?",
        _END,
    ),
    # Internet-Drafts, whose only number is their revision
    _form(
        r"(?<![0-9A-Za-z-])(?P<draft>draft-[a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){1,12}?)",
        r"-(?P<revision>[0-9]{2})(?![0-9A-Za-z]|-[0-9a-z])",
    ),
    # IEEE 802: 11-25/0123r1
    _form(
        _START,
        r"(?P<dcn>(?P<group>(?:802\.)?[0-9]{1,2})-[0-9]{2})/(?P<number>[0-9]{4})",
        r"(?:r(?P<revision>[0-9]{1,2}))?",
        _END,
    ),
    # 3GPP: S4-250123, R1-2401234
    _form(
        _START,
        r"(?P<group>[SRC][1-9P])-(?P<tdoc>[0-9]{6,7})(?:r(?:ev)?(?P<revision>[0-9]{1,2}))?",
        _END,
    ),
    # liaison statements: LS/i 45, TSAG-LS/o12
    _form(
        _START,
        rf"(?:{_ACRONYM}\s?{_DASH}\s?)?(?P<series>LS/[io])\s?{_DASH}?\s?(?P<number>[0-9]{{1,4}})",
        _revision("revision"),
        _END,
    ),
    # with its group: TSAG-TD328, SG9-TD163/GEN, TSAG – R 2 – E, COM 12 – C 34 – E
    *(
        _form(
            _START,
            group,
            joint,
            rf"(?P<series>TD|DOC|LS|[CR]){_DASH}?\s?(?P<number>[0-9]{{1,5}})",
            _revision("revision"),
            _STREAM,
            _revision("later"),
            rf"(?:\s?{_DASH}\s?[EFS]\b)?",
            _END,
        )
        for group, joint in ((_ACRONYM, _DASH), (_KNOWN, r"\s?(?:[/–—‑-]\s?)?"))
    ),
    # N-documents with their committee: ISO/TC 154/WG 5 N 1234
    _form(_START, _COMMITTEE, r"\s?N\s?(?P<n>[0-9]{1,5})", _revision("revision"), _END),
    # without a group: TD382, TD 120 Rev.1, C 005, N1234
    _form(
        _START,
        rf"(?P<series>TD){_DASH}?\s?(?P<number>[0-9]{{1,4}})",
        _revision("revision"),
        _STREAM,
        _END,
    ),
    _form(
        _START,
        rf"(?P<series>C)(?:{_DASH}|\s)?(?P<number>[0-9]{{3,4}})",
        _revision("revision"),
        _END,
    ),
    _form(_START, r"N\s?(?P<n>[0-9]{3,5})", _revision("revision"), _END),
)
_MANY = re.compile(r"\bTDs\s(?P<list>[0-9]{1,4}(?:(?:\s?,\s?|\s(?:and|et|&)\s)[0-9]{1,4})*)" + _END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A reference as it stands in one text; `start` and `end` are offsets in it."""

    group: str | None
    series: str
    number: int | None
    revision: int
    id: str
    as_written: str
    start: int
    end: int


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the documents that a text names, from left to right, none overlapping another."""
    found = sorted(_matches(text), key=lambda mention: mention.start)
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def named(group: str | None, series: str, digits: str, revision: int) -> str:
    """Return the id of a document: `TSAG-TD257R1`."""
    prefix = f"{group}-" if group else ""
    return f"{prefix}{series}{digits}" + (f"R{revision}" if revision else "")


def _matches(text: str) -> Iterator[Mention]:
    for form in _FORMS:
        for match in form.finditer(text):
            yield _mention(match)
    for match in _MANY.finditer(text):
        offset = match.start("list")
        for number in re.finditer("[0-9]+", match["list"]):
            yield Mention(
                group=None,
                series="TD",
                number=int(number[0]),
                revision=0,
                id=named(None, "TD", number[0], 0),
                as_written=number[0],
                start=offset + number.start(),
                end=offset + number.end(),
            )


def _mention(match: re.Match[str]) -> Mention:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    group = parts.get("group")
    if group and "n" not in parts:
        group = group.replace(" ", "")
    revision = int(next((parts[name] for name in _REVISIONS if name in parts), "0"))
    series, number, identity = _identity(parts, group, revision)
    return Mention(
        group=group,
        series=series,
        number=number,
        revision=revision,
        id=identity,
        as_written=match[0],
        start=match.start(),
        end=match.end(),
    )


_REVISIONS = ("revision", "revision_in_words", "later", "later_in_words")


def _identity(
    parts: dict[str, str], group: str | None, revision: int
) -> tuple[str, int | None, str]:
    """Return series, number and id, each family of documents in its own way."""
    if draft := parts.get("draft"):
        return "draft", None, f"{draft}-{parts['revision']}"
    if code := parts.get("dcn"):
        later = f"r{revision}" if revision else ""
        return "DCN", int(parts["number"]), f"{code}/{parts['number']}{later}"
    if tdoc := parts.get("tdoc"):
        later = f"r{revision}" if revision else ""
        return "Tdoc", int(tdoc), f"{group}-{tdoc}{later}"
    if digits := parts.get("n"):
        prefix = f"{group} " if group else ""
        later = f"R{revision}" if revision else ""
        return "N", int(digits), f"{prefix}N{digits}{later}"
    if series := parts.get("file_series"):
        number = int(parts["number"])
        digits = f"{number:03}" if series == "C" else str(number)
        return series, number, named(group, series, digits, revision)
    series, digits = parts["series"], parts["number"]
    return series, int(digits), named(group, series, digits, revision)
