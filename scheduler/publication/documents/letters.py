"""Letters: the convening of a group's meetings, and what is asked of the secretariat.

A letter says what the plan knows and leaves blank what it does not.
"""

from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.meeting import Event, Mode
from scheduler.model.report import AuthorizationState
from scheduler.publication.documents.dossier import Dossier
from scheduler.publication.documents.meetings import MeetingFacts, facts_of, group_called
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import mode_word, priority_in_words
from scheduler.wording.moments import day_in_words


class NothingToConvene(InterimError):
    """A convening letter without a meeting to come."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"no meeting of {group} is to come; plan one first, or name one with --meeting"
        )


class NoEvents(InterimError):
    """A request to announce events where the plan has none."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"the plan of {group} has no event, such as a workshop, to announce; "
            "import a report that tells of one"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningLetter:
    """What convenes meetings; `travel` tells whether people come to a place."""

    group: str
    acronym: str
    parent: str
    body: str
    authorization: str
    meetings: tuple[MeetingFacts, ...]
    travel: bool
    host: str
    priority: str
    page: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """An event in words."""

    title: str
    days: str
    place: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularLetterRequest:
    """What is asked of the secretariat: a circular letter for each event."""

    group: str
    acronym: str
    parent: str
    events: tuple[EventFacts, ...]
    page: str
    contact: str


def convening_letter(dossier: Dossier, speaker: Speaker) -> ConveningLetter:
    """Return what convenes one meeting, or all that are to come; raises `NothingToConvene`."""
    group, meetings = dossier.group, dossier.meetings
    if not meetings:
        raise NothingToConvene(group.acronym)
    return ConveningLetter(
        group=group_called(group, speaker),
        acronym=group.acronym,
        parent=group.parent or "",
        body=group.body or "",
        authorization=_authorization(dossier, speaker),
        meetings=tuple(facts_of(meeting, dossier.plan, speaker) for meeting in meetings),
        travel=any(meeting.mode in (Mode.PHYSICAL, Mode.HYBRID) for meeting in meetings),
        host=group.host or "",
        priority=priority_in_words(dossier.plan.priority_rule, speaker),
        page=group.page or "",
        contact=group.reply_to or "",
    )


def circular_letter_request(dossier: Dossier, speaker: Speaker) -> CircularLetterRequest:
    """Return what the secretariat needs to announce the events of a plan to the membership.

    Raises `NoEvents`.
    """
    group = dossier.group
    if not dossier.plan.events:
        raise NoEvents(group.acronym)
    return CircularLetterRequest(
        group=group_called(group, speaker),
        acronym=group.acronym,
        parent=dossier.plan.authorization.required_from or group.parent or "",
        events=tuple(event_facts(event, speaker) for event in dossier.plan.events),
        page=group.page or "",
        contact=group.reply_to or "",
    )


def event_facts(event: Event, speaker: Speaker) -> EventFacts:
    """Return an event in words, empty where nothing is known."""
    days = day_in_words(event.date, speaker)
    if event.end_date != event.date:
        last = day_in_words(event.end_date, speaker)
        days = speaker.say("%(first)s to %(last)s", first=days, last=last)
    return EventFacts(
        title=event.title,
        days=days,
        place=event.place or "",
        mode="" if event.mode is None else mode_word(event.mode, speaker),
    )


def _authorization(dossier: Dossier, speaker: Speaker) -> str:
    known = dossier.plan.authorization
    if known.state is None or known.required_from is None:
        return ""
    if known.state is AuthorizationState.REQUESTED:
        return speaker.say("requested from %(parent)s", parent=known.required_from)
    if known.decided is None:
        return speaker.say("given by %(parent)s", parent=known.required_from)
    day = day_in_words(known.decided, speaker)
    return speaker.say("given by %(parent)s on %(day)s", parent=known.required_from, day=day)
