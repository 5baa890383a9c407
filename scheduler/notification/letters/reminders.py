"""What a reminder says, worked out for one reader: sentences of days and moments, no layout."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.model.deadline import Unit
from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.subscription import Subscription
from scheduler.notification.due import DEADLINE_REMINDER
from scheduler.notification.rungs import AN_HOUR, start_of_day
from scheduler.notification.standing import Occasion, occasions
from scheduler.planning.calls import over_at
from scheduler.wording.agenda_lines import AgendaLines, agenda_lines
from scheduler.wording.deadlines import deadline_name, length_in_words, why_deadline
from scheduler.wording.languages import Speaker
from scheduler.wording.lines import one_line
from scheduler.wording.meetings import mode_word, priority_in_words, why_status
from scheduler.wording.moments import (
    day_in_words,
    moment_in_words,
    nearness_in_words,
    span_in_words,
    time_in_words,
    utc_in_words,
    utc_span_in_words,
)

MOST_ITEMS = 8  # of an agenda; the page has them all
_HOUR = 3600


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
    """A meeting as the letter shows it; `times` is None while its hour is unknown.

    `daily` are the hours of each of its days, where it has several.
    """

    day: str
    times: Times | None
    daily: str | None
    topics: tuple[str, ...]
    mode: str | None
    place: str | None
    link: str | None
    doubt: str
    agenda: AgendaLines | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A deadline as the letter shows it, with its meeting, or the meeting alone.

    `why` says why a deadline falls when it does, and is None for a meeting; `overdue` that it
    was there before the letter, `takes_in` that it is for what the meeting is to have, so that
    what comes later is late. `times` is None while the hour of a meeting is unknown.
    """

    name: str
    nearness: str
    times: Times | None
    why: str | None
    overdue: bool
    takes_in: bool
    meeting: MeetingShown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """All that a reminder says about the plan.

    `days` is the rung of a deadline, in days before; where it is another, `when` says so. Neither
    is there for a rung of the very day, or once another day or hour has come.
    """

    group: str
    group_name: str | None
    items: tuple[Item, ...]
    priority: str
    document: str | None
    days: int | None
    when: str
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
    standing = {found.uid: found for found in occasions(plan)}
    subjects = [standing[uid] for uid in letter.subjects]
    first, zone = subjects[0], subscription.zone
    as_ruled = _is_as_ruled(first, letter.due, now)
    return Reminder(
        group=one_line(group.acronym),
        group_name=one_line(group.name) if group.name else None,
        items=tuple(item(found, letter.due, plan, zone, speaker, now) for found in subjects),
        priority=priority_in_words(plan.priority_rule, speaker),
        document=one_line(plan.document.number) if plan.document.number else None,
        days=_days_before(first, letter) if as_ruled else None,
        when=when_in_words(first, letter.due, speaker) if as_ruled else "",
        zone=first.moment.zone,
        since=since_in_words(subscription, speaker),
    )


def since_in_words(subscription: Subscription, speaker: Speaker) -> str:
    """Return the day from which somebody was told, by their own calendar."""
    return _since(day_of(subscription.since, subscription.zone), speaker)


@lru_cache(maxsize=1024)
def _since(day: dt.date, speaker: Speaker) -> str:
    return day_in_words(day, speaker)


def item(
    found: Occasion, rung: Instant, plan: Plan, zone: str, speaker: Speaker, now: Instant
) -> Item:
    """Return a deadline or meeting as a reader in a zone is shown it; `rung` is its opening."""
    deadline = found.deadline
    name = deadline_name(deadline.kind, speaker) if deadline else speaker.say("meeting")
    day = day_of(found.instant, zone) if found.hour_known else found.moment.day
    return Item(
        name=one_line(name),
        nearness=nearness_in_words(day, day_of(now, zone), speaker),
        times=_moment_times(found, zone, speaker) if found.hour_known else None,
        why=why_deadline(deadline, found.meeting, speaker) if deadline else None,
        overdue=rung > found.instant,
        takes_in=deadline is not None and found.instant <= over_at(found.meeting),
        meeting=_meeting_by(now, found.meeting, plan, zone, speaker),
    )


def _meeting_by(
    now: Instant, meeting: Meeting, plan: Plan, zone: str, speaker: Speaker
) -> MeetingShown:
    """Return a meeting as it is shown at an instant: of one that was held, nothing is in doubt.

    By the reader's own days, so that letters of a day say the same.
    """
    shown = meeting_shown(meeting, plan, zone, speaker)
    is_over = day_of(over_at(meeting), zone) < day_of(now, zone)
    return replace(shown, doubt="") if is_over else shown


def _is_as_ruled(found: Occasion, rung: Instant, now: Instant) -> bool:
    """Tell whether a letter goes on the day, or in the hour, that its rung asks for.

    What was caught up with later, or goes on the very day, would say of itself what is not so.
    """
    zone = found.moment.zone
    day = rung.in_zone(zone).date()
    if start_of_day(day, zone) == rung:
        return day != found.moment.day and day_of(now, zone) == day
    return now < rung.plus(AN_HOUR)


def _days_before(found: Occasion, letter: Letter) -> int | None:
    """Return the rung of a deadline in days before it; None for all other rungs."""
    day = letter.due.in_zone(found.moment.zone).date()
    whole = start_of_day(day, found.moment.zone) == letter.due
    plain = letter.kind == DEADLINE_REMINDER and whole
    return (found.moment.day - day).days if plain else None


def when_in_words(found: Occasion, rung: Instant, speaker: Speaker) -> str:
    """Return how long before or after something a rung opened, such as "2 hours before it"."""
    zone = found.moment.zone
    day = rung.in_zone(zone).date()
    if start_of_day(day, zone) == rung:
        unit, count = Unit.CALENDAR_DAY, (found.moment.day - day).days
    else:
        unit, count = Unit.HOUR, round((found.instant.utc - rung.utc).total_seconds() / _HOUR)
    length = length_in_words(abs(count), unit, speaker)
    if count < 0:
        return speaker.say("It is sent %(length)s after a deadline.", length=length)
    if found.deadline is None:
        return speaker.say("It is sent %(length)s before a meeting.", length=length)
    return speaker.say("It is sent %(length)s before a deadline.", length=length)


def _moment_times(found: Occasion, zone: str, speaker: Speaker) -> Times:
    return _times(
        moment_in_words(found.instant, zone, speaker),
        moment_in_words(found.instant, found.moment.zone, speaker),
        utc_in_words(found.instant, speaker),
    )


def meeting_shown(meeting: Meeting, plan: Plan, zone: str, speaker: Speaker) -> MeetingShown:
    """Return a meeting of a plan as letters show it to somebody in a zone."""
    return MeetingShown(
        day=day_in_words(meeting.date, speaker),
        times=_meeting_times(meeting, zone, speaker),
        daily=_daily(meeting, speaker),
        topics=tuple(one_line(topic) for topic in meeting.topics),
        mode=mode_word(meeting.mode, speaker) if meeting.mode else None,
        place=one_line(meeting.place) if meeting.place else None,
        link=one_line(meeting.link) if meeting.link else None,
        doubt=one_line(why_status(meeting, plan.authorization, speaker)),
        agenda=_agenda(meeting, plan, zone, speaker),
    )


def _daily(meeting: Meeting, speaker: Speaker) -> str | None:
    if meeting.daily is None:
        return None
    opens, closes = map(time_in_words, meeting.daily)
    return speaker.say(
        "Each day %(opens)s–%(closes)s (%(zone)s)", opens=opens, closes=closes, zone=meeting.zone
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


def day_of(instant: Instant, zone: str) -> dt.date:
    """Return the day on which an instant falls in a zone."""
    return instant.in_zone(zone).date()
