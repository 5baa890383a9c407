"""What the last publication was made from, so that the next one makes only what differs."""

import datetime as dt
import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.publication.folder.manifest import digest

_FORM = 3


@dataclass(frozen=True, slots=True)
class Portion:
    """Files that were made together: from what, and until when they hold.

    `inputs` is a digest of all that they depend on but the day; on each of the `turns`, sorted,
    their content may change by itself, and they hold on days with as many turns before them.
    `mark` is that of the files as they were published, empty where nobody has looked yet.
    """

    inputs: str
    files: tuple[str, ...]
    turns: tuple[dt.date, ...] = ()
    made_on: dt.date = dt.date.min
    mark: str = ""

    def holds(self, inputs: str, today: dt.date) -> bool:
        """Tell whether the same would be made from these inputs on a day."""
        return self.inputs == inputs and bisect_left(self.turns, today) == bisect_left(
            self.turns, self.made_on
        )


@dataclass(frozen=True, slots=True)
class State:
    """The portions of a publication by name.

    `record` is the digest of the publication's own record: of another publication it tells nothing.
    """

    record: str = ""
    portions: Mapping[str, Portion] = field(default_factory=dict)


def read_state(file: Path, record: str) -> State:
    """Return what a file tells of the publication with a record; nothing where it does not."""
    try:
        found = json.loads(file.read_bytes())
        if (found["form"], found["record"]) != (_FORM, record):
            return State(record)
        return State(
            record,
            {name: _portion(*parts) for name, parts in found["portions"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return State(record)


def state_bytes(state: State) -> bytes:
    """Return the state as it is stored."""
    portions = {
        name: (one.inputs, one.files, [*map(str, one.turns)], str(one.made_on), one.mark)
        for name, one in state.portions.items()
    }
    document = {
        "form": _FORM,
        "record": state.record,
        "portions": portions,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def mark_of(files: Iterable[str], folder: str) -> str | None:
    """Return a digest of the size of each file and of when it was written.

    None where one of them is not there.
    """
    try:
        # Asked for every file of a site, and half the time of Path.stat.
        found = [os.stat(f"{folder}/{path}") for path in files]  # noqa: PTH116
    except OSError:
        return None
    return digest(repr([(one.st_size, one.st_mtime_ns) for one in found]).encode())


def _portion(inputs: str, files: list[str], turns: list[str], made_on: str, mark: str) -> Portion:
    days, made = tuple(map(dt.date.fromisoformat, turns)), dt.date.fromisoformat(made_on)
    return Portion(str(inputs), tuple(map(str, files)), days, made, str(mark))
