"""What goes on at later meetings: documents carried forward, discussions continued."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.intake.reports.papers.references import Mention, mentions
from scheduler.intake.reports.statements import Statement
from scheduler.model.report import CarryForward, DocumentReference

_CARRY = re.compile(
    r"(?<!\w)(?:carr(?:y|ied|ies|ying)[ -](?:[\w.-]+ ){0,4}?(?:forward|over)|(?:defer"
    r"|postpon|forward|mov|hold|h[eo]ld over)\w*|reporter|reportée?s?|transmettre)(?!\w)",
    re.IGNORECASE,
)
_CONTINUE = re.compile(
    r"(?<!\w)(?:continue|resume|pursue|take up|come back to|poursuivre|reprendre)\w*\s(?:(?:the"
    r"|its|their|this|la|les|l['’])\s?)?(?:further )?(?:discussions?|work|consideration|review"
    r"|debate|examination|débats?|discussion|examen|travaux|topic|item)(?!\w)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?<!\w)(?:(?:to|at|in|during|by|until|for|à|lors d['’]|lors de|aux)\s+)?(?:the\s|its\s"
    r"|an?\s|la\s|les\s|l['’]|une\s|des\s)?(?-i:[A-Z][\w/-]{0,20}\s){0,2}"
    r"(?P<to>(?:(?:next|following|future|forthcoming|upcoming|coming|interim|virtual|first|second|prochaine?s?)\s){0,4}(?:interims?|e-?meetings?|meetings?|calls?|sessions?|tele\w+|réunions?|séances?)(?:\s(?:intérimaires?|suivantes?|ultérieures?|virtuelles?))*)(?!\w)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"interim|next|following|future|forthcoming|upcoming|coming|prochain|intérim|suivant|ultérieur",
    re.IGNORECASE,
)
_ON_DATE = re.compile(r"\s(?:of|on|in|du|de)\s(?:\w+,? )?(?:[0-9]|[A-Z][a-z]+ [0-9])")
_SOURCE = re.compile(
    r"(?P<prefix>(?:ITU-[TRD] )?(?:Study Groups?|SGs?|Commissions? d['’]études|CE)|(?:Working"
    r" Parties|Working Party|WPs?))\s?$",
    re.IGNORECASE,
)
_NUMBERED_SOURCE = re.compile(r"(?P<number>[0-9]{1,2})\s*\(\s*$")
_NAMED_SOURCE = re.compile(r"(?P<name>[A-Z][A-Za-z0-9/-]*(?: [A-Z0-9][\w/-]*)?)\s*\(\s*$")
_SUBJECT = re.compile(
    r"(?<!\w)(?:on|about|regarding|concerning|relating to|related to|sur|concernant|relati(?:f"
    r"|ve)s? (?:à|au|aux))\s(?:the\s|a\s|l['’]|le\s|la\s|les\s)?(?P<subject>[^,.;()]{3,120}?)"
    r"(?=\s(?:to|at|in|until|for|during|à|aux|lors)\s(?:the\s|its\s|la\s|les\s|its\s)?(?:[A-Z][\w/-]*\s){0,2}(?:\w+\s){0,2}(?:interim|meeting|call|session|réunion|séance|next)|[,.;()]|$)",
    re.IGNORECASE,
)
_SUBJECT_BEFORE = re.compile(
    r"(?<!\w)(?:on|about|regarding|concerning|sur|concernant)\s(?:the\s|l['’]|le\s|la\s|les\s)?"
    r"(?P<subject>[^,.;()]{3,120}?)\s(?:(?:is|are|was|were|will be|has been|have been|sont|est)"
    r"(?: \w+)?)\s$",
    re.IGNORECASE,
)
_REACH = 200
_PRONOUN = re.compile(
    r"(?<!\w)(?:it|they|them|(?:this|these|the|both) (?:documents?|contributions?|inputs?|papers?)"
    r"|elles?|ils?)(?!\w)",
    re.IGNORECASE,
)
_LIAISON = re.compile(r"(?<!\w)(?:liaisons?|réponses? de)(?!\w)", re.IGNORECASE)
_PRESENTED = re.compile(r"(?<!\w)(?:present|introduc|présent)\w*(?!\w)", re.IGNORECASE)


def carried_in(
    statements: Sequence[Statement], references: Sequence[DocumentReference]
) -> tuple[CarryForward, ...]:
    """Return what a report carries to later meetings, one entry per document."""
    known = {(one.line, one.as_written): one.id for one in references}
    by_name = {one.as_written: one.id for one in references}
    found: list[CarryForward] = []
    for place, statement in enumerate(statements):
        above = statements[place - 1] if place else None
        carried = _carried(statement, above, known, by_name)
        carried = carried or list(_continued(statements, place, by_name))
        found.extend(_placed(one, statement, above) for one in carried)
    return tuple(found)


def _placed(item: CarryForward, statement: Statement, above: Statement | None) -> CarryForward:
    """Return what is carried with its section, and whether the text calls it a liaison."""
    told = statement.text
    if above is not None and not mentions(told):
        told = f"{above.text} {told}"  # "They are carried forward"
    headings = statement.place.headings
    carried = not _CONTINUE.search(statement.text) and _LIAISON.search(told) is not None
    return replace(item, section=headings[0] if headings else None, liaison=carried)


def _carried(
    statement: Statement,
    above: Statement | None,
    known: dict[tuple[int, str], str],
    by_name: dict[str, str],
) -> list[CarryForward]:
    text = statement.text
    verb = _CARRY.search(text)
    to = _destination(text, verb.end()) if verb else None
    if verb is None or to is None:
        return []
    named = _carried_mentions(text, verb)
    named = list({one.id: one for one in reversed(named)}.values())[::-1]
    subject = _subject(text, verb.end()) or _subject_before(text, verb)
    if not named and above is not None and _PRONOUN.search(text[: verb.end()]):
        return _meant_by_it(above, subject, to, statement.line_at(verb.start()), by_name)
    entries = [
        CarryForward(
            document=known.get((statement.line_at(one.start), one.as_written))
            or by_name.get(one.as_written, one.id),
            source=_source(text, one, named),
            subject=subject,
            to=to,
            line=statement.line_at(one.start),
        )
        for one in named
    ]
    if entries or not re.match(r"carr|report", verb[0], re.IGNORECASE) or subject is None:
        return entries
    return [
        CarryForward(
            document=None, source=None, subject=subject, to=to, line=statement.line_at(verb.start())
        )
    ]


def _carried_mentions(text: str, verb: re.Match[str]) -> list[Mention]:
    """Return the documents a verb carries on: those after it, or else before it."""
    named = list(mentions(text))
    return [one for one in named if one.start > verb.end()] or named


def _subject_before(text: str, verb: re.Match[str]) -> str | None:
    """Return the subject of what is carried: "The replies on X are carried forward"."""
    told = _SUBJECT_BEFORE.search(text[: verb.start()][-_REACH:])
    return told["subject"].strip() if told else None


def _meant_by_it(
    above: Statement, subject: str | None, to: str, line: int, by_name: dict[str, str]
) -> list[CarryForward]:
    """Return what "it" or "they" carries on: the documents of the sentence before."""
    ids = dict.fromkeys(by_name.get(one.as_written, one.id) for one in mentions(above.text))
    return [
        CarryForward(document=document, source=None, subject=subject, to=to, line=line)
        for document in ids
    ]


def _continued(
    statements: Sequence[Statement], place: int, by_name: dict[str, str]
) -> Iterator[CarryForward]:
    statement = statements[place]
    verb = _CONTINUE.search(statement.text)
    to = _destination(statement.text, verb.end()) if verb else None
    if verb is None or to is None:
        return
    named = mentions(statement.text)
    document = (
        by_name.get(named[0].as_written, named[0].id)
        if named
        else _presented_before(statements, place, by_name)
    )
    yield CarryForward(
        document=document,
        source=None,
        subject=_subject(statement.text, verb.start()),
        to=to,
        line=statement.line_at(verb.start()),
    )


def _destination(text: str, begin: int) -> str | None:
    """Return the later meetings that a text sends something to, the word before them or not."""
    found = [
        match["to"].strip()
        for match in _TO.finditer(text, begin)
        if _LATER.search(match["to"]) or _ON_DATE.match(text, match.end())
    ]
    return found[-1] if found else None


def _subject(text: str, begin: int) -> str | None:
    match = _SUBJECT.search(text, begin)
    return match["subject"].strip() if match else None


def _source(text: str, mention: Mention, named: Sequence[Mention]) -> str | None:
    """Return who a document comes from: "Study Groups 2 (TD382), 11 (TD368)" are SG2 and SG11."""
    before = text[: mention.start]
    if number := _NUMBERED_SOURCE.search(before[-20:]):
        first = text[: named[0].start]
        listed = re.search(
            r"(?P<kind>Study Groups?|SGs?|CE|Commissions? d['’]études|Working Part(?:y|ies)"
            r"|WPs?)\s?[0-9]{1,2}\s*\(\s*$",
            first,
        )
        kind = "WP" if listed and listed["kind"].startswith("W") else "SG"
        return f"{kind}{number['number']}" if listed else None
    if name := _NAMED_SOURCE.search(before[-40:]):
        return re.sub(r"^(SG|WP|CE) (?=[0-9])", r"\1", name["name"])
    return None


def _presented_before(
    statements: Sequence[Statement], place: int, by_name: dict[str, str]
) -> str | None:
    """Return the document last presented in the same section."""
    headings = statements[place].place.headings
    for statement in reversed(statements[max(0, place - 8) : place]):
        if statement.place.headings != headings:
            return None
        if _PRESENTED.search(statement.text) and (named := mentions(statement.text)):
            return by_name.get(named[-1].as_written, named[-1].id)
    return None
