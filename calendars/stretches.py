"""Entries one after the other, written once to stand in many calendars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calendars.blocks import Block, data_of
from calendars.model import Entry
from calendars.times import Declarations, Span, declarations, united


class NotRewritable(ValueError):
    """A stretch that has to stand in UTC in some calendar, and whose entries are not known."""

    def __init__(self, zones: Sequence[str]) -> None:
        super().__init__(f"times in {', '.join(zones)} cannot be written anew; give the entries")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some entries that are written as they stand in any calendar that declares their zones.

    `spans` are these zones, each once, with the first and last year by its clocks. `entries` is
    None where only the bytes are left, wherever these are.
    """

    spans: tuple[Span, ...]
    entries: tuple[Entry, ...] | None = None

    def rewritten(self, declared: Declarations) -> bytes | None:
        """Return the bytes for a calendar that declares these zones; other times in UTC.

        None where they stand there as they were written. Raises `NotRewritable`.
        """
        missing = [zone for zone, _, _ in self.spans if zone not in declared]
        if not missing:
            return None
        if self.entries is None:
            raise NotRewritable(missing)
        return _joined(data_of(entry, declared) for entry in self.entries)


def stretch(blocks: Sequence[Block]) -> tuple[Stretch, bytes]:
    """Return blocks in their order, in their own zones as far as these can be declared.

    The bytes end with a line break, or are none.
    """
    spans = {span for one in blocks for span in one.spans}
    return stretched(spans, [one.data for one in blocks], tuple(one.entry for one in blocks))


def stretched(
    spans: Iterable[Span], data: Iterable[bytes], entries: tuple[Entry, ...]
) -> tuple[Stretch, bytes]:
    """Return entries that are written already, each as `data` for the zones in `spans`."""
    asked = united(spans)
    declared = declarations(asked)
    kept = tuple(span for span in asked if span[0] in declared)
    if len(kept) < len(asked):
        data = (data_of(entry, declared) for entry in entries)
    return Stretch(kept, entries), _joined(data)


def _joined(entries: Iterable[bytes]) -> bytes:
    parts = [*entries, b""]
    return b"\r\n".join(parts)
