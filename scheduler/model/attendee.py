"""Who is invited to a meeting, and which lists a group's meetings are announced to."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant


class Attendance(StrEnum):
    """Whether somebody is still invited; `uninvited` by the secretariat, or `left` themselves."""

    INVITED = "invited"
    UNINVITED = "uninvited"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person's invitation to one meeting, in their zone and language.

    `address` is one mail address, already parsed, `meeting` the UID; `invited` is when they were
    asked last. `told` is what the newest letter to them says, as a digest, and `letter` its key;
    `letters` counts those that were queued. `ahead` is by how much the SEQUENCE of their letters
    is above the feed's: once for each time that they were uninvited (RFC 5546, 3.2.5).
    `member` says that they see what only members do; `id` is set by the store.
    """

    address: str
    group: str
    meeting: str
    zone: str
    language: str
    invited: Instant
    member: bool = True
    attendance: Attendance = Attendance.INVITED
    ahead: int = 0
    told: str = ""
    letter: str = ""
    letters: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """A list that a group's meetings are announced to, since `since`, in its language.

    `left` is when somebody asked on its behalf for no more, None while it is written to; `id` is
    set by the store.
    """

    address: str
    group: str
    language: str
    since: Instant
    left: Instant | None = None
    id: int = 0
