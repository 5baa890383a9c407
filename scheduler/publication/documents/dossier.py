"""What a document is made of, and what kinds of documents there are."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.contribution import Contribution
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.calls import over_at, takes_place
from scheduler.planning.placement import Agendas


class DocumentKind(StrEnum):
    """A document of the trade, by the name it has there."""

    DRAFT_AGENDA = "draft-agenda"
    LIST_OF_DOCUMENTS = "list-of-documents"
    CONVENING_LETTER = "convening-letter"
    CIRCULAR_LETTER_REQUEST = "circular-letter-request"
    PROGRESS_REPORT = "progress-report"
    FUTURE_MEETINGS = "future-meetings"


class DocumentFormat(StrEnum):
    """How a document is written."""

    WORD = "docx"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A group's plan with what is before the group and where it stands, at the instant `now`.

    `meeting` is the one that a document is of, None where it is of the whole plan; `since` and
    `until` are the first and last day that a progress report tells of, None where it is open.
    """

    plan: Plan
    group: Group
    now: Instant
    agendas: Agendas
    contributions: tuple[Contribution, ...] = ()
    meeting: Meeting | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meeting that the document is of, or else all that are to come and take place."""
        if self.meeting is not None:
            return (self.meeting,)
        return tuple(meeting for meeting in self.to_come if takes_place(meeting))

    @property
    def to_come(self) -> Iterator[Meeting]:
        """The meetings that are not over, called off or not."""
        return (meeting for meeting in self.plan.meetings if over_at(meeting) > self.now)

    @property
    def held(self) -> Iterator[Meeting]:
        """The meetings of the period that were held."""
        first, last = self.since or dt.date.min, self.until or dt.date.max
        return (
            meeting
            for meeting in self.plan.meetings
            if over_at(meeting) <= self.now
            and takes_place(meeting)
            and first <= meeting.date <= last
        )
