"""The announcement of a group's meetings to a list: what is told, and whether it still holds."""

import hashlib
from collections.abc import Collection, Iterable

from scheduler.model.attendee import MailingList
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.notification.invitations import begins, may_have_arrived
from scheduler.notification.standing import Withdrawal
from scheduler.planning.calls import over_at, takes_place

ANNOUNCEMENT = "announcement"
_KEY_LENGTH = 40


def meetings_ahead(plan: Plan, told: Collection[str], now: Instant) -> tuple[Meeting, ...]:
    """Return the meetings that are not over and take place, or were told, in the plan's order."""
    return tuple(
        one for one in plan.meetings if (takes_place(one) or one.uid in told) and over_at(one) > now
    )


def told_of(letters: Iterable[Letter], mailing_list: MailingList) -> frozenset[str]:
    """Return the UIDs of the meetings that a list was told of, or may have been."""
    return frozenset(
        uid
        for letter in letters
        if letter.kind == ANNOUNCEMENT and letter.subscription == mailing_list.id
        if may_have_arrived(letter)
        for uid in letter.subjects
    )


def announcement(
    plan: Plan, mailing_list: MailingList, told: Collection[str], now: Instant, domain: str
) -> Letter | None:
    """Return the letter that tells a list of the meetings to come, None where there are none.

    What it was `told` of before, by UID, and does not take place now, is in it too. The same
    meetings make the same key, and are told a list once. `domain` is the right side of the
    Message-ID.
    """
    ahead = meetings_ahead(plan, told, now)
    if not ahead:
        return None
    key = _key(ahead, mailing_list)
    return Letter(
        key=key,
        kind=ANNOUNCEMENT,
        recipient=mailing_list.address,
        subscription=mailing_list.id,
        group=mailing_list.group,
        subjects=tuple(meeting.uid for meeting in ahead),
        told=tuple(map(begins, ahead)),
        message_id=f"<{key}@{domain}>",
        due=now,
        not_after=max(map(over_at, ahead)),
    )


def outdated(
    letter: Letter, mailing_list: MailingList | None, plan: Plan | None, now: Instant
) -> Withdrawal | None:
    """Return why an announcement must not be sent at `now`, or None where it may.

    `mailing_list` is the one it was queued for, `plan` the group's current one, None where there
    is none any more.
    """
    if mailing_list is None or mailing_list.left is not None:
        return Withdrawal(LetterState.CANCELLED, "the list asked for no more since it was queued")
    if plan is None or _key(announced(letter, plan), mailing_list) != letter.key:
        return Withdrawal(LetterState.CANCELLED, "changed since it was queued")
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None


def announced(letter: Letter, plan: Plan) -> tuple[Meeting, ...]:
    """Return the meetings that a letter announces as they stand in a plan, where they do."""
    return tuple(meeting for meeting in plan.meetings if meeting.uid in letter.subjects)


def _key(meetings: Iterable[Meeting], mailing_list: MailingList) -> str:
    """Return a digest of what is told to whom, which shows no address."""
    to = (ANNOUNCEMENT, mailing_list.address, mailing_list.group, mailing_list.language)
    parts = (*to, *(said for meeting in meetings for said in _said(meeting)))
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:_KEY_LENGTH]


def _said(meeting: Meeting) -> Iterable[object]:
    yield from (meeting.uid, meeting.stamp.sequence if meeting.stamp else 0, begins(meeting))
    yield from (meeting.status, meeting.mode, meeting.place, meeting.link, *meeting.topics)
    for deadline in meeting.deadlines:
        yield from (deadline.uid, settled(deadline.moment), deadline.withdrawn)
