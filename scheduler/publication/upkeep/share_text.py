"""Shares as text: the keys are read at once, each thing from its line when it is asked for."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.publication.folder.manifest import digest
from scheduler.publication.lists.news import News
from scheduler.publication.pages.hours import Hours
from scheduler.publication.pages.timeline import Line
from scheduler.publication.upkeep.ordered import Ordered

Told = TypeVar("Told")
Row = Sequence[Any]  # as JSON has it
Feeds = Mapping[str, Row]  # by the suffix of a variant: where in which file its entries stand


class DamagedShare(ValueError):
    """A text that is not, or no longer, that of a share."""


@dataclass(frozen=True, slots=True)
class ShareText:
    """What is kept of a share: where its feeds stand, its lines and its news."""

    feeds: Feeds
    lines: Ordered[Line]
    news: Ordered[News]


class Rows(Sequence[Told], Generic[Told]):
    """Things that stand one on a line of a file, each read when it is asked for."""

    def __init__(
        self, file: Path, ends: Sequence[int], span: range, read: Callable[[Row], Told]
    ) -> None:
        self._file, self._ends, self._span, self._read = file, ends, span, read

    def __len__(self) -> int:
        return len(self._span)

    @overload
    def __getitem__(self, at: int) -> Told: ...

    @overload
    def __getitem__(self, at: slice) -> "Rows[Told]": ...

    def __getitem__(self, at: int | slice) -> "Told | Rows[Told]":
        if isinstance(at, slice):
            return Rows(self._file, self._ends, self._span[at], self._read)
        row = self._span[at]
        start = self._ends[row - 1] if row else 0
        with self._file.open("rb") as file:
            file.seek(start)
            return self._read(json.loads(file.read(self._ends[row] - start)))


def share_rows(text: ShareText) -> list[bytes]:
    """Return each thing of a share as a line."""
    rows = (*_rows(text.lines, _line_row), *_rows(text.news, _news_row))
    return [f"{_json(row)}\n".encode() for row in rows]


def share_head(text: ShareText, rows: Sequence[bytes], mark: Sequence[int]) -> bytes:
    """Return a share but for its rows: where its feeds stand, the keys, and where each row ends.

    `mark` tells the file of the rows from another one.
    """
    head = {
        "mark": mark,
        "ends": list(accumulate(map(len, rows))),
        "languages": list(text.lines.told),
        "feeds": dict(text.feeds),
        "lines": list(text.lines.keys),
        "news": list(text.news.keys),
    }
    written = _json(head).encode()
    return f"{digest(written)}\n".encode() + written


def read_share(kept: bytes, rows: Path, mark: Sequence[int]) -> ShareText:
    """Return what was kept with these rows; raises `DamagedShare`."""
    known, _, written = kept.partition(b"\n")
    if known.decode("ascii", "replace") != digest(written):
        raise DamagedShare
    head = json.loads(written)
    if tuple(head["mark"]) != tuple(mark):
        raise DamagedShare
    cut = len(head["languages"]) * len(head["lines"])
    lines = _ordered(head, "lines", partial(_rows_from, rows, head["ends"], 0, _line))
    news = _ordered(head, "news", partial(_rows_from, rows, head["ends"], cut, _news))
    return ShareText(head["feeds"], lines, news)


def _rows_from(
    file: Path, ends: Sequence[int], start: int, read: Callable[[Row], Told], span: range
) -> Rows[Told]:
    return Rows(file, ends, range(start + span.start, start + span.stop), read)


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _rows(kept: Ordered[Told], row: Callable[[Told], Row]) -> Iterator[Row]:
    for told in kept.told.values():
        yield from map(row, told)


def _ordered(
    head: Mapping[str, Any], name: str, rows: Callable[[range], Sequence[Told]]
) -> Ordered[Told]:
    keys = tuple(map(tuple, head[name]))
    starts = ((code, at * len(keys)) for at, code in enumerate(head["languages"]))
    return Ordered(keys, {code: rows(range(start, start + len(keys))) for code, start in starts})


def _line_row(line: Line) -> Row:
    hours = line.hours
    return (
        *(line.uid, line.order.isoformat(), line.slug, line.title, line.short),
        *(line.status, line.status_word, line.is_deadline, line.struck),
        *(hours.lines, str(hours.first), str(hours.last)),
        *(_instant_text(hours.start), _instant_text(hours.end)),
    )


def _line(row: Row) -> Line:
    uid, order, slug, title, short, status, word, is_deadline, struck, *hours = row
    lines, first, last, start, end = hours
    return Line(
        uid=uid,
        order=dt.datetime.fromisoformat(order),
        slug=slug,
        title=title,
        short=short,
        status=Status(status),
        status_word=word,
        is_deadline=is_deadline,
        struck=struck,
        hours=Hours(
            lines=tuple(lines),
            first=dt.date.fromisoformat(first),
            last=dt.date.fromisoformat(last),
            start=_instant(start),
            end=_instant(end),
        ),
    )


def _news_row(news: News) -> Row:
    return news.uid, _instant_text(news.at), news.kind, news.title, news.text, news.page


def _news(row: Row) -> News:
    uid, at, kind, title, text, page = row
    return News(uid=uid, at=Instant.parse(at), kind=kind, title=title, text=text, page=page)


def _instant_text(instant: Instant | None) -> str | None:
    return str(instant) if instant else None


def _instant(text: str | None) -> Instant | None:
    return Instant.parse(text) if text else None
