"""A group's plan: the meetings that stand, or that a draft would make stand."""

from dataclasses import dataclass

from scheduler.model.meeting import Event, Meeting
from scheduler.model.moment import Instant
from scheduler.model.pack import Waiver
from scheduler.model.problem import Problem
from scheduler.model.report import Authorization, DocumentHeader, ParentMeeting, PriorityRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One revision of a group's plan.

    `meetings` holds the cancelled ones too, for their entries live on in calendars; so do
    `former_events`, which were published and which the documents read since do not name. `problems`
    are the doubts of the report that a draft was read from, and empty once it is approved.
    `zone_data` is the version of the zone database its instants were computed with, `made` the
    instant of the revision, `by` who made it and `despite` why errors were overruled.
    `waivers` are the rules that it does without, beside those of its group's file; `imported`
    names the reports a draft was read from, each with the digest of what was last read under
    that name before; it is empty once the draft is approved.
    """

    group: str
    meetings: tuple[Meeting, ...] = ()
    events: tuple[Event, ...] = ()
    former_events: tuple[Event, ...] = ()
    document: DocumentHeader = DocumentHeader()
    authorization: Authorization = Authorization()
    parent_meeting: ParentMeeting | None = None
    priority_rule: PriorityRule | None = None
    problems: tuple[Problem, ...] = ()
    revision: int = 0
    made: Instant | None = None
    zone_data: str = ""
    by: str | None = None
    despite: str | None = None
    waivers: tuple[Waiver, ...] = ()
    imported: tuple[tuple[str, str], ...] = ()
