"""What deadlines are called, and why each of them falls when it does."""

from dataclasses import replace

from babel.dates import get_day_names

from scheduler.model.deadline import Anchor, Deadline, DeadlineRule, IfClosed, TimeSource, Unit
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.rules.deadlines import apply
from scheduler.wording.citations import with_source
from scheduler.wording.languages import Speaker, marked, marked_many
from scheduler.wording.moments import date_in_words, day_in_words, time_in_words

_NAMES = {
    "contribution": marked("contribution deadline"),
    "agenda": marked("agenda deadline"),
    "draft_agenda": marked("draft agenda deadline"),
    "document": marked("document deadline"),
    "internet_draft": marked("Internet-Draft deadline"),
    "slides": marked("slides deadline"),
    "registration": marked("registration deadline"),
    "minutes": marked("minutes deadline"),
    "resolutions": marked("resolutions deadline"),
    "position_paper": marked("position paper deadline"),
    "test_plan": marked("test plan deadline"),
}
NAMED_KINDS = tuple(_NAMES)
"""The kinds of deadlines that have a name in every language."""

_UNITS = {
    Unit.HOUR: marked_many("%(count)s hour", "%(count)s hours"),
    Unit.CALENDAR_DAY: marked_many("%(count)s calendar day", "%(count)s calendar days"),
    Unit.WORKING_DAY: marked_many("%(count)s working day", "%(count)s working days"),
    Unit.WEEK: marked_many("%(count)s week", "%(count)s weeks"),
    Unit.MONTH: marked_many("%(count)s month", "%(count)s months"),
}


def deadline_name(kind: str, speaker: Speaker) -> str:
    """Return what a kind of deadline is called; a kind of the document's own keeps its words."""
    known = _NAMES.get(kind)
    if known is not None:
        return speaker.say(known)
    return speaker.say("deadline (%(kind)s)", kind=kind.replace("_", " "))


def deadline_title(deadline: Deadline, meeting: Meeting, group: Group, speaker: Speaker) -> str:
    """Return "RG-IEM contribution deadline (meeting of 20 February 2024)"."""
    return speaker.say(
        "%(group)s %(deadline)s (meeting of %(day)s)",
        group=group.acronym,
        deadline=deadline_name(deadline.kind, speaker),
        day=date_in_words(meeting.date, speaker),
    )


def length_in_words(count: int, unit: Unit, speaker: Speaker) -> str:
    """Return a length of time in its unit, such as "7 calendar days"."""
    return speaker.say_many(*_UNITS[unit], count)


def why_deadline(deadline: Deadline, meeting: Meeting, speaker: Speaker) -> str:
    """Return the rule a deadline rests on, the convention for its hour, and the clause.

    Such as "7 calendar days before the meeting of Tuesday 20 February 2024; the text names no
    hour, so the end of that day in Europe/Zurich".
    """
    rule = deadline.rule
    distance = _distance(rule, meeting, speaker) if rule else speaker.say("as the text states it")
    if rule and (moved := _moved_from(deadline, rule, meeting, speaker)):
        distance = speaker.enumerated((distance, moved))
    why = speaker.say(
        "%(distance)s; %(hour)s", distance=distance, hour=_hour(deadline, rule, speaker)
    )
    return with_source(why, rule.citation, speaker) if rule and rule.citation else why


def _distance(rule: DeadlineRule, meeting: Meeting, speaker: Speaker) -> str:
    anchor = _anchor(rule.anchor, meeting, speaker)
    if rule.offset == 0:
        return speaker.say("at %(anchor)s", anchor=anchor)
    length = _length(rule, speaker)
    before = speaker.say("%(length)s before %(anchor)s", length=length, anchor=anchor)
    after = speaker.say("%(length)s after %(anchor)s", length=length, anchor=anchor)
    distance = before if rule.offset < 0 else after
    if rule.weekday is None:
        return distance
    weekday = get_day_names("wide", locale=speaker.locale)[rule.weekday]
    if rule.offset < 0:
        return speaker.say("the %(weekday)s up to %(day)s", weekday=weekday, day=distance)
    return speaker.say("the %(weekday)s from %(day)s on", weekday=weekday, day=distance)


def _length(rule: DeadlineRule, speaker: Speaker) -> str:
    count = abs(rule.offset)
    if rule.clear_days and rule.unit is Unit.CALENDAR_DAY:
        return speaker.say_many("%(count)s clear day", "%(count)s clear days", count)
    if rule.clear_days and rule.unit is Unit.WORKING_DAY:
        return speaker.say_many(
            "%(count)s clear working day", "%(count)s clear working days", count
        )
    return length_in_words(count, rule.unit, speaker)


def _moved_from(
    deadline: Deadline, rule: DeadlineRule, meeting: Meeting, speaker: Speaker
) -> str | None:
    """From which day a deadline was moved because the host is closed on it."""
    if rule.if_closed is IfClosed.LEAVE or rule.unit is Unit.WORKING_DAY:
        return None
    plain = apply(replace(rule, if_closed=IfClosed.LEAVE, only_for=()), meeting)
    if plain is None or plain.moment.day == deadline.moment.day:
        return None
    day = day_in_words(plain.moment.day, speaker)
    return speaker.say("moved from %(day)s, which is no working day", day=day)


def _anchor(anchor: Anchor, meeting: Meeting, speaker: Speaker) -> str:
    first = day_in_words(meeting.date, speaker)
    last = day_in_words(meeting.end_date, speaker)
    match anchor:
        case Anchor.MEETING_DATE:
            return speaker.say("the meeting of %(day)s", day=first)
        case Anchor.MEETING_START:
            return speaker.say("the start of the meeting of %(day)s", day=first)
        case Anchor.MEETING_END:
            return speaker.say("the end of the meeting on %(day)s", day=last)
        case Anchor.MEETING_END_DATE:
            return speaker.say("the last day of the meeting, %(day)s", day=last)


def _hour(deadline: Deadline, rule: DeadlineRule | None, speaker: Speaker) -> str:
    clock, zone = time_in_words(deadline.moment.clock), deadline.moment.zone
    if rule is not None and rule.unit is Unit.HOUR:
        return speaker.say(
            "counted in elapsed hours, that is %(time)s in %(zone)s", time=clock, zone=zone
        )
    if rule is not None and rule.same_clock:
        return speaker.say("at the meeting's own hour, %(time)s in %(zone)s", time=clock, zone=zone)
    if deadline.time_source is TimeSource.STATED:
        return speaker.say("the text names %(time)s in %(zone)s", time=clock, zone=zone)
    return speaker.say("the text names no hour, so the end of that day in %(zone)s", zone=zone)
