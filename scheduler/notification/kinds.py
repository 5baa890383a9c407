"""The kinds of letters there are, and what holds for each."""

from dataclasses import dataclass

from scheduler.notification.digests import DIGEST
from scheduler.notification.due import DEADLINE_REMINDER, MEETING_REMINDER, OVERDUE_REMINDER
from scheduler.notification.letters.confirmations import CONFIRMATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of letter; one that is not `braked` neither waits nor counts, however many there are.

    A cancellation, or a move of the same day, is to be such a kind.
    """

    name: str
    braked: bool


KINDS = (
    Kind(name=DEADLINE_REMINDER, braked=True),
    Kind(name=MEETING_REMINDER, braked=True),
    Kind(name=OVERDUE_REMINDER, braked=True),
    # It is what the brakes put letters into, and there is one a day.
    Kind(name=DIGEST, braked=False),
    # The person waits for it, and the form has limits of its own.
    Kind(name=CONFIRMATION, braked=False),
)
UNBRAKED = frozenset(kind.name for kind in KINDS if not kind.braked)
