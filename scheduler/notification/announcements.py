"""The announcement of a group's meetings to a list: what is told, and whether it still holds."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.model.attendee import MailingList
from scheduler.model.letter import CALLED_OFF, Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.notification.invitations import begins, may_have_arrived
from scheduler.notification.standing import Withdrawal
from scheduler.planning.calls import over_at, takes_place
from scheduler.planning.comparison import stands
from scheduler.wording.languages import LANGUAGES

ANNOUNCEMENT = "announcement"
_KEY_LENGTH = 40
# Of these, nobody knows yet whether they will reach the list.
_ON_ITS_WAY = (
    LetterState.QUEUED,
    LetterState.SENDING,
    LetterState.AMBIGUOUS,
    LetterState.HELD,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a list was told of, or may have been: meetings as they stood, by UID, and the UIDs of
    deadlines that held.
    """

    meetings: Mapping[str, Meeting]
    deadlines: frozenset[str]


def known_from(earlier: Iterable[Letter], plan_at: Callable[[Instant], Plan | None]) -> Known:
    """Return what a list knows from earlier letters, the oldest first.

    `plan_at` returns the plan that stood at an instant.
    """
    meetings: dict[str, Meeting] = {}
    deadlines: set[str] = set()
    for letter in filter(may_have_arrived, earlier):
        plan = plan_at(letter.due)
        for meeting in announced(letter, plan) if plan else ():
            meetings[meeting.uid] = meeting
            deadlines.update(own.uid for own in meeting.deadlines if stands(own, meeting))
    return Known(meetings, frozenset(deadlines))


def meetings_ahead(plan: Plan, told: Collection[str], now: Instant) -> tuple[Meeting, ...]:
    """Return the meetings that are not over and take place, or were told, in the plan's order."""
    return tuple(
        one for one in plan.meetings if (takes_place(one) or one.uid in told) and over_at(one) > now
    )


def letters_of(letters: Iterable[Letter], mailing_list: MailingList) -> tuple[Letter, ...]:
    """Return the announcements to a list among some letters, the oldest first."""
    theirs = (one for one in letters if one.kind == ANNOUNCEMENT)
    ours = (one for one in theirs if one.subscription == mailing_list.id)
    return tuple(sorted(ours, key=lambda one: one.due))


def told_of(earlier: Iterable[Letter]) -> frozenset[str]:
    """Return the UIDs of the meetings that a list was told of, or may have been."""
    return frozenset(uid for one in earlier if may_have_arrived(one) for uid in one.subjects)


def announcement(
    plan: Plan,
    mailing_list: MailingList,
    earlier: Sequence[Letter],
    number: int,
    now: Instant,
    domain: str,
) -> Letter | None:
    """Return the letter that tells a list of the meetings to come, None where there are none.

    What it was told of in `earlier` letters, and does not take place now, is in it too. Another
    `number` makes another key of the same meetings. `domain` is the right side of the Message-ID.
    """
    ahead = meetings_ahead(plan, told_of(earlier), now)
    if not ahead:
        return None
    key = _key(ahead, mailing_list, number)
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


def told_already(
    plan: Plan, mailing_list: MailingList, earlier: Sequence[Letter], now: Instant
) -> Letter | None:
    """Return the letter by which a list knows, or will know, what it would be told; or None.

    Only the newest of the `earlier` letters that may have arrived says what it knows, so that what
    is changed, told, and changed back is told again. A letter that did not go is no telling,
    unless a person called it off.
    """
    ahead = meetings_ahead(plan, told_of(earlier), now)
    last = max((one.due for one in earlier if may_have_arrived(one)), default=None)
    newest = (one for one in reversed(earlier) if last is None or one.due >= last)
    saying = (one for one in newest if _says(one, ahead, mailing_list, len(earlier)))
    return next((one for one in saying if may_have_arrived(one) or not _came_to_nothing(one)), None)


def waiting_in(
    mailing_list: MailingList, earlier: Sequence[Letter], plan: Plan, now: Instant
) -> Letter | None:
    """Return a letter that will go to a list in its language, or may have gone so; or None."""
    listening = replace(mailing_list, left=None)
    return next(
        (
            one
            for one in earlier
            if one.state in _ON_ITS_WAY
            and outdated(one, listening, plan, len(earlier), now) is None
        ),
        None,
    )


def outdated(
    letter: Letter,
    mailing_list: MailingList | None,
    plan: Plan | None,
    letters: int,
    now: Instant,
) -> Withdrawal | None:
    """Return why an announcement must not be sent at `now`, or None where it may.

    `mailing_list` is the one it was queued for, `plan` the group's current one, None where there
    is none any more; `letters` counts the announcements that were queued for the list.
    """
    if mailing_list is None or mailing_list.left is not None:
        return Withdrawal(LetterState.CANCELLED, "the list asked for no more since it was queued")
    meetings = announced(letter, plan) if plan else ()
    if not _says(letter, meetings, mailing_list, letters):
        spoken = (replace(mailing_list, language=one) for one in LANGUAGES)
        holds = any(_says(letter, meetings, one, letters) for one in spoken)
        reason = "changed since it was queued"
        if holds:
            reason = "the list is written to in another language since it was queued"
        return Withdrawal(LetterState.CANCELLED, reason)
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None


def announced(letter: Letter, plan: Plan) -> tuple[Meeting, ...]:
    """Return the meetings that a letter announces as they stand in a plan, where they do."""
    return tuple(meeting for meeting in plan.meetings if meeting.uid in letter.subjects)


def _came_to_nothing(letter: Letter) -> bool:
    """Tell whether a letter that did not arrive was let be by no person's wish."""
    cancelled = letter.state is LetterState.CANCELLED and letter.last_error != CALLED_OFF
    return cancelled or letter.state is LetterState.SKIPPED


def _says(
    letter: Letter, meetings: Sequence[Meeting], mailing_list: MailingList, letters: int
) -> bool:
    """Tell whether a letter says of some meetings what holds, in the language of its list."""
    # One above their number: the first to who was forgotten and is announced to again has it.
    numbers = range(letters + 2)
    return any(letter.key == _key(meetings, mailing_list, number) for number in numbers)


def _key(meetings: Iterable[Meeting], mailing_list: MailingList, number: int) -> str:
    """Return a digest of what is told to whom after so many letters, which shows no address."""
    to = (ANNOUNCEMENT, mailing_list.address, mailing_list.group, mailing_list.language)
    said = (one for meeting in meetings for one in _said(meeting))
    parts = (*to, *said, *((mailing_list.id, number) if number else ()))
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:_KEY_LENGTH]


def _said(meeting: Meeting) -> Iterable[object]:
    yield from (meeting.uid, meeting.stamp.sequence if meeting.stamp else 0, begins(meeting))
    yield from (meeting.status, meeting.mode, meeting.place, meeting.link, *meeting.topics)
    for deadline in meeting.deadlines:
        yield from (deadline.uid, settled(deadline.moment), deadline.withdrawn)
