"""What the last publication was made from, so that the next one makes only what differs."""

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

_FORM = 2
# The size of a file and when it was written, in nanoseconds. As text, of which many thousand cost
# the garbage collector nothing.
Mark = str


@dataclass(frozen=True, slots=True)
class Portion:
    """Files that were made together: from what, and until when they hold.

    `inputs` is a digest of all that they depend on but the day; on each of the `turns`, sorted,
    their content may change by itself, and they hold on days with as many turns before them.
    """

    inputs: str
    files: tuple[str, ...]
    turns: tuple[dt.date, ...] = ()
    made_on: dt.date = dt.date.min

    def holds(self, inputs: str, today: dt.date) -> bool:
        """Tell whether the same would be made from these inputs on a day."""
        return self.inputs == inputs and bisect_left(self.turns, today) == bisect_left(
            self.turns, self.made_on
        )


@dataclass(frozen=True, slots=True)
class State:
    """The portions of a publication by name, and the mark of each of its files.

    `record` is the digest of the publication's own record: of another publication it tells nothing.
    """

    record: str = ""
    portions: Mapping[str, Portion] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)


def read_state(file: Path, record: str) -> State:
    """Return what a file tells of the publication with a record; nothing where it does not."""
    try:
        found = json.loads(file.read_bytes())
        if (found["form"], found["record"]) != (_FORM, record):
            return State(record)
        return State(
            record,
            {name: _portion(*parts) for name, parts in found["portions"].items()},
            _marks(found["marks"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return State(record)


def state_bytes(state: State) -> bytes:
    """Return the state as it is stored."""
    portions = {
        name: (one.inputs, one.files, [str(day) for day in one.turns], str(one.made_on))
        for name, one in state.portions.items()
    }
    document = {
        "form": _FORM,
        "record": state.record,
        "portions": portions,
        "marks": state.marks,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def _marks(found: Mapping[str, object]) -> Mapping[str, Mark]:
    if not {*map(type, found.values())} <= {str}:
        raise TypeError
    return cast("Mapping[str, Mark]", found)


def _portion(inputs: str, files: list[str], turns: list[str], made_on: str) -> Portion:
    days = tuple(map(dt.date.fromisoformat, turns))
    return Portion(str(inputs), tuple(map(str, files)), days, dt.date.fromisoformat(made_on))
