"""Meetings given as labelled lines: "Date: …", "Time: …", "Topic: …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from scheduler.intake.documents.document import Document, Line, Passage, Table
from scheduler.intake.moments import Context, TimeFound, ZoneFound, scan
from scheduler.intake.reports.meetings.columns import Column
from scheduler.intake.reports.meetings.details import LINK, Details, place_and_mode, status_in
from scheduler.intake.reports.meetings.durations import duration_in
from scheduler.intake.reports.meetings.entry import Entry, StatedDeadline
from scheduler.intake.reports.meetings.lists import Naming
from scheduler.intake.reports.meetings.modes import mode_in
from scheduler.intake.reports.meetings.pairing import paired
from scheduler.intake.reports.meetings.topics import topics_in
from scheduler.intake.reports.terms.kinds import subject_kind

_LABELS: tuple[tuple[Column, str], ...] = (
    (
        Column.DEADLINE,
        (
            r"[\w ]*(?:dead-?lines?|due(?: date)?|cut-?off)(?: (?:for|of) [\w ]+)?|registration"
            r"|(?:date limite|délai)[\w ]*"
        ),
    ),
    (
        Column.DATE,
        (
            r"(?:meeting |proposed )?(?:dates?|days?)(?: and times?)?|when|quand|dates?(?:"
            r" et heures?)?"
            r"|jours?"
        ),
    ),
    (
        Column.TIME,
        (
            r"(?:daily |meeting |start(?:ing)? )?(?:times?|hours?)|heures?|début"
            r"|horaires?(?: quotidiens?)?|(?:starts?|begins?)(?: at)?"
        ),
    ),
    (Column.END, r"(?:end(?:ing)? times?|ends?|finish(?:es)?)(?: at)?|fin"),
    (Column.LENGTH, r"duration|length|durée"),
    (Column.PLACE, r"venue|place|location|where|host(?:ed by)?|lieu"),
    (Column.MODE, r"meeting|mode|format|type|meeting (?:type|format|mode)|réunion|modalités?"),
    (
        Column.TOPIC,
        (
            r"(?:main |proposed )?(?:topics?|agenda|subject|theme|scope|purpose|focus)|sujets?"
            r"|thèmes?(?: principa(?:l|ux))?|ordre du jour|objet"
        ),
    ),
    (Column.LINK, r"link|url|zoom(?: link)?|webex|bridge|dial-?in|join(?:ing)?(?: link)?|lien"),
    (Column.ZONE, r"time ?zone|fuseau(?: horaire)?"),
    (Column.STATUS, r"status|statut"),
)
_SEARCHES = tuple((column, re.compile(rf"(?:{words})", re.IGNORECASE)) for column, words in _LABELS)
_LINE = re.compile(
    r"^[\W_]{0,4}(?P<label>[^\W\d][\w \t/()'’-]{1,30}?)[*_]{0,2}\s?:[*_]{0,2}\s*(?P<value>\S.*)$"
)
# Labels of minutes and of a document's own head, whose date is no meeting to come.
_OF_MINUTES = re.compile(
    r"present|attendees|participants|regrets|scribe|minutes|secretary|note ?taker|présents"
    r"|from|to|source|author|document|doc|number|title|version",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A labelled line."""

    label: str
    column: Column | None
    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Labelled lines that stand together, and the first lines of the passages they came from."""

    fields: tuple[Field, ...]
    passages: tuple[int, ...]


def labelled_blocks(document: Document) -> tuple[Block, ...]:
    """Return the runs of labelled lines in a document that have a date among them."""
    return tuple(block for block in _runs(document) if _is_whole(block))


def entries_of_block(
    block: Block, series: int, naming: Naming, context: Context, told: str
) -> Iterator[Entry]:
    """Yield the meetings of one block: one per date, each with what follows up to the next.

    `told` are the lines that lead up to it, the nearest first.
    """
    places = [index for index, field in enumerate(block.fields) if field.column is Column.DATE]
    shared = block.fields[: places[0]]
    ends = [*places[1:], len(block.fields)]
    for begin, end in zip(places, ends, strict=True):
        fields = (*shared, *block.fields[begin:end])
        for entry in _entries(fields, series, naming, context):
            yield replace(entry, context=told)


def _entries(
    fields: Sequence[Field], series: int, naming: Naming, context: Context
) -> Iterator[Entry]:
    values: dict[Column, Field] = {}
    for field in fields:
        if field.column is not None:
            values.setdefault(field.column, field)
    date_field = values[Column.DATE]
    beside = _times(values.get(Column.TIME), context)
    zones = [*_zones(values.get(Column.TIME), context), *_zones(values.get(Column.ZONE), context)]
    for date, hours in paired(scan(date_field.value, context)):
        time = hours.time or (beside[0] if beside else None)
        stated = time.stated_zone if time else None
        yield Entry(
            series=series,
            listed=True,
            line=date_field.line,
            date=date,
            time=time,
            end=next(iter(_times(values.get(Column.END), context)), None),
            conversions=hours.conversions
            or tuple(one for one in beside[1:] if time and one.conversion_of == time.span),
            zone=stated or hours.zone or (zones[0] if zones else None),
            length=_length(values),
            details=_details(values, naming),
            deadlines=tuple(_deadlines(fields, context)),
        )


def _details(values: dict[Column, Field], naming: Naming) -> Details:
    text = {column: field.value for column, field in values.items()}
    place, mode = place_and_mode(text.get(Column.PLACE, ""))
    link = LINK.search(" ".join(text.values()))
    topics = topics_in(LINK.sub("", text.get(Column.TOPIC, "")), naming.protected)
    told = mode_in(text.get(Column.MODE, "")) or mode or (mode_in(link["url"]) if link else None)
    if place is None and Column.MODE in text:
        place = _place_of_mode(text[Column.MODE])
    hours = " ".join((text.get(Column.TIME, ""), text[Column.DATE]))
    return Details(
        topics=topics,
        mode=told,
        place=place,
        link=link["url"] if link else None,
        status=status_in(text.get(Column.STATUS, "")),
        daily=bool(
            re.search(r"each day|daily|every day|chaque jour|per day", hours, re.IGNORECASE)
        ),
    )


def _place_of_mode(value: str) -> str | None:
    match = re.search(r"(?<!\w)(?:in|at|à)\s(?P<place>[A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+)*)", value)
    return match["place"] if match else None


def _deadlines(fields: Sequence[Field], context: Context) -> Iterator[StatedDeadline]:
    for field in fields:
        if field.column is Column.DEADLINE:
            for date, hours in paired(scan(field.value, context))[:1]:
                kind = subject_kind(field.label) or "contribution"
                yield StatedDeadline(kind=kind, date=date, time=hours.time, line=field.line)


def _times(field: Field | None, context: Context) -> list[TimeFound]:
    found = scan(field.value, context) if field else ()
    return [one for one in found if isinstance(one, TimeFound)]


def _zones(field: Field | None, context: Context) -> list[ZoneFound]:
    found = scan(field.value, context) if field else ()
    return [one for one in found if isinstance(one, ZoneFound)]


def _length(values: dict[Column, Field]) -> timedelta | None:
    field = values.get(Column.LENGTH)
    found = duration_in(f"({field.value})") if field else None
    return found[0] if found else None


def _runs(document: Document) -> Iterator[Block]:
    """Yield labelled lines that follow one another; those set as a table stand by themselves."""
    labelled = [(block, tuple(_fields(block))) for block in document.blocks]
    for (found, _), run in groupby(labelled, key=_kind):
        parts = list(run)
        if found:
            fields = tuple(field for _, fields in parts for field in fields)
            yield Block(fields=fields, passages=tuple(block.number for block, _ in parts))


def _kind(labelled: tuple[Passage | Table, tuple[Field, ...]]) -> tuple[bool, int]:
    block, fields = labelled
    return bool(fields), block.number if isinstance(block, Table) else 0


def _fields(block: Passage | Table) -> Iterator[Field]:
    """Yield the labelled lines of a passage or table, none unless all of it is labelled."""
    if isinstance(block, Table):
        texts = [(row.number, " ".join(cell for cell in row.cells if cell)) for row in block.rows]
    elif block.heading_level is not None:
        return
    else:
        texts = [(line.number, line.text) for line in _unwrapped(block.lines)]
    matches = [(number, _LINE.match(text)) for number, text in texts]
    if not all(match for _, match in matches):
        return
    for number, match in matches:
        if match:
            label = match["label"].strip()
            yield Field(label=label, column=_column(label), value=match["value"], line=number)


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those that carry no label joined to the one before."""
    held: Line | None = None
    for line in lines:
        if held is not None and not _LINE.match(line.text):
            held = replace(held, text=f"{held.text} {line.text}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _column(label: str) -> Column | None:
    return next((column for column, search in _SEARCHES if search.fullmatch(label)), None)


def _is_whole(block: Block) -> bool:
    """Tell whether a block describes a meeting: a date, its hours, and no marks of minutes."""
    columns = [field.column for field in block.fields]
    if Column.DATE not in columns or len(block.fields) < 2:
        return False
    if any(_OF_MINUTES.fullmatch(field.label) for field in block.fields):
        return False
    dated = block.fields[columns.index(Column.DATE)].value
    return Column.TIME in columns or re.search(r"[0-9][:.h][0-9]{2}|[ap]\.?m\b", dated) is not None
