"""Who is invited to a meeting, and which lists a group's meetings are announced to."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant


class Attendance(StrEnum):
    """Whether somebody is still invited; `uninvited` by the secretariat, or `left` themselves."""

    INVITED = "invited"
    UNINVITED = "uninvited"
    LEFT = "left"


class Participation(StrEnum):
    """What somebody answered to an invitation (PARTSTAT of RFC 5545, 3.2.12)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, `at` which instant, and to which SEQUENCE of what was sent."""

    participation: Participation
    at: Instant
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The time that somebody is asked to come at: by letters of a `sequence` or a higher one.

    `at` is when the first of those letters was queued, `starts` and `ends` are of the meeting.
    """

    sequence: int
    at: Instant
    starts: Instant
    ends: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """One person's invitation to one meeting, in their zone and language.

    `address` is one mail address, already parsed, `meeting` the UID; `invited` is when they were
    asked last. `told` is what the newest letter to them says, as a digest, and `letter` its key;
    `letters` counts those that were queued. `ahead` is by how much the SEQUENCE of their letters
    is above the feed's: by one for each time that they were uninvited, and for each that they were
    invited again after it (RFC 5546, 3.2.5).
    `asked` is the time that these letters ask for, None before the first and once the meeting is
    called off; `answer` is the newest that came, to this time or to an earlier one. `member` says
    that they see what only members do; `id` is set by the store.
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
    asked: Asked | None = None
    answer: Answer | None = None
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
