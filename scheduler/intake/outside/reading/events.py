"""What the child process says of a calendar, as it crosses over: checked, and never much."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_EVENTS = 5_000
LONGEST_TITLE = 200


class FoundEvent(BaseModel):
    """An event that takes time, in UTC."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(max_length=LONGEST_TITLE)]
    start: AwareDatetime
    end: AwareDatetime


class Expanded(BaseModel):
    """The events of some days; how many were left out because they recur too often, how many
    lie beyond the most that are told, and how many have an hour without a zone.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: Annotated[list[FoundEvent], Field(max_length=MOST_EVENTS)]
    left_out: int = 0
    beyond: int = 0
    floating: int = 0


class Said(BaseModel):
    """What the child process writes: the events of a calendar, or why there are none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    expanded: Expanded | None = None
    fault: Annotated[str, Field(max_length=1000)] = ""


class Asked(BaseModel):
    """The head of what the child process is given: how much it may take, and what it is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zone: str
    first: date
    last: date
    octets: int
    cpu_seconds: int
    memory: int
