"""What groups gave to the shared files, kept from one publication to the next."""

import datetime as dt
import io
import pickle
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from calendars.blocks import Block
from calendars.model import Entry, EntryStatus
from scheduler.publication.entry_blocks import EntryBlock
from scheduler.publication.portions import Share
from scheduler.publication.staging import put_whole

_ENDING = ".share"
# Values alone are read back: nothing that a file names is ever called but their classes.
_ROOMS = ("scheduler.publication.", "scheduler.model.", "calendars.")
_OTHERS = frozenset(
    ("datetime", name) for name in ("datetime", "date", "time", "timedelta", "timezone")
)


class NotKept(Exception):
    """Something that was asked of an entry and is not kept: it has to be made again."""


class Gist(NamedTuple):
    """What the order of entries and their choice ask of one that is written already."""

    uid: str
    starts: dt.datetime | dt.date
    status: EntryStatus | None

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotKept(name)


class Shelf:
    """A folder with a file for each share; losing it costs time alone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, inputs: str) -> Share | None:
        """Return what was made from some inputs, if it is here."""
        if self._folder is None:
            return None
        try:
            with (self._folder / f"{inputs}{_ENDING}").open("rb") as file:
                found = _Reader(file).load()
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError):
            return None
        return found if isinstance(found, Share) else None

    def put(self, inputs: str, share: Share) -> None:
        """Keep what was made from some inputs."""
        if self._folder is None:
            return
        kept = io.BytesIO()
        pickle.Pickler(kept, pickle.HIGHEST_PROTOCOL).dump(_lean(share))
        with suppress(OSError):
            put_whole(self._folder / f"{inputs}{_ENDING}", kept.getvalue())

    def clear(self, wanted: Collection[str]) -> None:
        """Forget what was made from any other inputs."""
        if self._folder is None or not self._folder.is_dir():
            return
        for file in self._folder.glob(f"*{_ENDING}"):
            if file.name.removesuffix(_ENDING) not in wanted:
                with suppress(OSError):
                    file.unlink()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if "." not in name and (module.startswith(_ROOMS) or (module, name) in _OTHERS):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a share")


def _lean(share: Share) -> Share:
    blocks = {
        language: tuple(_without_entry(one) for one in blocks)
        for language, blocks in share.blocks.by_language.items()
    }
    return replace(share, blocks=replace(share.blocks, by_language=blocks))


def _without_entry(one: EntryBlock) -> EntryBlock:
    starts = one.entry.starts
    if isinstance(starts, dt.datetime):
        starts = starts.astimezone(dt.UTC)
    # What is asked of the entry beyond its gist raises `NotKept`.
    gist = cast("Entry", Gist(one.entry.uid, starts, one.entry.status))
    plain = Block(gist, one.plain.spans, one.plain.data)
    ringing = plain if one.ringing is one.plain else Block(gist, plain.spans, one.ringing.data)
    return replace(one, plain=plain, ringing=ringing)
