"""Contributions: what members and other groups put before a group, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.moment import Instant


class ContributionState(StrEnum):
    """Where a contribution stands; worked out from its facts and the plan, never stored."""

    ANNOUNCED = "announced"
    RECEIVED = "received"
    LATE = "late"
    ACCEPTED_LATE = "accepted_late"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"
    TREATED = "treated"
    NOTED = "noted"
    CARRIED = "carried"


class Outcome(StrEnum):
    """How a meeting was done with a contribution; noted means that no decision was taken."""

    TREATED = "treated"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who submits a contribution; `country` as it is written, None where it is not."""

    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """That a meeting, by its UID, was done with a contribution."""

    meeting: str
    outcome: Outcome
    at: Instant
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """That a late contribution was admitted, by whom and why."""

    by: str
    at: Instant
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """That its sources took a contribution back; its number stays in the list."""

    at: Instant
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection:
    """That a contribution belongs to another group, named `to`."""

    to: str
    at: Instant
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One contribution on the table of a group, as far as people have said it.

    `group` is the group that treats it; `id` the document's number without its revision, such as
    "TSAG-TD382", where `document_group` (TSAG), `series` (TD) and `number` (382) are its parts;
    an Internet-Draft has a name and no number. `section` is the heading it was found under;
    `title_inferred` tells that the title is only what a report says it is about.
    `topic` is a person's choice, None where its words decide. `meeting` is the UID of the meeting
    it was submitted to, None where nobody said; `received` the instant it came in, None while it
    is only announced; `minutes` what its sources ask for. `builds_on` holds the ids of earlier
    documents. `submitted_by` holds the addresses it was submitted from: they are shown to the
    secretariat alone, and never published. `forwarded` marks what another group or meeting sent
    on. `stage` (TC39) and `labels` (such as SG17's "needs others") are what some orders of an
    agenda look at. `origin` names the report or list it was read from. Of `treatment`,
    `withdrawn` and `redirection` at most one is set.
    """

    group: str
    id: str
    document_group: str | None
    series: str
    number: int | None
    revision: int = 0
    title: str | None = None
    title_inferred: bool = False
    sources: tuple[Source, ...] = ()
    section: str | None = None
    topic: str | None = None
    meeting: str | None = None
    received: Instant | None = None
    minutes: int | None = None
    builds_on: tuple[str, ...] = ()
    forwarded: bool = False
    stage: int | None = None
    labels: tuple[str, ...] = ()
    accepted: Acceptance | None = None
    treatment: Treatment | None = None
    withdrawn: Withdrawn | None = None
    redirection: Redirection | None = None
    origin: str | None = None
    line: int | None = None
    submitted_by: tuple[str, ...] = ()
