"""Meetings given as rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from scheduler.intake.documents.document import Row
from scheduler.intake.moments import (
    Context,
    Found,
    OffsetFound,
    TimeFound,
    ZoneFound,
    scan,
)
from scheduler.intake.reports.meetings.columns import Column, Headed, headed
from scheduler.intake.reports.meetings.contexts import Told, told_by
from scheduler.intake.reports.meetings.details import (
    LINK,
    Details,
    details_in,
    place_and_mode,
    status_in,
)
from scheduler.intake.reports.meetings.durations import duration_in
from scheduler.intake.reports.meetings.entry import Entry, StatedDeadline, StatedOffset
from scheduler.intake.reports.meetings.lists import Naming
from scheduler.intake.reports.meetings.modes import mode_in
from scheduler.intake.reports.meetings.ownership import body_in, group_named
from scheduler.intake.reports.meetings.pairing import paired
from scheduler.intake.reports.meetings.topics import clean, topics_in
from scheduler.intake.reports.meetings.zones import zone_named
from scheduler.intake.reports.statements import TablePlace
from scheduler.intake.reports.terms.kinds import subject_kind
from scheduler.intake.reports.words import EVENT, MEETING, PLENARY

_NOTHING = re.compile(
    r"^\W*(?:tb[acd]|t\.b\.[acd]\.?|n/?a|none|aucun|à déterminer)?\W*$", re.IGNORECASE
)


def entries_of_table(
    place: TablePlace, series: int, naming: Naming, context: Context
) -> Iterator[Entry]:
    """Yield the meetings of a table, if it has a column of dates and is about meetings."""
    table = headed(place.table)
    if table is None or not _is_about_meetings(place, table):
        return
    ours = any(_is_own_row(table, row, naming) for row in table.rows)
    heads = {index: _zones_of(text, context) for index, text in enumerate(table.headings)}
    told = " \n".join((*place.place.lead, *table.headings, *place.place.headings))
    for row in table.rows:
        if _is_other_row(table, row, naming, ours):
            continue
        yield from _entries(table, row, series, naming, context, heads, told)


def _is_about_meetings(place: TablePlace, table: Headed) -> bool:
    told = told_by(place.place)
    if told is Told.MEETINGS:
        return True
    if told is not None:
        return False
    heads = " ".join(table.headings)
    hours = {Column.TIME, Column.START} & set(table.columns)
    return bool(hours) or MEETING.search(heads) is not None


def _entries(
    table: Headed,
    row: Row,
    series: int,
    naming: Naming,
    context: Context,
    heads: dict[int, tuple[Found, ...]],
    told: str,
) -> Iterator[Entry]:
    cells = _cells(table, row)
    dated = scan(cells.get(Column.DATE, ""), context)
    pairs = paired(dated)
    if not pairs:
        return
    details = _details(cells, dated, row, naming)
    deadlines = tuple(_deadlines(table, row, context))
    length = duration_in(f"({cells.get(Column.LENGTH, '')})")
    length = length or duration_in(cells.get(Column.TIME, ""))
    start = _hours(cells, Column.TIME, context) or _hours(cells, Column.START, context)
    end = _hours(cells, Column.END, context)
    for date, hours in pairs:
        time = hours.time or (start[0] if start else None)
        extra = [one for one in (start or [])[1:] if time and one.conversion_of == time.span]
        yield Entry(
            series=series,
            listed=True,
            line=row.number,
            date=date,
            time=time,
            end=end[0] if end and time and time.end is None else None,
            conversions=hours.conversions or tuple(extra),
            zone=_zone(hours.zone, time, cells, table, heads, context),
            length=length[0] if length else None,
            label=_label(cells.get(Column.LABEL)),
            group=group_named(cells.get(Column.GROUP, "")),
            details=details,
            context=told,
            deadlines=deadlines,
            offsets=tuple(_offsets(table, row, context)),
        )


def _cells(table: Headed, row: Row) -> dict[Column, str]:
    cells: dict[Column, str] = {}
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column is None or column is Column.DEADLINE:
            continue
        joint = " " if column is Column.DATE else "; "
        cells[column] = joint.join(filter(None, (cells.get(column), cell)))
    last = cells.pop(Column.LAST, "")
    if last and last != cells.get(Column.DATE):
        cells[Column.DATE] = f"{cells.get(Column.DATE, '')} to {last}"
    return cells


def _details(
    cells: dict[Column, str], dated: tuple[Found, ...], row: Row, naming: Naming
) -> Details:
    spans = [(one.span.start, one.span.end) for one in dated]
    beside = details_in(cells.get(Column.DATE, ""), spans, ())
    place, mode = place_and_mode(cells.get(Column.PLACE, ""))
    place = None if place and _NOTHING.match(place) else place
    topic = cells.get(Column.TOPIC, "")
    label = cells.get(Column.LABEL, "")
    if not topic and _is_text(label):
        topic = label
    topics = () if _NOTHING.match(topic) else topics_in(LINK.sub("", topic), naming.protected)
    link = LINK.search(" ".join((cells.get(Column.LINK, ""), *row.cells)))
    told_mode = mode_in(cells.get(Column.MODE, "")) or mode or beside.mode
    told_mode = told_mode or (mode_in(label) if label else None)
    return Details(
        topics=topics or beside.topics,
        mode=told_mode,
        place=place or beside.place,
        link=link["url"] if link else None,
        status=status_in(cells.get(Column.STATUS, ""))
        or status_in(" ".join((cells.get(Column.DATE, ""), topic))),
        daily=beside.daily
        or bool(
            re.search(r"each day|daily|chaque jour", cells.get(Column.TIME, ""), re.IGNORECASE)
        ),
    )


def _deadlines(table: Headed, row: Row, context: Context) -> Iterator[StatedDeadline]:
    for index, column in enumerate(table.columns):
        if column is not Column.DEADLINE or index >= len(row.cells):
            continue
        headed_times = [
            one for one in scan(table.headings[index], context) if isinstance(one, TimeFound)
        ]
        for date, hours in paired(scan(row.cells[index], context))[:1]:
            yield StatedDeadline(
                kind=subject_kind(table.headings[index]) or "contribution",
                date=date,
                time=hours.time or next(iter(headed_times), None),
                line=row.number,
            )


def _offsets(table: Headed, row: Row, context: Context) -> Iterator[StatedOffset]:
    """Yield the deadlines that cells state by their distance: "5 working days before"."""
    for heading, column, cell in zip(table.headings, table.columns, row.cells, strict=False):
        for one in scan(cell, context) if column is Column.DEADLINE else ():
            if isinstance(one, OffsetFound):
                kind = subject_kind(heading) or "contribution"
                yield StatedOffset(kind=kind, offset=one, line=row.number)


def _hours(cells: dict[Column, str], column: Column, context: Context) -> list[TimeFound] | None:
    text = cells.get(column, "")
    found = [one for one in scan(text, context) if isinstance(one, TimeFound)]
    return [replace(one) for one in found] or None


def _zone(
    beside: ZoneFound | None,
    time: TimeFound | None,
    cells: dict[Column, str],
    table: Headed,
    heads: dict[int, tuple[Found, ...]],
    context: Context,
) -> ZoneFound | None:
    """Return the zone named nearest: with the time, in a cell of the row, in a heading."""
    if time and time.stated_zone:
        return time.stated_zone
    named = beside or zone_named(cells.get(Column.ZONE, ""), context)
    if named:
        return named
    in_cells = (
        scan(_zone_text(cells.get(column, "")), context)
        for column in (Column.TIME, Column.START, Column.DATE)
    )
    in_heads = (
        heads[index]
        for index, head in enumerate(table.columns)
        if head in (Column.TIME, Column.START, Column.DATE, Column.END)
    )
    found = chain.from_iterable(chain(in_cells, in_heads))
    return next((one for one in found if isinstance(one, ZoneFound)), None)


def _zones_of(heading: str, context: Context) -> tuple[Found, ...]:
    """Return what a heading says of the zone: "Time (UTC)", "Time (Geneva)", "Start (ET)"."""
    found = scan(_zone_text(heading), context)
    bracket = re.search(r"\(([^()]{1,40})\)", heading)
    if bracket is None or any(isinstance(one, ZoneFound) for one in found):
        return found
    named = zone_named(bracket[1], context)
    return (*found, named) if named else found


def _zone_text(text: str) -> str:
    """Word a heading such as "Time (Geneva)" so that the city is read as its time."""
    match = re.search(r"\((?P<place>[A-Z][A-Za-z .'’èéüöä-]{2,40})\)", text)
    if match and "time" not in match["place"].lower():
        return f"{text} – {match['place']} time"
    return text


def _label(cell: str | None) -> str | None:
    if not cell or _is_text(cell):
        return None
    match = re.search(r"[0-9]{1,4}|\b[ivx]{1,5}\b|\b[a-z]\b", cell, re.IGNORECASE)
    text = clean(cell)
    return text if len(text) <= 12 and " " not in text else (match[0] if match else None)


def _is_text(cell: str) -> bool:
    """Tell whether what stands in the column of numbers is worded, as topics are."""
    return len(re.findall(r"[^\W\d]{3,}", cell)) > 2


def _is_own_row(table: Headed, row: Row, naming: Naming) -> bool:
    return any(
        any(name and name in cell.replace(" ", "") for name in naming.own)
        for column, cell in zip(table.columns, row.cells, strict=False)
        if column in (Column.GROUP, Column.LABEL, None)
    )


def _is_other_row(table: Headed, row: Row, naming: Naming, ours: bool) -> bool:
    """Tell whether a row is about another body, where some rows are about this group."""
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column in (Column.GROUP, Column.LABEL, None) and cell:
            own = _is_own_row(table, row, naming)
            if not own and (body_in(cell, naming.own) or (ours and column is Column.GROUP)):
                return True
            if PLENARY.search(cell) or (EVENT.search(cell) and not MEETING.search(cell)):
                return True
    return False
