"""What is kept of one person, and what becomes of it when they are forgotten."""

from dataclasses import dataclass

from scheduler.model.attendee import Attendee, MailingList
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.subscription import Subscription, SubscriptionRequest
from scheduler.model.suppression import Suppression

NOBODY = ""  # the address of whom was forgotten
FORGOTTEN = "its reader was forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter to a person, and when its fate was known."""

    letter: Letter
    settled_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCalendar:
    """A secret address of a person's own calendar: when it was made, and when it ended."""

    made: Instant
    revoked: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSubmission:
    """That a contribution to a group, by its id, was submitted from an address."""

    group: str
    contribution: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that the database keeps under one address, however its letters are written.

    `suppressions` say why no letter goes there, `refusals` how often in a row there was no such
    mailbox; `lists` are those that meetings are announced to at this address, `contributions`
    what was submitted from it.
    """

    subscriptions: tuple[Subscription, ...] = ()
    requests: tuple[SubscriptionRequest, ...] = ()
    letters: tuple[KeptLetter, ...] = ()
    calendars: tuple[KeptCalendar, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    refusals: int = 0
    invitations: tuple[Attendee, ...] = ()
    lists: tuple[MailingList, ...] = ()
    contributions: tuple[KeptSubmission, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return self != Kept()
