"""Entries one after the other, written once to stand in many calendars."""

from collections.abc import Sequence
from dataclasses import dataclass

from calendars.blocks import Block, data_of
from calendars.times import Declarations, declarations, united


class NotRewritable(ValueError):
    """A stretch that has to stand in UTC in some calendar, and whose entries are not known."""

    def __init__(self, zones: Sequence[str]) -> None:
        super().__init__(f"times in {', '.join(zones)} cannot be written anew; give the blocks")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries as they stand in any calendar that declares their zones.

    `spans` are these zones, each once, with the first and last year by its clocks; `data` ends
    with a line break, or is empty. `blocks` are the entries, None where only their bytes are left.
    """

    spans: tuple[tuple[str, int, int], ...]
    data: bytes
    blocks: tuple[Block, ...] | None = None

    def within(self, declared: Declarations) -> bytes:
        """Return the bytes in a calendar that declares these zones; other times in UTC.

        Raises `NotRewritable`.
        """
        missing = [zone for zone, _, _ in self.spans if zone not in declared]
        if not missing:
            return self.data
        if self.blocks is None:
            raise NotRewritable(missing)
        return _joined([data_of(one, declared) for one in self.blocks])


def stretch(blocks: Sequence[Block]) -> Stretch:
    """Return entries in their order, in their own zones as far as these can be declared."""
    spans = united(span for one in blocks for span in one.spans)
    declared = declarations(spans)
    kept = tuple(span for span in spans if span[0] in declared)
    if len(kept) == len(spans):
        return Stretch(kept, _joined([one.data for one in blocks]), tuple(blocks))
    return Stretch(kept, _joined([data_of(one, declared) for one in blocks]), tuple(blocks))


def _joined(entries: Sequence[bytes]) -> bytes:
    return b"\r\n".join([*entries, b""]) if entries else b""
