"""What a reminder says, worked out for one reader: sentences of days and moments, no layout."""

import datetime as dt
from dataclasses import dataclass, replace

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.standing import StandingDeadline, standing_deadlines
from scheduler.wording.agenda_lines import AgendaLines, agenda_lines
from scheduler.wording.deadlines import deadline_name, why_deadline
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import mode_word, priority_in_words, why_status
from scheduler.wording.moments import (
    day_in_words,
    moment_in_words,
    nearness_in_words,
    span_in_words,
    utc_in_words,
    utc_span_in_words,
)

MOST_ITEMS = 8  # of an agenda; the page has them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """One moment or span three times: for the reader, as it was agreed, and in UTC.

    `agreed` and `utc` are None where they would repeat the reader's own.
    """

    yours: str
    agreed: str | None
    utc: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingShown:
    """A meeting as the letter shows it; `times` is None while its hour is unknown."""

    day: str
    times: Times | None
    topics: tuple[str, ...]
    mode: str | None
    place: str | None
    link: str | None
    doubt: str
    agenda: AgendaLines | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineShown:
    """A deadline as the letter shows it, and the meeting it belongs to."""

    name: str
    nearness: str
    times: Times
    why: str
    meeting: MeetingShown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """All that a reminder says about the plan; `days` is the rung, in days before."""

    group: str
    group_name: str | None
    deadlines: tuple[DeadlineShown, ...]
    priority: str
    document: str | None
    days: int
    zone: str
    since: str


def remind(
    letter: Letter,
    plan: Plan,
    group: Group,
    subscription: Subscription,
    speaker: Speaker,
    now: Instant,
) -> Reminder:
    """Return what the letter says to the subscription's reader at `now`.

    Days are called "today" or "tomorrow" by the reader's own calendar. Every subject has to
    stand in the plan (see `standing.withdrawal`); raises `KeyError` for one that does not.
    """
    standing = {found.deadline.uid: found for found in standing_deadlines(plan)}
    subjects = [standing[uid] for uid in letter.subjects]
    first = subjects[0].deadline.moment
    opened = letter.due.in_zone(first.zone).date()
    zone = subscription.zone
    return Reminder(
        group=one_line(group.acronym),
        group_name=one_line(group.name) if group.name else None,
        deadlines=tuple(_deadline(found, plan, zone, speaker, now) for found in subjects),
        priority=priority_in_words(plan.priority_rule, speaker),
        document=one_line(plan.document.number) if plan.document.number else None,
        days=(first.day - opened).days,
        zone=first.zone,
        since=day_in_words(_day(subscription.since, zone), speaker),
    )


def _deadline(
    found: StandingDeadline, plan: Plan, zone: str, speaker: Speaker, now: Instant
) -> DeadlineShown:
    moment = found.deadline.moment
    return DeadlineShown(
        name=one_line(deadline_name(found.deadline.kind, speaker)),
        nearness=nearness_in_words(_day(found.instant, zone), _day(now, zone), speaker),
        times=_times(
            moment_in_words(found.instant, zone, speaker),
            moment_in_words(found.instant, moment.zone, speaker),
            utc_in_words(found.instant, speaker),
        ),
        why=why_deadline(found.deadline, found.meeting, speaker),
        meeting=meeting_shown(found.meeting, plan, zone, speaker),
    )


def meeting_shown(meeting: Meeting, plan: Plan, zone: str, speaker: Speaker) -> MeetingShown:
    """Return a meeting of a plan as letters show it to somebody in a zone."""
    return MeetingShown(
        day=day_in_words(meeting.date, speaker),
        times=_meeting_times(meeting, zone, speaker),
        topics=tuple(one_line(topic) for topic in meeting.topics),
        mode=mode_word(meeting.mode, speaker) if meeting.mode else None,
        place=one_line(meeting.place) if meeting.place else None,
        link=one_line(meeting.link) if meeting.link else None,
        doubt=one_line(why_status(meeting, plan.authorization, speaker)),
        agenda=_agenda(meeting, plan, zone, speaker),
    )


def _agenda(meeting: Meeting, plan: Plan, zone: str, speaker: Speaker) -> AgendaLines | None:
    said = agenda_lines(meeting, plan, speaker, zone=zone, most=MOST_ITEMS)
    if said is None:
        return None
    return replace(
        said, items=tuple(map(one_line, said.items)), moved=tuple(map(one_line, said.moved))
    )


def _meeting_times(meeting: Meeting, zone: str, speaker: Speaker) -> Times | None:
    start, end = meeting.start_instant, meeting.end_instant
    if start is None:
        return None
    if end is None:
        return _times(
            moment_in_words(start, zone, speaker),
            moment_in_words(start, meeting.zone, speaker),
            utc_in_words(start, speaker),
        )
    return _times(
        span_in_words(start, end, zone, speaker),
        span_in_words(start, end, meeting.zone, speaker),
        utc_span_in_words(start, end, speaker),
    )


def _times(yours: str, agreed: str, utc: str) -> Times:
    return Times(
        yours=yours,
        agreed=agreed if agreed != yours else None,
        utc=utc if utc not in (yours, agreed) else None,
    )


def _day(instant: Instant, zone: str) -> dt.date:
    return instant.in_zone(zone).date()
