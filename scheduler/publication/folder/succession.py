"""From the published files of before to those of now, so that nobody finds a mixture.

A whole new tree is built beside the folder and exchanged with it in one step. Where that cannot
be, the new files are gathered inside the folder, declared valid in one step, and then put in
their places one by one; whoever dies on the way is finished by the next.
"""

import os
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Thread

from scheduler.publication.folder.apart import Apart, note_apart, parted, read_apart
from scheduler.publication.folder.exchange import exchange
from scheduler.publication.folder.gathering import GATHERED, declare, take_places
from scheduler.publication.folder.looking import SECOND, TICK, Seen
from scheduler.publication.folder.manifest import MANIFEST, NEXT
from scheduler.publication.folder.staging import OURS_ALONE
from scheduler.publication.folder.trees import (
    NotExchangeable,
    bring_news,
    carry_along,
    not_exchangeable,
    retire,
)
from scheduler.publication.folder.turns import Turn

_WAITING = ".interim-waiting"  # new files in another tree, before its record names them
_LOOKED_AT = ".interim-looked-at"  # in a spare tree: nobody else has news in it
_WORTH_A_WAIT = 1 << 20  # octets of a record: to list so many files takes longer than a tick


def recover(out: Path) -> None:
    """Finish what was declared valid, and remove what was not; raises `OSError`."""
    if _beside(out).is_dir():
        with suppress(OSError):
            retire(_beside(out), out)
    if (out / GATHERED).is_dir():
        shutil.rmtree(out / GATHERED)
    if (out / NEXT).is_dir():
        take_places(out)


class Succession:
    """New files that wait for their places in a folder, and how they take them at once.

    A tree that leaves is kept as `spare`, where one is named and lies on the same disk: the next
    one is made from it, by changing only what differs.
    """

    def __init__(self, turn: Turn, out: Path, spare: Path | None = None) -> None:
        self._turn, self._out, self._spare = turn, out, spare
        self._place: Path | None = None
        self._renewing: Thread | None = None
        self._seen = Seen()

    @property
    def place(self) -> Path:
        """The folder in which new files wait, made when it is needed; raises `OSError`."""
        if self._place is None:
            self._place = self._within_spare() or self._within_new() or self._within_out()
        return self._place

    def finish(self, record: bytes, changed: Collection[str], removed: Collection[str]) -> None:
        """Publish the files that wait, whose paths are `changed`, with a new record.

        What stands in the folder stays, apart from these and the paths that are `removed`.
        Raises `OSError`, and then everything stands as before.
        """
        if self.place.name == _WAITING:
            try:
                self._exchange(record, changed, removed)
            except NotExchangeable:
                self._gather(changed)
            else:
                return
        declare(self._out, record)
        self._place = None
        take_places(self._out)

    def clear(self) -> None:
        """Remove the files that wait; raises `OSError`."""
        if self._place is not None:
            shutil.rmtree(self._place)
            self._place.mkdir()

    def abandon(self) -> None:
        """Remove the files that wait, and where they did."""
        self._await_renewal()
        if self._place is not None:
            beside = self._place.parent == _beside(self._out)
            shutil.rmtree(self._place.parent if beside else self._place, ignore_errors=True)

    def _within_spare(self) -> Path | None:
        """Return where files wait in the spare tree, None where it cannot be used."""
        spare = self._spare
        if spare is None or _is_stood_in(self._out):
            return None
        try:
            # Of nobody else: it holds what was published before, too.
            spare.parent.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
            spare.mkdir(exist_ok=True)
            if not _is_on_one_disk(self._out, spare):
                spare.rmdir()
                return None
            if not (spare / _LOOKED_AT).exists():
                bring_news(spare, self._out)  # where one died between two trees
            apart = read_apart(spare / _LOOKED_AT)
            (spare / _LOOKED_AT).write_bytes(b"")
            shutil.rmtree(spare / _WAITING, ignore_errors=True)
            self._turn.hold(spare)
            (spare / _WAITING).mkdir()
        except OSError:
            return None
        # Meanwhile, for to let go of large files takes a while, and files are made for longer.
        self._renewing = Thread(target=_renew, args=(self._out, spare, self._seen, apart))
        self._renewing.start()
        return spare / _WAITING

    def _await_renewal(self) -> None:
        if self._renewing is not None:
            self._renewing.join()
            self._renewing = None

    def _within_new(self) -> Path | None:
        """Return where files wait in a new tree beside the folder, None where none can be."""
        if _is_stood_in(self._out):
            return None
        new = _beside(self._out)
        try:
            new.mkdir()
        except OSError:
            return None
        try:
            self._turn.hold(new)
            if _is_on_one_disk(self._out, new):
                (new / _WAITING).mkdir()
                return new / _WAITING
        except OSError:
            pass
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        shutil.rmtree(new, ignore_errors=True)
        return None

    def _within_out(self) -> Path:
        gathered = self._out / GATHERED
        gathered.mkdir()
        return gathered

    def _exchange(self, record: bytes, changed: Collection[str], removed: Collection[str]) -> None:
        new = self.place.parent
        self._await_renewal()
        # The record first: what a tree holds is ours from the first file on.
        (new / MANIFEST).unlink(missing_ok=True)
        (new / MANIFEST).write_bytes(record)
        _spread(self.place, new)
        with not_exchangeable():
            carry_along(self._out, new, changed, removed, self._seen)
            (new / _LOOKED_AT).unlink(missing_ok=True)
            if len(record) > _WORTH_A_WAIT:
                time.sleep(TICK / SECOND)
            apart = parted(self._seen, new, {*changed, *removed})
            exchange(new, self._out)
        self._place = None
        with suppress(OSError):  # the next publication tries again
            if new == self._spare:
                bring_news(new, self._out, {*changed, *removed}, self._seen)
                note_apart(new / _LOOKED_AT, apart)
            else:
                retire(new, self._out)

    def _gather(self, changed: Collection[str]) -> None:
        """Bring the new files from a tree that took no place into the folder itself."""
        new, gathered = self.place.parent, self._out / GATHERED
        gathered.mkdir()
        self._place = gathered
        for path in changed:
            (gathered / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(new / path, gathered / path)
        shutil.rmtree(new)


def _renew(out: Path, spare: Path, seen: Seen, apart: Apart) -> None:
    """Make a spare tree the same as what stands; what fails here is tried again in the end."""
    with suppress(OSError, NotExchangeable):
        carry_along(out, spare, (), seen=seen, apart=apart)


def _spread(waiting: Path, new: Path) -> None:
    for folder, _, files in os.walk(waiting):
        place = new / Path(folder).relative_to(waiting)
        place.mkdir(exist_ok=True)
        for name in files:
            # Where a file of before goes first: to rename over it makes some disks write at once.
            (place / name).unlink(missing_ok=True)
            (Path(folder) / name).rename(place / name)
    shutil.rmtree(waiting)


def _is_on_one_disk(out: Path, new: Path) -> bool:
    return new.stat().st_dev == out.stat().st_dev


def _beside(out: Path) -> Path:
    return out.with_name(f".{out.name}.interim-next")


def _is_stood_in(out: Path) -> bool:
    """Tell whether whoever publishes stands in the folder, and would be left in the old one."""
    try:
        return Path.cwd().is_relative_to(out)
    except OSError:
        return False
