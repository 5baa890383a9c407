"""Shares as text, one thing a line: the keys are read at once, each thing when it is asked for."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from scheduler.model.meeting import Status
from scheduler.model.moment import Instant
from scheduler.publication.hours import Hours
from scheduler.publication.lists.news import News
from scheduler.publication.manifest import digest
from scheduler.publication.ordered import Ordered
from scheduler.publication.timeline import Line

_FORM = 3
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
    """Things that stand one on a line, read when they are asked for."""

    def __init__(self, rows: Sequence[bytes], read: Callable[[Row], Told]) -> None:
        self._rows, self._read = rows, read

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Told: ...

    @overload
    def __getitem__(self, at: slice) -> "Rows[Told]": ...

    def __getitem__(self, at: int | slice) -> "Told | Rows[Told]":
        if isinstance(at, slice):
            return Rows(self._rows[at], self._read)
        return self._read(json.loads(self._rows[at]))


def share_bytes(text: ShareText) -> bytes:
    """Return a share as it is kept: a digest of the rest, the keys, and each thing on a line."""
    head = {
        "form": _FORM,
        "languages": list(text.lines.told),
        "feeds": dict(text.feeds),
        "lines": list(text.lines.keys),
        "news": list(text.news.keys),
    }
    rows = [head, *_rows(text.lines, _line_row), *_rows(text.news, _news_row)]
    written = "\n".join(map(_json, rows)).encode()
    return f"{digest(written)}\n".encode() + written


def read_share(kept: bytes) -> ShareText:
    """Return what was kept; raises `DamagedShare`."""
    known, _, written = kept.partition(b"\n")
    if known.decode("ascii", "replace") != digest(written):
        raise DamagedShare
    first, *rows = written.split(b"\n")
    head = json.loads(first)
    if head["form"] != _FORM:
        raise DamagedShare
    cut = len(head["languages"]) * len(head["lines"])
    lines = _ordered(head, "lines", rows[:cut], _line)
    return ShareText(head["feeds"], lines, _ordered(head, "news", rows[cut:], _news))


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _rows(kept: Ordered[Told], row: Callable[[Told], Row]) -> Iterator[Row]:
    for told in kept.told.values():
        yield from map(row, told)


def _ordered(
    head: Mapping[str, Any], name: str, rows: Sequence[bytes], read: Callable[[Row], Told]
) -> Ordered[Told]:
    keys = tuple((moment, uid) for moment, uid in head[name])
    starts = ((code, at * len(keys)) for at, code in enumerate(head["languages"]))
    told = {code: Rows(rows[start : start + len(keys)], read) for code, start in starts}
    return Ordered(keys, told)


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
