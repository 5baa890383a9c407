"""A queued letter in the light of the present: why it is not sent after all, or its message."""

from collections.abc import Mapping
from dataclasses import replace

from scheduler.actions.mail.announcing import ANNOUNCING
from scheduler.actions.mail.changing import CHANGING
from scheduler.actions.mail.confirming import CONFIRMING
from scheduler.actions.mail.digesting import DIGESTING
from scheduler.actions.mail.handling import Handling
from scheduler.actions.mail.inviting import ASKING_AGAIN, INVITING
from scheduler.actions.mail.post import Post
from scheduler.actions.mail.reminding import REMINDING
from scheduler.model.group import Group
from scheduler.model.kept import FORGOTTEN, NOBODY
from scheduler.model.letter import SUPPRESSED, Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.notification.announcements import ANNOUNCEMENT
from scheduler.notification.answers import ANSWER_REMINDER
from scheduler.notification.delivery import Ready
from scheduler.notification.digests import DIGEST
from scheduler.notification.due import REMINDERS
from scheduler.notification.invitations import INVITATION_KINDS
from scheduler.notification.letters.confirmations import CONFIRMATION
from scheduler.notification.standing import Withdrawal
from scheduler.notification.telling import CHANGE, URGENT_CHANGE
from scheduler.store.protocol import Memory

_BY_KIND: Mapping[str, Handling] = {
    **dict.fromkeys(REMINDERS, REMINDING),
    DIGEST: DIGESTING,
    CONFIRMATION: CONFIRMING,
    **dict.fromkeys(INVITATION_KINDS, INVITING),
    ANSWER_REMINDER: ASKING_AGAIN,
    ANNOUNCEMENT: ANNOUNCING,
    CHANGE: CHANGING,
    URGENT_CHANGE: CHANGING,
}


def doubt(
    memory: Memory, letter: Letter, groups: Mapping[str, Group], now: Instant
) -> Withdrawal | None:
    """Return why a letter must not be sent at `now`, or None where it may."""
    if letter.recipient == NOBODY:
        return Withdrawal(LetterState.CANCELLED, FORGOTTEN)
    suppressed = memory.suppression(letter.recipient)
    if suppressed:
        reason = f": {suppressed.reason}" if suppressed.reason else ""
        return Withdrawal(LetterState.CANCELLED, f"{SUPPRESSED}{reason}")
    if letter.kind not in _BY_KIND:
        return Withdrawal(LetterState.HELD, f"unknown kind of letter: {letter.kind}")
    return _BY_KIND[letter.kind].doubt(memory, letter, groups, now)


def prepared(
    memory: Memory, letter: Letter, post: Post, groups: Mapping[str, Group], now: Instant
) -> Ready | Withdrawal:
    """Return the message of a letter that may be sent at `now`, otherwise why it is not."""
    withdrawn = doubt(memory, letter, groups, now)
    if withdrawn:
        return withdrawn
    found = _BY_KIND[letter.kind].write(memory, letter, post, groups, now)
    if isinstance(found, Withdrawal):
        return found
    return replace(found, message=post.sign(found.sender, found.message))
