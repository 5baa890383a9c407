"""Feeds put together from entries that are written already."""

from collections.abc import Sequence

from calendars.model import Calendar
from calendars.writer import compose
from scheduler.publication.addresses import absolute
from scheduler.publication.feeds.segments import Segment
from scheduler.publication.folder.pieces import Content, Piece


def feed(
    path: str,
    page: str,
    base_url: str,
    *,
    name: str,
    about: str,
    language: str,
    segments: Sequence[Segment],
    color: str | None = None,
) -> Content:
    """Return the feed of some entries to be published under `path`.

    `page` is the path of the page about it, `about` the description of the calendar.
    Raises `NotRewritable`.
    """
    calendar = Calendar(
        name=name,
        description=about,
        url=absolute(base_url, page),
        source=absolute(base_url, path),
        language=language,
        color=color,
    )
    head, anew, ending = compose(calendar, [one.stretch for one in segments])
    return Piece(head), *map(_piece, segments, anew), Piece(ending)


def _piece(segment: Segment, anew: bytes | None) -> Piece:
    return segment.piece if anew is None else Piece(anew)
