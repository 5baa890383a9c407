"""What groups gave to the shared files, kept from one publication to the next.

Entries are not kept twice: they are read from the group's own feeds as these were published.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from calendars.stretches import Stretch
from scheduler.publication.feeds.segments import Segment
from scheduler.publication.folder.checksums import Check
from scheduler.publication.folder.compression import (
    COMPRESSED,
    HEAD,
    is_worth_compressing,
)
from scheduler.publication.folder.pieces import Content, Packed, Piece, StandingPiece, size
from scheduler.publication.folder.staging import OURS_ALONE, put_whole
from scheduler.publication.names import VARIANTS, Variant, feed_path
from scheduler.publication.upkeep.share_text import (
    Feeds,
    Row,
    ShareText,
    read_share,
    share_head,
    share_rows,
)
from scheduler.publication.upkeep.shares import Share

_ENDING, _ROWS = ".share", ".rows"
_WISHES = tuple(variant for variant in VARIANTS if variant.language)


class Published(Protocol):
    """Where files of ours stand, and whether they are as they were published."""

    def place(self, path: str) -> Path:
        """Return where a file lies: in its place, or where it waits for it."""

    def value(self, path: str) -> str | None:
        """Return the digest of a file that stands as it was published, or waits to be."""


class Shelf:
    """A folder with two files for each share; losing it costs time alone."""

    def __init__(self, folder: Path, published: Published) -> None:
        self._folder, self._published = folder, published

    def get(self, inputs: str) -> Share | None:
        """Return what was made from some inputs, if it is here and the files still stand."""
        rows = self._folder / f"{inputs}{_ROWS}"
        try:
            kept = (self._folder / f"{inputs}{_ENDING}").read_bytes()
            return self._share(read_share(kept, rows, _mark(rows)))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, inputs: str, share: Share, feeds: "KeptFeeds") -> None:
        """Keep what was made from some inputs; `feeds` saw the group's files go by."""
        text = ShareText(feeds.rows(self._published), share.lines, share.news)
        rows, written = self._folder / f"{inputs}{_ROWS}", share_rows(text)
        with suppress(OSError):
            put_whole(rows, b"".join(written), folder_mode=OURS_ALONE)
            head = share_head(text, written, _mark(rows))
            put_whole(self._folder / f"{inputs}{_ENDING}", head, folder_mode=OURS_ALONE)

    def clear(self, wanted: Collection[str]) -> None:
        """Forget what was made from any other inputs."""
        if not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            if file.suffix in (_ENDING, _ROWS) and file.stem not in wanted:
                with suppress(OSError):
                    file.unlink()

    def _share(self, text: ShareText) -> Share | None:
        found = {suffix: _Place(*row) for suffix, row in text.feeds.items()}
        if not all(map(self._stands, found.values())):
            return None
        return Share(_KeptFeed(found, self._segment), text.lines, text.news)

    def _stands(self, place: "_Place") -> bool:
        packed = place.packed
        return self._published.value(place.path) == place.value and (
            packed is None or self._published.value(place.path + COMPRESSED) == packed.value
        )

    def _segment(self, place: "_Place") -> Segment:
        written = Stretch(tuple((zone, first, last) for zone, first, last in place.spans))
        file = self._published.place(place.path)
        return Segment(written, StandingPiece(file, place.start, place.end, self._packed(place)))

    def _packed(self, place: "_Place") -> Packed | None:
        known = place.packed
        if known is None:
            return None
        file = self._published.place(place.path + COMPRESSED)
        return Packed(Check(*known.check), StandingPiece(file, known.start, known.end))


class KeptFeeds:
    """Notes where a group's entries stand in its feeds of everything, as these are made."""

    def __init__(self, name: str, share: Share) -> None:
        self._share = share
        self._wishes = {feed_path(name, variant=wish): wish for wish in _WISHES}
        self._seen: dict[str, tuple[int, int, tuple[int, int, Check] | None]] = {}
        self._first: dict[Piece, str] = {}  # the feed in which a piece stood first

    def see(self, path: str, content: Content) -> None:
        """Note a file of the group, if it is one of these feeds."""
        if path not in self._wishes:
            return
        head, body, _ = content
        self._first.setdefault(body, path)
        start, end = head.size, head.size + body.size
        if not is_worth_compressing(path, size(content)):
            self._seen[path] = start, end, None
            return
        packed = len(HEAD) + head.squeezed.size
        self._seen[path] = start, end, (packed, packed + body.squeezed.size, body.check)

    def rows(self, published: Published) -> Feeds:
        """Return where in which file the entries of each variant stand."""
        return {
            wish.suffix: self._row(path, wish, published) for path, wish in self._wishes.items()
        }

    def _row(self, path: str, wish: Variant, published: Published) -> Row:
        segment = self._share.feed(wish)
        path = self._first.get(segment.piece, path)
        start, end, packed = self._seen[path]
        spans = segment.stretch.spans
        value = published.value(path + COMPRESSED)
        return path, published.value(path), start, end, spans, [value, *packed] if packed else None


class _KeptFeed:
    """What a group's own feed of everything holds, read when it is asked for.

    What was read last is held, for variants that hold the same come one after the other.
    """

    def __init__(self, places: Mapping[str, "_Place"], read: Callable[["_Place"], Segment]) -> None:
        self._places, self._read = places, read
        self._last: tuple[tuple[str, int], Segment] | None = None

    def __call__(self, wish: Variant) -> Segment:
        place = self._places[wish.suffix]
        where = place.path, place.start
        if self._last is None or self._last[0] != where:
            self._last = where, self._read(place)
        return self._last[1]


class _Packed(NamedTuple):
    """Where entries stand in a compressed copy, its digest, and the check of the entries."""

    value: str
    start: int
    end: int
    check: Row


class _Place:
    """Where the entries of a variant stand, and what has to be declared for them."""

    def __init__(
        self, path: str, value: str, start: int, end: int, spans: Row, packed: Row | None
    ) -> None:
        self.path, self.value, self.start, self.end = path, value, start, end
        self.spans = spans
        self.packed = _Packed(*packed) if packed else None


def _mark(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns
