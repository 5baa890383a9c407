"""The head of a report: its number, title, state and date, and its parent's meeting."""

import datetime as dt
import re
from collections.abc import Sequence

from scheduler.intake.documents.document import Document, Format, Passage
from scheduler.intake.moments import Context, DateFound, scan
from scheduler.intake.reports.opening.dating import date_of
from scheduler.intake.reports.papers.references import mentions
from scheduler.model.report import DocumentHeader, ParentMeeting

_OPENING = 14
_HEAD = 12
_ANNOUNCED = re.compile(
    r"(?:report|minutes|rapport|compte[- ]rendu)\b[^.]{0,60}?\b(?:(?:will be|is|are) (?:made"
    r" )?(?:available|published|posted|issued)|sera (?:publié|disponible))\b[^.]{0,40}?\b(?:in"
    r"|as|dans|sous)\s",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(
    r"^\W*(?:doc(?:ument)?(?: (?:no|number|n°))?|number|n°|reference|ref|td"
    r"|tdoc)\s?[.:#]+\s*(?:IEEE"
    r" )?",
    re.IGNORECASE,
)
_STATES = (
    (
        "draft",
        re.compile(
            r"(?<!\w)(?:draft|projet de|preliminary|unapproved|unconfirmed) (?:\w+"
            r" ){0,2}?(?:meeting"
            r" )?(?:reports?|minutes|notes|rapport|compte[- ]rendu)",
            re.IGNORECASE,
        ),
    ),
    (
        "final",
        re.compile(
            r"(?<!\w)(?:(?:final|approved|confirmed|adopted) (?:meeting )?(?:reports?|minutes"
            r"|notes)|(?:rapport|compte[- ]rendu) (?:final|approuvé))",
            re.IGNORECASE,
        ),
    ),
)
_STATE_LABEL = re.compile(
    r"^\W*(?:status|state|statut)\s?:\s*(?P<state>draft|final|approved|projet|définitif)\b",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(
    r"^\W*(?:title|titre|subject|objet)\s?:\s*(?P<title>\S.*)$", re.IGNORECASE
)
_PARENT_MEETING = re.compile(
    r"(?:during|at|within|concurrent with|in conjunction with|pendant|lors de|tenue"
    r" pendant)\s(?:this"
    r"|the|its|la|sa)?\s?"
    r"(?:(?:réunion du|réunion de la|réunion de l['’])\s?(?P<french>[A-Z][\w-]*(?: [0-9]+)?)"
    r"|(?P<name>[A-Z][\w/-]*(?: [\w/-]+){0,3}?)\s(?:plenary |WG )?(?:meeting|session|plenary)(?:"
    r" of)?)\s?",
)
_BRACKETS = re.compile(r"\(([^()]{4,120})\)")


def header_in(document: Document, given: dt.date | None) -> DocumentHeader:
    """Return number, title, state and date; `given` is the day the caller says it speaks from."""
    texts = _opening(document)
    return DocumentHeader(
        number=_number(document, texts),
        title=_title(document, texts),
        state=_state(texts),
        date=given or date_of(document),
    )


def parent_meeting_in(document: Document, context: Context) -> ParentMeeting | None:
    """Return the meeting of the parent during which the report was written."""
    for passage in document.passages[:_OPENING]:
        for match in _PARENT_MEETING.finditer(passage.text):
            name = match["french"] or match["name"]
            rest = passage.text[match.end() : match.end() + 140]
            if found := _first_range(rest, context):
                place = _place(rest)
                return ParentMeeting(name=name, date=found.first, end_date=found.last, place=place)
    return None


def _opening(document: Document) -> list[str]:
    heads = [*document.running_heads, *([document.subject] if document.subject else [])]
    lines = [line.text for line in document.lines[: 2 * _OPENING]]
    return [*heads, *lines]


def _number(document: Document, texts: Sequence[str]) -> str | None:
    for passage in document.passages:
        for match in _ANNOUNCED.finditer(passage.text):
            found = mentions(passage.text[match.end() : match.end() + 60])
            if found and found[0].start <= 12:
                return found[0].id
    for text in texts:
        label = _NUMBER_LABEL.match(text)
        if label and (found := mentions(text)):
            return found[0].id
    return next((number for text in texts[:6] if (number := _standing_alone(text))), None)


def _standing_alone(text: str) -> str | None:
    """Return a number that ends a line of the head, or begins a subject, or is all of it."""
    found = mentions(text)
    if not found:
        return None
    at_end = text[found[-1].end :].strip() == ""
    if at_end and len(text.split()) <= 12 and not text.rstrip().endswith("."):
        return found[-1].id
    return (
        found[0].id if found[0].start == 0 and re.match(r"\s?[-–:]", text[found[0].end :]) else None
    )


def _title(document: Document, texts: Sequence[str]) -> str | None:
    if document.subject:
        return document.subject
    for text in texts:
        if match := _TITLE_LABEL.match(text):
            return match["title"].strip(" |")
    for passage in document.passages[:3]:
        found = mentions(passage.text)
        if found and found[0].start == 0 and found[0].end == len(passage.text):
            continue
        return passage.text if _is_title(passage, document.format) else None
    return None


def _is_title(passage: Passage, kind: Format) -> bool:
    if passage.heading_level == 1 and passage.heading_number is None:
        return True
    short = len(passage.lines) == 1 and 3 <= len(passage.text.split()) <= 16
    return kind is not Format.MARKDOWN and short and passage.text[-1] not in ".:;,"


def _state(texts: Sequence[str]) -> str | None:
    for text in texts:
        if match := _STATE_LABEL.match(text):
            return "draft" if match["state"].lower() in ("draft", "projet") else "final"
    for state, search in _STATES:
        if any(search.search(text) for text in texts[:_HEAD]):
            return state
    return None


def _first_range(text: str, context: Context) -> DateFound | None:
    return next(
        (one for one in scan(text, context) if isinstance(one, DateFound) and one.span.start < 60),
        None,
    )


def _place(text: str) -> str | None:
    match = _BRACKETS.match(text.lstrip())
    if match is None:
        return None
    place = match[1].split(",")[0].strip()
    return place if place and not re.search(r"[0-9]", place) else None
