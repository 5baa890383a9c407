"""From the published files of before to those of now, so that nobody finds a mixture.

A whole new tree is built beside the folder and exchanged with it in one step. Where that cannot
be, the new files are gathered inside the folder, declared valid in one step, and then put in
their places one by one; whoever dies on the way is finished by the next.
"""

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from scheduler.publication.exchange import exchange
from scheduler.publication.gathering import GATHERED, declare, take_places
from scheduler.publication.manifest import MANIFEST, NEXT
from scheduler.publication.trees import NotExchangeable, carry_along, not_exchangeable, retire
from scheduler.publication.turns import Turn

_WAITING = ".interim-waiting"  # new files in the tree beside, before its record names them


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
    """New files that wait for their places in a folder, and how they take them at once."""

    def __init__(self, turn: Turn, out: Path) -> None:
        self._turn, self._out = turn, out
        self._place: Path | None = None

    @property
    def place(self) -> Path:
        """The folder in which new files wait, made when it is needed; raises `OSError`."""
        if self._place is None:
            try:
                self._place = self._make_tree()
            except NotExchangeable:
                self._place = self._out / GATHERED
                self._place.mkdir()
        return self._place

    def finish(self, record: bytes, changed: Collection[str], removed: Collection[str]) -> None:
        """Publish the files that wait, whose paths are `changed`, with a new record.

        What stands in the folder stays, apart from these and the paths that are `removed`.
        Raises `OSError`, and then everything stands as before.
        """
        if self.place.name == _WAITING:
            try:
                self._exchange(record, {*changed, *removed})
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
        if self._place is not None:
            mine = self._place.parent if self._place.name == _WAITING else self._place
            shutil.rmtree(mine, ignore_errors=True)

    def _make_tree(self) -> Path:
        if _is_stood_in(self._out):
            raise NotExchangeable
        new = _beside(self._out)
        with not_exchangeable():
            new.mkdir()
        try:
            with not_exchangeable():
                self._turn.hold(new)
            _refuse_another_disk(self._out, new)
            (new / _WAITING).mkdir()
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        return new / _WAITING

    def _exchange(self, record: bytes, replaced: Collection[str]) -> None:
        new = self.place.parent
        # The record first: what a tree holds is ours from the first file on.
        (new / MANIFEST).write_bytes(record)
        _spread(self.place, new)
        with not_exchangeable():
            carry_along(self._out, new, replaced)
            exchange(new, self._out)
        self._place = None
        with suppress(OSError):  # the next publication tries again
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


def _spread(waiting: Path, new: Path) -> None:
    for folder, _, files in os.walk(waiting):
        place = new / Path(folder).relative_to(waiting)
        place.mkdir(exist_ok=True)
        for name in files:
            (Path(folder) / name).rename(place / name)
    shutil.rmtree(waiting)


def _refuse_another_disk(out: Path, new: Path) -> None:
    if new.stat().st_dev != out.stat().st_dev:
        raise NotExchangeable


def _beside(out: Path) -> Path:
    return out.with_name(f".{out.name}.interim-next")


def _is_stood_in(out: Path) -> bool:
    """Tell whether whoever publishes stands in the folder, and would be left in the old one."""
    try:
        return Path.cwd().is_relative_to(out)
    except OSError:
        return False
