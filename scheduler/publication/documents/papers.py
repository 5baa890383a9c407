"""The documents that are before a group: one row each, those withdrawn among them."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.contribution import Contribution, ContributionState, Source
from scheduler.planning.handover import meeting_of
from scheduler.planning.placement import Place
from scheduler.publication.descriptions import hours
from scheduler.publication.documents.dossier import Dossier
from scheduler.publication.documents.meetings import group_called
from scheduler.wording.agendas import revised
from scheduler.wording.languages import Speaker, marked
from scheduler.wording.moments import date_in_words, moment_in_words

_STATES = {
    ContributionState.ANNOUNCED: marked("announced"),
    ContributionState.RECEIVED: marked("received"),
    ContributionState.LATE: marked("late"),
    ContributionState.ACCEPTED_LATE: marked("late, and admitted"),
    ContributionState.WITHDRAWN: marked("withdrawn"),
    ContributionState.REDIRECTED: marked("redirected"),
    ContributionState.TREATED: marked("treated"),
    ContributionState.NOTED: marked("noted"),
    ContributionState.CARRIED: marked("carried over"),
}


class NoDocuments(InterimError):
    """A list of documents that would be empty."""

    def __init__(self, group: str) -> None:
        super().__init__(
            f"no document is before {group}, or before the meeting that was named; enter one with "
            "'interim contribution add'"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document in words; `number` has its revision, `meeting` is the day of its meeting."""

    number: str
    title: str
    sources: str
    received: str
    topic: str
    state: str
    meeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfDocuments:
    """The documents of a group, or of a meeting whose days and hours it then has."""

    group: str
    hours: tuple[str, ...]
    papers: tuple[Paper, ...]


def list_of_documents(dossier: Dossier, speaker: Speaker) -> ListOfDocuments:
    """Return the documents of a meeting, or of the group, by their series and numbers.

    Raises `NoDocuments`.
    """
    meeting, found = dossier.meeting, papers_of(dossier)
    if not found:
        raise NoDocuments(dossier.group.acronym)
    return ListOfDocuments(
        group=group_called(dossier.group, speaker),
        hours=() if meeting is None else hours(meeting, speaker),
        papers=papers(found, dossier, speaker),
    )


def papers_of(dossier: Dossier) -> tuple[Contribution, ...]:
    """Return what was submitted to a meeting or stands with it, or all that is before the group."""
    uid = dossier.meeting.uid if dossier.meeting else None
    return tuple(
        one
        for one in dossier.contributions
        if uid is None or uid in (one.meeting, _place(one, dossier).meeting)
    )


def papers(
    contributions: Iterable[Contribution], dossier: Dossier, speaker: Speaker
) -> tuple[Paper, ...]:
    """Return documents in words, by their series and numbers."""
    return tuple(_paper(one, dossier, speaker) for one in sorted(contributions, key=_order))


def state_of(contribution: Contribution, dossier: Dossier) -> ContributionState:
    """Return where a contribution stands."""
    return _place(contribution, dossier).state


def number_of(contribution: Contribution) -> str:
    """Return a document's number with its revision, such as "TSAG-TD257R1"."""
    return revised(contribution.id, contribution.revision)


def sources_in_words(sources: Iterable[Source]) -> str:
    """Return "Sample Union (Norway); Other Company"."""
    return "; ".join(
        f"{source.name} ({source.country})" if source.country else source.name for source in sources
    )


def _paper(contribution: Contribution, dossier: Dossier, speaker: Speaker) -> Paper:
    place = _place(contribution, dossier)
    meeting = meeting_of(place.meeting, dossier.plan)
    received = contribution.received
    return Paper(
        number=number_of(contribution),
        title=contribution.title or "",
        sources=sources_in_words(contribution.sources),
        received=moment_in_words(received, dossier.group.zone, speaker) if received else "",
        topic=place.match.topic or contribution.topic or "",
        state=speaker.say(_STATES[place.state]),
        meeting=date_in_words(meeting.date, speaker) if meeting else "",
    )


def _place(contribution: Contribution, dossier: Dossier) -> Place:
    return dossier.agendas.places[contribution.id]


def _order(contribution: Contribution) -> tuple[str, str, int, str]:
    number = contribution.number or 0
    return contribution.document_group or "", contribution.series, number, contribution.id
