"""Whether an answer counts for the time a meeting has, and who is asked again for theirs: pure."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.attendee import Answer, Attendance, Attendee
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.reminding import MEETING
from scheduler.notification.invitations import asks_for_now, sequence_of
from scheduler.notification.rungs import Opening, nearest, opening
from scheduler.notification.standing import Occasion, Withdrawal, occasions, still_stands

ANSWER_REMINDER = "answer_reminder"
_KEY_LENGTH = 40


class Reception(StrEnum):
    """What becomes of an answer.

    It is `recorded`, known (`unchanged`) or `older` than the one on record; it was given to
    another time than the meeting has (`outdated`), or to a SEQUENCE that nobody `sent`.
    """

    RECORDED = "recorded"
    UNCHANGED = "unchanged"
    OLDER = "older"
    OUTDATED = "outdated"
    NOT_SENT = "not_sent"


def counts(meeting: Meeting, attendee: Attendee, answer: Answer) -> bool:
    """Tell whether an answer is one to the time that the meeting has now (RFC 5546, 2.1.4).

    Where it is not on record since which SEQUENCE that time is asked for, only an answer to the
    newest one is.
    """
    asked = attendee.asked
    if asked is None or not asks_for_now(meeting, asked):
        return answer.sequence >= sequence_of(meeting, attendee)
    return answer.sequence >= asked.sequence


def standing_answer(meeting: Meeting, attendee: Attendee) -> Answer | None:
    """Return what an attendee answered to the time that the meeting has now, None for nothing."""
    answer = attendee.answer
    return answer if answer is not None and counts(meeting, attendee, answer) else None


def reception(meeting: Meeting, attendee: Attendee, answer: Answer) -> Reception:
    """Return what becomes of an answer; the order is that of RFC 5546, 2.1.5: SEQUENCE, DTSTAMP."""
    if answer.sequence > sequence_of(meeting, attendee):
        return Reception.NOT_SENT
    if answer == attendee.answer:
        return Reception.UNCHANGED
    if not counts(meeting, attendee, answer):
        return Reception.OUTDATED
    known = attendee.answer
    if known and (answer.sequence, answer.at) <= (known.sequence, known.at):
        return Reception.OLDER
    return Reception.RECORDED


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who has not answered, the start of the meeting, and the rung that is told then."""

    attendee: Attendee
    occasion: Occasion
    opening: Opening


def due_answer_reminders(
    plan: Plan,
    group: Group,
    attendees: Iterable[Attendee],
    now: Instant,
    *,
    domain: str,
) -> tuple[Letter, ...]:
    """Return a letter for each who is invited, has not answered, and whose rung is open at `now`.

    Of several rungs only the nearest is told, and none that had opened when they were asked for
    this time: they had a letter then. `domain` is the right side of each Message-ID.
    """
    return tuple(
        answer_letter(Unanswered(attendee, occasion, open_now), now, domain)
        for attendee, occasion in _silent(plan, group, attendees)
        if (open_now := nearest(occasion, group.answer_rungs, now)) is not None
        and open_now.opens > asked_at(attendee)
    )


def opening_between(
    plan: Plan, group: Group, attendees: Iterable[Attendee], start: Instant, end: Instant
) -> Iterator[Unanswered]:
    """Yield whom a rung that opens after `start`, and by `end`, would find without an answer."""
    for attendee, occasion in _silent(plan, group, attendees):
        for rung in group.answer_rungs:
            found = opening(occasion, rung)
            if found and start < found.opens <= end and found.opens > asked_at(attendee):
                yield Unanswered(attendee, occasion, found)


def asked_at(attendee: Attendee) -> Instant:
    """Return when somebody was asked to come at the time that the meeting has."""
    return attendee.asked.at if attendee.asked else attendee.invited


def _silent(
    plan: Plan, group: Group, attendees: Iterable[Attendee]
) -> Iterator[tuple[Attendee, Occasion]]:
    """Yield who is invited to a meeting that stands and has not answered to its time."""
    if not group.answer_rungs:
        return
    starts = {found.uid: found for found in occasions(plan) if found.kind == MEETING}
    for attendee in attendees:
        occasion = starts.get(attendee.meeting)
        if occasion is not None and attendee.attendance is Attendance.INVITED:
            if attendee.asked is not None and not asks_for_now(occasion.meeting, attendee.asked):
                continue  # an update is due to them first, which asks for the new time
            if standing_answer(occasion.meeting, attendee) is None:
                yield attendee, occasion


def answer_letter(found: Unanswered, due: Instant, domain: str) -> Letter:
    """Return the letter that asks somebody again; one for each rung of a time they were asked for.

    Its key shows no address.
    """
    attendee, occasion = found.attendee, found.occasion
    sequence = attendee.asked.sequence if attendee.asked else 0
    who = (attendee.address, str(attendee.id), str(attendee.invited), attendee.meeting)
    parts = (ANSWER_REMINDER, *who, str(sequence), str(found.opening.opens))
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]
    return Letter(
        key=key,
        kind=ANSWER_REMINDER,
        recipient=attendee.address,
        subscription=attendee.id,
        group=attendee.group,
        subjects=(attendee.meeting,),
        told=(occasion.instant,),
        message_id=f"<{key}@{domain}>",
        due=due,
        not_after=found.opening.closes,
    )


def needless(
    letter: Letter, attendee: Attendee | None, plan: Plan | None, now: Instant
) -> Withdrawal | None:
    """Return why somebody must not be asked again at `now`, or None where they may."""
    if attendee is None or attendee.address != letter.recipient:
        return Withdrawal(LetterState.CANCELLED, "no longer invited")
    if attendee.attendance is not Attendance.INVITED:
        left = attendee.attendance is Attendance.LEFT
        reason = "asked for no more since it was queued" if left else "no longer invited"
        return Withdrawal(LetterState.CANCELLED, reason)
    if plan is None or not still_stands(letter, plan):
        return Withdrawal(LetterState.CANCELLED, "moved or cancelled since it was queued")
    (meeting,) = (found for found in plan.meetings if found.uid == attendee.meeting)
    if attendee.asked is not None and not asks_for_now(meeting, attendee.asked):
        return Withdrawal(LetterState.CANCELLED, "moved or cancelled since it was queued")
    if standing_answer(meeting, attendee) is not None:
        return Withdrawal(LetterState.CANCELLED, "answered since it was queued")
    if now >= letter.not_after:
        return Withdrawal(LetterState.SKIPPED, f"too late: it was of use until {letter.not_after}")
    return None
