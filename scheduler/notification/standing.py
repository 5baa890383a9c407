"""Which deadlines people may be told of, and whether a letter still tells the truth."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.deadline import Deadline
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant, settled
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription

_STANDING = (Status.TENTATIVE, Status.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDeadline:
    """A deadline of a meeting that stands, and its instant."""

    deadline: Deadline
    meeting: Meeting
    instant: Instant


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a letter is not sent after all, and the state that leaves it in."""

    state: LetterState
    reason: str


def standing_deadlines(plan: Plan) -> Iterator[StandingDeadline]:
    """Yield the settled deadlines that hold, of the meetings that take place as planned."""
    for meeting in plan.meetings:
        if meeting.status not in _STANDING:
            continue
        for deadline in meeting.deadlines:
            instant = settled(deadline.moment)
            if instant is not None and not deadline.withdrawn:
                yield StandingDeadline(deadline=deadline, meeting=meeting, instant=instant)


def still_stands(letter: Letter, plan: Plan) -> bool:
    """Tell whether each of the letter's subjects stands at the instant the letter tells."""
    now_standing = {found.deadline.uid: found.instant for found in standing_deadlines(plan)}
    return all(
        now_standing.get(uid) == instant
        for uid, instant in zip(letter.subjects, letter.told, strict=True)
    )


def withdrawal(
    letter: Letter, plan: Plan | None, subscription: Subscription | None, now: Instant
) -> Withdrawal | None:
    """Return why a letter must not be sent at `now`, or None where it may.

    `plan` is the group's current plan and `subscription` the one the letter was queued for, each
    None where there is none any more.
    """
    if subscription is None or subscription.address != letter.recipient:
        return Withdrawal(LetterState.CANCELLED, "unsubscribed since it was queued")
    if plan is None or not still_stands(letter, plan):
        return Withdrawal(LetterState.CANCELLED, "moved or cancelled since it was queued")
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None
