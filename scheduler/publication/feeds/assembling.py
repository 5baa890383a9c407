"""Feeds put together from entries that are written already."""

from collections.abc import Iterator, Sequence

from calendars.model import Calendar
from calendars.writer import compose
from scheduler.publication.addresses import absolute
from scheduler.publication.feeds.segments import Segment
from scheduler.publication.folder.compression import Content, Piece


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
    head, *written, ending = compose(calendar, [one.stretch for one in segments])
    return Piece(head), *_pieces(segments, written), Piece(ending)


def _pieces(segments: Sequence[Segment], written: Sequence[bytes]) -> Iterator[Piece]:
    for segment, data in zip(segments, written, strict=True):
        yield segment.piece if data is segment.stretch.data else Piece(data)
