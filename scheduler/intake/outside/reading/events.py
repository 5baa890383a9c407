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


class Days(BaseModel):
    """What is asked of one calendar: its events between two days of a zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zone: str
    first: date
    last: date
