"""The section "Future meetings" of a report, whose text is read back to the same plan."""

import re
from dataclasses import dataclass, replace

from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import clock_text
from scheduler.model.plan import Plan
from scheduler.model.report import Authorization, AuthorizationState
from scheduler.planning.comparison import is_called_off
from scheduler.publication.documents.dossier import Dossier
from scheduler.publication.documents.meetings import group_called
from scheduler.publication.documents.terms import Terms, terms_of
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import mode_word, status_word
from scheduler.wording.moments import day_in_words, hours_in_words

# A topic of such words alone stands by itself; any other is quoted, so that nothing in it is
# taken for the end of the topic or for something else.
_PLAIN_TOPIC = re.compile(r"[^\W\d_]+(?:[ -][^\W_]+)*")
_LEADING = re.compile(
    r"(?:on|to|for|about|regarding|concerning|covering|with|sur|pour|concernant|consacrée?|none"
    r"|aucun|tb[acd]|à|(?:main|proposed|meeting|topics?|agenda|subject|theme|scope|purpose|focus"
    r"|items?|sujets?|thèmes?|ordre|objet))(?!\w)",
    re.IGNORECASE,
)
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'))


class NothingToCome(InterimError):
    """A section on future meetings where there are none."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"no meeting of {group} is to come; import a report or generate a series first"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A meeting of the section, each fact in a cell of its own."""

    label: str
    days: str
    hours: str
    zone: str
    topics: str
    mode: str
    place: str
    status: str
    link: str
    deadlines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureMeetings:
    """The section: who asks whom for what, the meetings, what is due for them, and the events."""

    opening: str
    rows: tuple[Row, ...]
    terms: Terms
    priority: str
    events: tuple[str, ...]


def future_meetings(dossier: Dossier, speaker: Speaker) -> FutureMeetings:
    """Return the meetings of a plan that are not over, and what holds for them.

    Raises `NothingToCome`.
    """
    plan, meetings = dossier.plan, tuple(dossier.to_come)
    if not meetings:
        raise NothingToCome(dossier.group.acronym)
    today = dossier.now.in_zone(dossier.group.zone).date()
    terms = terms_of(meetings, speaker)
    return FutureMeetings(
        opening=_opening(_left(plan.authorization, plan, meetings), dossier.group, speaker),
        rows=tuple(
            _row(meeting, cells, speaker)
            for meeting, cells in zip(meetings, terms.cells, strict=True)
        ),
        terms=terms,
        priority=_priority(plan, speaker),
        events=tuple(_event(event, speaker) for event in plan.events if event.end_date >= today),
    )


def _left(authorization: Authorization, plan: Plan, to_come: tuple[Meeting, ...]) -> Authorization:
    """Return what is left of an authorization when some of its meetings are over."""
    if authorization.count is None or authorization.count == len(to_come):
        return authorization
    left = authorization.count - (len(plan.meetings) - len(to_come))
    return replace(authorization, count=left if left > 0 else None)


def _opening(authorization: Authorization, group: Group, speaker: Speaker) -> str:
    facts = {
        "group": group_called(group, speaker),
        "meetings": _counted(authorization.count, speaker),
        "parent": authorization.required_from,
    }
    if authorization.state is AuthorizationState.AUTHORIZED and authorization.required_from:
        return speaker.say(
            "%(parent)s has authorized the %(group)s to hold the following %(meetings)s:", **facts
        )
    if authorization.state is AuthorizationState.REQUESTED and authorization.required_from:
        return speaker.say(
            "%(parent)s is asked to authorize the %(group)s to hold the following %(meetings)s:",
            **facts,
        )
    return speaker.say("The %(group)s plans to hold the following %(meetings)s:", **facts)


def _counted(count: int | None, speaker: Speaker) -> str:
    if count is None:
        return speaker.say("interim meetings")
    return speaker.say_many("%(count)s interim meeting", "%(count)s interim meetings", count)


def _row(meeting: Meeting, deadlines: tuple[str, ...], speaker: Speaker) -> Row:
    return Row(
        label=meeting.label or "",
        days=_days(meeting, speaker),
        hours=_hours(meeting, speaker),
        zone=meeting.zone,
        topics=speaker.listed(map(_topic, meeting.topics)),
        mode="" if meeting.mode is None else mode_word(meeting.mode, speaker),
        place=meeting.place or "",
        status=status_word(meeting.status, speaker),
        link="" if is_called_off(meeting) else meeting.link or "",
        deadlines=deadlines,
    )


def _days(meeting: Meeting, speaker: Speaker) -> str:
    first, last = day_in_words(meeting.date, speaker), day_in_words(meeting.end_date, speaker)
    if meeting.date == meeting.end_date or _is_over_night(meeting):
        return first
    return speaker.say("%(first)s to %(last)s", first=first, last=last)


def _hours(meeting: Meeting, speaker: Speaker) -> str:
    if meeting.start is None:
        return ""
    if meeting.end is None:
        return clock_text(meeting.start)
    opens, closes = meeting.daily or (meeting.start, meeting.end)
    hours = hours_in_words(opens, closes, speaker)
    return speaker.say("%(hours)s each day", hours=hours) if meeting.daily else hours


def _is_over_night(meeting: Meeting) -> bool:
    """Tell whether a meeting of two dates is one that goes on after midnight."""
    one_night = (meeting.end_date - meeting.date).days == 1
    return one_night and meeting.start is not None and meeting.daily is None


def _topic(topic: str) -> str:
    if _PLAIN_TOPIC.fullmatch(topic) and not _LEADING.match(topic):
        return topic
    opens, closes = next((pair for pair in _QUOTES if not set(pair) & set(topic)), _QUOTES[0])
    return f"{opens}{topic}{closes}"


def _priority(plan: Plan, speaker: Speaker) -> str:
    rule = plan.priority_rule
    if rule is None or not rule.main_topic_first:
        return ""
    first = speaker.say("Contributions on the main topic of a meeting are treated with priority")
    others, overflow = rule.others_if_time_permits, rule.overflow is not None
    if others and overflow:
        return speaker.say(
            "%(first)s; contributions on other topics within scope are treated if time permits, or "
            "moved to the following meeting.",
            first=first,
        )
    if others:
        return speaker.say(
            "%(first)s; contributions on other topics within scope are treated if time permits.",
            first=first,
        )
    if overflow:
        return speaker.say("%(first)s; the others move to the following meeting.", first=first)
    return f"{first}."


def _event(event: Event, speaker: Speaker) -> str:
    days = day_in_words(event.date, speaker)
    if event.end_date != event.date:
        last = day_in_words(event.end_date, speaker)
        days = speaker.say("%(first)s to %(last)s", first=days, last=last)
    facts = [event.title]
    if event.place:
        facts = [speaker.say("%(event)s in %(place)s", event=event.title, place=event.place)]
    facts += [days]
    if event.mode is not None:
        facts.append(mode_word(event.mode, speaker))
    return speaker.say("Also planned: %(facts)s.", facts=speaker.enumerated(facts))
