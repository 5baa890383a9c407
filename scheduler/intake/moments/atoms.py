"""What the readers leave behind before years are settled and times joined."""

from typing import NamedTuple

from scheduler.intake.moments.figures import DatePart
from scheduler.intake.moments.found import (
    OffsetFound,
    PeriodFound,
    RejectedFound,
    TimeFound,
    ZoneFound,
)

What = DatePart | PeriodFound | TimeFound | ZoneFound | OffsetFound | RejectedFound


class Atom(NamedTuple):
    """One thing that was read, from token `begin` to token `stop` (exclusive)."""

    begin: int
    stop: int
    what: What
