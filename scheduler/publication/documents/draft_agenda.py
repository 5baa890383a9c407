"""The draft agenda of one call with its time plan."""

import datetime as dt
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.agenda import AgendaItem, Carried
from scheduler.model.contribution import Contribution
from scheduler.model.meeting import Meeting
from scheduler.model.moment import clock_text
from scheduler.publication.documents.dossier import Dossier
from scheduler.publication.documents.meetings import MeetingFacts, facts_of, group_called
from scheduler.publication.documents.papers import number_of, sources_in_words
from scheduler.wording.agendas import carried_in_words, named, reason_of_place
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import UTC


class NothingAhead(InterimError):
    """An agenda was wanted of the next meeting, and there is none."""

    def __init__(self, group: str) -> None:
        super().__init__(f"no meeting of {group} is ahead; name the meeting with --meeting")


class NoAgenda(InterimError):
    """A meeting that nothing stands on the agenda of."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"the meeting of {meeting.date} has nothing on its agenda; enter a document with "
            "'interim contribution add', or name a meeting that takes place"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An item in the time plan; `time` is on the clock of the meeting, empty where it has none."""

    time: str
    utc: str
    title: str
    document: str
    sources: str
    minutes: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgenda:
    """An agenda in words; `length` is the call's in minutes, None where it is not known."""

    group: str
    meeting: MeetingFacts
    zone: str
    slots: tuple[Slot, ...]
    planned: int
    length: int | None
    moved: tuple[str, ...]


def draft_agenda(dossier: Dossier, speaker: Speaker) -> DraftAgenda:
    """Return the agenda of a meeting, or of the next, as what is before the group makes it.

    Raises `NothingAhead` or `NoAgenda`.
    """
    meeting = next(iter(dossier.meetings), None)
    if meeting is None:
        raise NothingAhead(dossier.group.acronym)
    agenda = dossier.agendas.by_meeting.get(meeting.uid)
    if agenda is None or not agenda.items:
        raise NoAgenda(meeting)
    known = {one.id: one for one in dossier.contributions}
    return DraftAgenda(
        group=group_called(dossier.group, speaker),
        meeting=facts_of(meeting, dossier.plan, speaker),
        zone=meeting.zone,
        slots=tuple(_slot(item, meeting, known, dossier, speaker) for item in agenda.items),
        planned=sum(item.minutes for item in agenda.items),
        length=agenda.minutes,
        moved=tuple(_moved(one, dossier, speaker) for one in agenda.carried),
    )


def _slot(
    item: AgendaItem,
    meeting: Meeting,
    known: dict[str, Contribution],
    dossier: Dossier,
    speaker: Speaker,
) -> Slot:
    contribution = known.get(item.contribution or "")
    return Slot(
        time=_clock(item, meeting, meeting.zone),
        utc=_clock(item, meeting, UTC),
        title=item.title if item.title != item.contribution else "",
        document=number_of(contribution) if contribution else "",
        sources=sources_in_words(contribution.sources) if contribution else "",
        minutes=item.minutes,
        why=reason_of_place(item, dossier.plan, speaker),
    )


def _clock(item: AgendaItem, meeting: Meeting, zone: str) -> str:
    """Return when an item begins, over midnight too; empty where hours are unknown or of days."""
    start = meeting.start_instant
    if start is None or meeting.daily is not None:
        return ""
    return clock_text(start.plus(dt.timedelta(minutes=item.starts)).in_zone(zone).time())


def _moved(carried: Carried, dossier: Dossier, speaker: Speaker) -> str:
    return speaker.say(
        "%(document)s %(moves)s",
        document=named(carried.contribution, carried.title),
        moves=carried_in_words(carried, dossier.plan, speaker),
    )
