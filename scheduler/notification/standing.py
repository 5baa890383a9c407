"""What people may be reminded of, and whether a letter still tells the truth."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.model.deadline import Deadline
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant, WallTime, candidates, settled
from scheduler.model.plan import Plan
from scheduler.model.reminding import MEETING
from scheduler.model.subscription import Subscription

_STANDING = (Status.TENTATIVE, Status.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDeadline:
    """A deadline of a meeting that stands, and its instant."""

    deadline: Deadline
    meeting: Meeting
    instant: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What people are reminded of: a deadline that stands, or the start of such a meeting.

    `kind` is that of the deadline, or `MEETING`; `moment` is its day and hour as agreed,
    `instant` the same in exact terms, and reminders before it are of use `until` then. Of a
    meeting whose hour is not known, these are its day's beginning and its end. `deadline` is None
    for the meeting itself; `sequence` counts how often its entry changed.
    """

    kind: str
    uid: str
    moment: WallTime
    instant: Instant
    until: Instant
    hour_known: bool
    sequence: int
    meeting: Meeting
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a letter is not sent after all, and the state that leaves it in."""

    state: LetterState
    reason: str


def standing_deadlines(meetings: Iterable[Meeting]) -> Iterator[StandingDeadline]:
    """Yield the settled deadlines that hold, of those meetings that take place as planned."""
    for meeting in meetings:
        if meeting.status not in _STANDING:
            continue
        for deadline in meeting.deadlines:
            instant = settled(deadline.moment)
            if instant is not None and not deadline.withdrawn:
                yield StandingDeadline(deadline=deadline, meeting=meeting, instant=instant)


def occasions(plan: Plan, among: Sequence[Meeting] | None = None) -> Iterator[Occasion]:
    """Yield what people may be reminded of: each settled deadline and start that stands.

    Of all meetings of the plan, or of those `among` them.
    """
    meetings = plan.meetings if among is None else among
    for found in standing_deadlines(meetings):
        yield _of_deadline(found)
    for meeting in meetings:
        start = _of_meeting(meeting) if meeting.status in _STANDING else None
        if start is not None:
            yield start


def _of_deadline(found: StandingDeadline) -> Occasion:
    stamp = found.deadline.stamp
    return Occasion(
        kind=found.deadline.kind,
        uid=found.deadline.uid,
        moment=found.deadline.moment,
        instant=found.instant,
        until=found.instant,
        hour_known=True,
        sequence=stamp.sequence if stamp else 0,
        meeting=found.meeting,
        deadline=found.deadline,
    )


def _of_meeting(meeting: Meeting) -> Occasion | None:
    starts, instant = meeting.starts, meeting.start_instant
    if starts is None:
        starts = WallTime(meeting.date, dt.time(0), meeting.zone)
        instant = candidates(starts)[0]
        next_day = WallTime(meeting.date + dt.timedelta(days=1), dt.time(0), meeting.zone)
        until = candidates(next_day)[0]
    elif instant is None:
        return None
    else:
        until = instant
    return Occasion(
        kind=MEETING,
        uid=meeting.uid,
        moment=starts,
        instant=instant,
        until=until,
        hour_known=meeting.start is not None,
        sequence=meeting.stamp.sequence if meeting.stamp else 0,
        meeting=meeting,
    )


def still_stands(letter: Letter, plan: Plan) -> bool:
    """Tell whether each of the letter's subjects stands at the instant the letter tells."""
    return _ANSWERS.of(plan, letter.subjects, letter.told)


class _Answers:
    """What was asked of one plan last, for many letters of a run tell the same of the same."""

    def __init__(self) -> None:
        self._held: tuple[Plan | None, dict[object, bool]] = (None, {})

    def of(self, plan: Plan, subjects: Sequence[str], told: Sequence[Instant]) -> bool:
        held = self._held
        # The plan is held, so that no other can come to be the same object; both at once, for
        # letters go in several threads.
        if held[0] is not plan:
            held = self._held = plan, {}
        known, asked = held[1], (subjects, told)
        if asked not in known:
            known[asked] = _stand(plan, subjects, told)
        return known[asked]


_ANSWERS = _Answers()


def _stand(plan: Plan, subjects: Sequence[str], told: Sequence[Instant]) -> bool:
    wanted = set(subjects)
    meetings = [
        one
        for one in plan.meetings
        if one.uid in wanted or not wanted.isdisjoint([found.uid for found in one.deadlines])
    ]
    now_standing = {found.uid: found.instant for found in occasions(plan, among=meetings)}
    return all(
        now_standing.get(uid) == instant for uid, instant in zip(subjects, told, strict=True)
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
