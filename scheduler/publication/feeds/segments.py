"""Entries as feeds hold them one after the other: written and compressed once for many feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calendars.blocks import Block
from calendars.stretches import Stretch, stretch
from scheduler.publication.feeds.entry_blocks import EntryBlock, EntryBlocks
from scheduler.publication.folder.pieces import Piece
from scheduler.publication.names import Variant


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of entries, and its octets as a piece of the files it stands in."""

    stretch: Stretch
    piece: Piece


class Segments:
    """Makes the segment of some entries once, however many feeds hold just these."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], tuple[EntryBlocks, Segment]] = {}

    def of(self, blocks: EntryBlocks, variant: Variant) -> Segment:
        """Return the segment of those entries that a variant has, in their order."""
        kept = blocks
        if variant.active:
            kept = tuple(one for one in blocks if not one.is_cancelled)
        chosen = tuple(_chosen(kept, ringing=variant.alarms))
        # By their identity, which is theirs for as long as they are held here.
        key = tuple(map(id, chosen))
        if key not in self._made:
            written, data = stretch(chosen)
            self._made[key] = kept, Segment(written, Piece(data))
        return self._made[key][1]


def _chosen(blocks: Iterable[EntryBlock], *, ringing: bool) -> Iterator[Block]:
    return (one.ringing if ringing else one.plain for one in blocks)
