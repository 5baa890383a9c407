"""What goes to the child process and what comes back from it, both checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scheduler.intake.outside.reading.events import Days, Expanded
from scheduler.intake.outside.reading.replies import FoundMail, Mails


class Asked(BaseModel):
    """The head of what the child process is given: how much it may take, and what it is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: Days | Mails
    octets: int
    cpu_seconds: int
    memory: int


class Said(BaseModel):
    """What the child process writes: the events of a calendar, or what each of several mails
    answers; otherwise why there is neither.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    expanded: Expanded | None = None
    mails: list[FoundMail] | None = None
    fault: Annotated[str, Field(max_length=1000)] = ""
