"""The kinds of letters there are, and what holds for each."""

from dataclasses import dataclass

from scheduler.notification.announcements import ANNOUNCEMENT
from scheduler.notification.answers import ANSWER_REMINDER
from scheduler.notification.digests import DIGEST
from scheduler.notification.due import DEADLINE_REMINDER, MEETING_REMINDER, OVERDUE_REMINDER
from scheduler.notification.invitations import (
    INVITATION,
    INVITATION_CANCEL,
    INVITATION_UPDATE,
    INVITATION_UPDATE_NEAR,
)
from scheduler.notification.letters.confirmations import CONFIRMATION
from scheduler.notification.telling import CHANGE, URGENT_CHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of letter; one that is not `braked` neither waits nor counts, whatever its number."""

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
    Kind(name=INVITATION, braked=True),
    Kind(name=INVITATION_UPDATE, braked=True),
    # Whoever is told tomorrow has come for nothing today.
    Kind(name=INVITATION_UPDATE_NEAR, braked=False),
    Kind(name=INVITATION_CANCEL, braked=False),
    Kind(name=ANSWER_REMINDER, braked=True),
    Kind(name=ANNOUNCEMENT, braked=True),
    Kind(name=CHANGE, braked=True),
    # A cancellation, or a move of the same day.
    Kind(name=URGENT_CHANGE, braked=False),
)
UNBRAKED = frozenset(kind.name for kind in KINDS if not kind.braked)
URGENT = frozenset({URGENT_CHANGE, INVITATION_UPDATE_NEAR, INVITATION_CANCEL})
"""Of these, those that tell what somebody changed and others would come for in vain."""
