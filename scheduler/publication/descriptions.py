"""What an entry says of itself in plain text, line by line, the way in first."""

from collections.abc import Iterator

from scheduler.model.deadline import Deadline
from scheduler.model.group import Group
from scheduler.model.meeting import Event, FormerTime, Meeting, Mode, Status
from scheduler.model.moment import clock_text, exact, settled
from scheduler.model.plan import Plan
from scheduler.planning.comparison import stands
from scheduler.wording.agenda_lines import agenda_lines
from scheduler.wording.deadlines import deadline_name, why_deadline
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import mode_word, priority_in_words, topics, why_status
from scheduler.wording.moments import (
    day_in_words,
    moment_in_words,
    span_in_words,
    utc_in_words,
    utc_span_in_words,
)

MOST_ITEMS = 15  # of an agenda; an entry is read on a phone, and the page has them all


def describe_meeting(meeting: Meeting, plan: Plan, speaker: Speaker, page: str | None) -> str:
    """Return the description of a meeting; `page` is the address where more is told."""
    parts = (
        _way_in(meeting, speaker),
        standing(meeting, plan, speaker),
        *_meeting_lines(meeting, speaker),
        _whereabouts(meeting, speaker),
        *_topic_lines(meeting, speaker),
        *_deadline_lines(meeting, speaker),
        priority_in_words(plan.priority_rule, speaker),
        *(_former_line(former, speaker) for former in meeting.former),
        *_agenda_lines(meeting, plan, speaker),
        speaker.say("More: %(page)s", page=page) if page else "",
    )
    return "\n".join(filter(None, parts))


def describe_deadline(
    deadline: Deadline, meeting: Meeting, plan: Plan, speaker: Speaker, page: str | None
) -> str:
    """Return the description of a deadline: its instant twice, why it is then, and what for."""
    parts = (
        *(
            (speaker.say("This deadline no longer applies."),)
            if not stands(deadline, meeting)
            else ()
        ),
        deadline_moment(deadline, speaker),
        speaker.say("Why: %(rule)s.", rule=why_deadline(deadline, meeting, speaker)),
        *_meeting_lines(meeting, speaker),
        *_topic_lines(meeting, speaker),
        priority_in_words(plan.priority_rule, speaker),
        speaker.say("More: %(page)s", page=page) if page else "",
    )
    return "\n".join(filter(None, parts))


def describe_event(event: Event, group: Group, speaker: Speaker, page: str | None) -> str:
    """Return the description of an event: whose plan it stands in, and its mode."""
    parts = (
        speaker.say("This event no longer stands in the plan.") if event.withdrawn else "",
        speaker.say("Event in the plan of %(group)s", group=group.acronym),
        _whereabouts(event, speaker),
        speaker.say("More: %(page)s", page=page) if page else "",
    )
    return "\n".join(filter(None, parts))


def event_days(event: Event, speaker: Speaker) -> str:
    """Return the days of an event."""
    return _days(event, speaker)


def standing(meeting: Meeting, plan: Plan, speaker: Speaker) -> str:
    """Return where a meeting stands and why; empty for a confirmed one."""
    said = ""
    if meeting.status is Status.CANCELLED:
        said = speaker.say("This meeting is cancelled.")
    elif meeting.status is Status.POSTPONED:
        said = speaker.say("This meeting is postponed; it does not take place at this time.")
    return " ".join(filter(None, (said, why_status(meeting, plan.authorization, speaker))))


def hours(meeting: Meeting, speaker: Speaker) -> tuple[str, ...]:
    """Return when a meeting is: in its zone, in UTC with its date, and what the text leaves out."""
    start, end = meeting.start_instant, meeting.end_instant
    if start is None:
        return (_days(meeting, speaker), speaker.say("The hour is not stated."))
    if end is None:
        return (
            moment_in_words(start, meeting.zone, speaker),
            utc_in_words(start, speaker),
            speaker.say("The end is not stated; calendars show one hour."),
        )
    spans = (
        span_in_words(start, end, meeting.zone, speaker),
        utc_span_in_words(start, end, speaker),
    )
    return (*spans, *_daily(meeting, speaker))


def deadline_moment(deadline: Deadline, speaker: Speaker) -> str:
    """Return a deadline's name and instant, in its declared zone and in UTC with its date."""
    return named_moment(_opening(deadline_name(deadline.kind, speaker)), deadline, speaker)


def named_moment(name: str, deadline: Deadline, speaker: Speaker) -> str:
    """Return `name` and a deadline's instant, in its declared zone and in UTC with its date."""
    instant = exact(deadline.moment)
    return speaker.say(
        "%(deadline)s: %(moment)s = %(utc)s",
        deadline=name,
        moment=moment_in_words(instant, deadline.moment.zone, speaker),
        utc=utc_in_words(instant, speaker),
    )


def former_moment(former: FormerTime, speaker: Speaker) -> str:
    """Return the time at which a meeting was announced before."""
    instant = settled(former.start)
    return moment_in_words(instant, former.start.zone, speaker) if instant else str(former.start)


def _way_in(meeting: Meeting, speaker: Speaker) -> str:
    # Nobody is let into a meeting that does not take place.
    if not meeting.link or meeting.status in (Status.CANCELLED, Status.POSTPONED):
        return ""
    return speaker.say("Join: %(link)s", link=meeting.link)


def _meeting_lines(meeting: Meeting, speaker: Speaker) -> Iterator[str]:
    first, *rest = hours(meeting, speaker)
    yield speaker.say("Meeting: %(hours)s", hours=first)
    yield from rest


def _whereabouts(held: Meeting | Event, speaker: Speaker) -> str:
    if held.mode is None:
        return ""
    mode = mode_word(held.mode, speaker)
    if held.place and held.mode is not Mode.VIRTUAL:
        return speaker.say("Mode: %(mode)s, in %(place)s", mode=mode, place=held.place)
    return speaker.say("Mode: %(mode)s", mode=mode)


def _topic_lines(meeting: Meeting, speaker: Speaker) -> Iterator[str]:
    if len(meeting.topics) < 2:
        yield speaker.say("Topic: %(topic)s", topic=topics(meeting, speaker))
        return
    yield speaker.say("Topics:")
    yield from (f"- {topic}" for topic in meeting.topics)


def _deadline_lines(meeting: Meeting, speaker: Speaker) -> Iterator[str]:
    for deadline in meeting.deadlines:
        if settled(deadline.moment) and stands(deadline, meeting):
            yield deadline_moment(deadline, speaker)


def _agenda_lines(meeting: Meeting, plan: Plan, speaker: Speaker) -> Iterator[str]:
    said = agenda_lines(meeting, plan, speaker, zone=meeting.zone, most=MOST_ITEMS)
    if said is None:
        return
    yield said.title
    yield from (f"- {line}" for line in filter(None, (*said.items, said.more)))
    yield said.moved_title
    yield from (f"- {line}" for line in filter(None, (*said.moved, said.moved_more)))


def _former_line(former: FormerTime, speaker: Speaker) -> str:
    moment = former_moment(former, speaker)
    if former.reason:
        return speaker.say("Moved from %(moment)s: %(reason)s", moment=moment, reason=former.reason)
    return speaker.say("Moved from %(moment)s", moment=moment)


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(held: Meeting | Event, speaker: Speaker) -> str:
    first, last = day_in_words(held.date, speaker), day_in_words(held.end_date, speaker)
    if first == last:
        return first
    return speaker.say("%(first)s to %(last)s", first=first, last=last)


def _daily(meeting: Meeting, speaker: Speaker) -> Iterator[str]:
    if meeting.daily is not None:
        opens, closes = map(clock_text, meeting.daily)
        yield speaker.say(
            "Each day %(opens)s–%(closes)s (%(zone)s)",
            opens=opens,
            closes=closes,
            zone=meeting.zone,
        )
