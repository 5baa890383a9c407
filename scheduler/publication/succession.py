"""From the published files of before to those of now, so that nobody finds a mixture.

A whole new tree is built beside the folder and exchanged with it in one step. Where that cannot
be, the new files are gathered inside the folder, declared valid in one step, and then put in
their places one by one; whoever dies on the way is finished by the next.
"""

import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from scheduler.publication.exchange import exchange
from scheduler.publication.gathering import GATHERED, gather, take_places
from scheduler.publication.manifest import NEXT
from scheduler.publication.trees import NotExchangeable, carry_along, not_exchangeable, retire
from scheduler.publication.turns import Turn

Fill = Callable[[Path], None]


def recover(out: Path) -> None:
    """Finish what was declared valid, and remove what was not; raises `OSError`."""
    if _beside(out).is_dir():
        with suppress(OSError):
            retire(_beside(out), out)
    if (out / GATHERED).is_dir():
        shutil.rmtree(out / GATHERED)
    if (out / NEXT).is_dir():
        take_places(out)


def succeed(turn: Turn, out: Path, fill: Fill, replaced: Collection[str]) -> None:
    """Publish into `out` what `fill` writes into the folder that it is given, a record with it.

    What stands in `out` stays, apart from the paths that are `replaced`: those that were written
    anew and those that go. Raises `OSError`, and then everything stands as before.
    """
    try:
        _exchange_trees(turn, out, fill, replaced)
    except NotExchangeable:
        gather(out, fill)
        take_places(out)


def _exchange_trees(turn: Turn, out: Path, fill: Fill, replaced: Collection[str]) -> None:
    if _is_stood_in(out):
        raise NotExchangeable
    new = _beside(out)
    with not_exchangeable():
        new.mkdir()
    try:
        with not_exchangeable():
            turn.hold(new)
        _refuse_another_disk(out, new)
        fill(new)
        with not_exchangeable():
            carry_along(out, new, replaced)
            exchange(new, out)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    with suppress(OSError):  # the next publication tries again
        retire(new, out)


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
