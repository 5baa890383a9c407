"""A meeting as letters and agendas tell of it."""

from dataclasses import dataclass

from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import settled
from scheduler.model.plan import Plan
from scheduler.planning.comparison import is_called_off, stands
from scheduler.publication.descriptions import deadline_moment, hours
from scheduler.wording.languages import Speaker
from scheduler.wording.meetings import mode_word, status_word, topics, why_status
from scheduler.wording.moments import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What is known of a meeting, in words; empty where nothing is.

    `hours` are its days and hours in its own zone and in UTC; `mode` says that it is not stated
    where it is not.
    """

    day: str
    hours: tuple[str, ...]
    topics: str
    mode: str
    place: str
    link: str
    status: str
    why: str
    deadlines: tuple[str, ...]


def facts_of(meeting: Meeting, plan: Plan, speaker: Speaker) -> MeetingFacts:
    """Return a meeting in words."""
    due = (one for one in meeting.deadlines if settled(one.moment) and stands(one, meeting))
    return MeetingFacts(
        day=day_in_words(meeting.date, speaker),
        hours=hours(meeting, speaker),
        topics=topics(meeting, speaker),
        mode=mode_word(meeting.mode, speaker),
        place=meeting.place or "",
        link="" if is_called_off(meeting) else meeting.link or "",
        status=status_word(meeting.status, speaker),
        why=why_status(meeting, plan.authorization, speaker),
        deadlines=tuple(deadline_moment(one, speaker) for one in due),
    )


def group_called(group: Group, speaker: Speaker) -> str:
    """Return the name of a group with its acronym behind it."""
    if group.name is None:
        return group.acronym
    return speaker.say("%(name)s (%(acronym)s)", name=group.name, acronym=group.acronym)
