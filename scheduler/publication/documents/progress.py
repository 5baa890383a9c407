"""The interim progress report of a group to its parent, for a period."""

from dataclasses import dataclass

from scheduler.model.contribution import Contribution, ContributionState
from scheduler.model.meeting import Meeting
from scheduler.publication.documents.dossier import Dossier
from scheduler.publication.documents.meetings import MeetingFacts, facts_of, group_called
from scheduler.publication.documents.papers import Paper, papers, state_of
from scheduler.wording.agendas import carry_reason_in_words, goal_in_words
from scheduler.wording.languages import Speaker
from scheduler.wording.moments import date_in_words, day_in_words

_CLOSED = (
    ContributionState.TREATED,
    ContributionState.NOTED,
    ContributionState.WITHDRAWN,
    ContributionState.REDIRECTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """That a document moved on from a meeting that was held."""

    document: str
    title: str
    day: str
    goal: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """What became of meetings and documents in a period; an open bound of it is empty."""

    group: str
    parent: str
    since: str
    until: str
    held: tuple[MeetingFacts, ...]
    treated: tuple[Paper, ...]
    moved: tuple[Move, ...]
    open: tuple[Paper, ...]
    other: tuple[Paper, ...]
    ahead: tuple[MeetingFacts, ...]


def progress_report(dossier: Dossier, speaker: Speaker) -> ProgressReport:
    """Return the report of a period: what was held, treated and moved in it, and what is open."""
    held, plan = tuple(dossier.held), dossier.plan
    days = {meeting.uid: meeting for meeting in held}
    return ProgressReport(
        group=group_called(dossier.group, speaker),
        parent=dossier.group.parent or "",
        since=day_in_words(dossier.since, speaker) if dossier.since else "",
        until=day_in_words(dossier.until, speaker) if dossier.until else "",
        held=tuple(facts_of(meeting, plan, speaker) for meeting in held),
        treated=papers(
            (one for one in dossier.contributions if _is_done_at(one, days)), dossier, speaker
        ),
        moved=tuple(move for meeting in held for move in _moves(meeting, dossier, speaker)),
        open=papers(
            (one for one in dossier.contributions if state_of(one, dossier) not in _CLOSED),
            dossier,
            speaker,
        ),
        other=papers(
            (one for one in dossier.contributions if state_of(one, dossier) in _CLOSED[2:]),
            dossier,
            speaker,
        ),
        ahead=tuple(facts_of(meeting, plan, speaker) for meeting in dossier.meetings),
    )


def _is_done_at(contribution: Contribution, meetings: dict[str, Meeting]) -> bool:
    treatment = contribution.treatment
    return treatment is not None and treatment.meeting in meetings


def _moves(meeting: Meeting, dossier: Dossier, speaker: Speaker) -> list[Move]:
    agenda = dossier.agendas.by_meeting.get(meeting.uid)
    return [
        Move(
            document=one.contribution,
            title=one.title if one.title != one.contribution else "",
            day=date_in_words(meeting.date, speaker),
            goal=goal_in_words(one, dossier.plan, speaker),
            reason=carry_reason_in_words(one.reason, speaker),
        )
        for one in (agenda.carried if agenda else ())
    ]
