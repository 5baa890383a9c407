"""People of an entry that is sent from one to another: who organizes it, and who is asked."""

from dataclasses import dataclass
from enum import StrEnum


class PartStat(StrEnum):
    """What somebody who is asked to an event has answered (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Who sends an entry, and takes what is answered (RFC 5545, 3.8.4.3).

    `address` is one plain mail address, `name` what readers show in its place.
    """

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Who is asked to come (RFC 5545, 3.8.4.1), at one plain mail address.

    `rsvp` says whether the organizer takes an answer, None where nothing is said of that; `answer`
    is what is known of it.
    """

    address: str
    rsvp: bool | None = False
    answer: PartStat = PartStat.NEEDS_ACTION
