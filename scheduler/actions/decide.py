"""What becomes of a contribution: `withdraw`, `accept`, `treat`, `redirect`."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduler.actions.contributions import Placed, find_contribution, placed
from scheduler.actions.edit import find_meeting
from scheduler.actions.table import record_moves, table_of
from scheduler.errors import InterimError
from scheduler.model.agenda import CarryReason
from scheduler.model.contribution import (
    Acceptance,
    Contribution,
    ContributionState,
    Outcome,
    Redirection,
    Treatment,
    Withdrawn,
)
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant, WallTime, candidates
from scheduler.planning.calls import takes_place
from scheduler.store.protocol import Memory, Store

MIDNIGHT = dt.time()
Decision = Callable[[Memory, Placed], Contribution]


class AlreadyDone(InterimError):
    """A contribution of which nothing more can become what was asked."""

    def __init__(self, contribution: Contribution, became: str, verb: str) -> None:
        super().__init__(f"{contribution.id} was {became}; it cannot be {verb}")


class NotLate(InterimError):
    """A contribution was to be admitted that is in time, or of which nobody knows."""

    def __init__(self, contribution: Contribution) -> None:
        came = f"received at {contribution.received}" if contribution.received else "announced"
        super().__init__(
            f"{contribution.id} is not late ({came}), so there is nothing to accept; "
            "'interim agenda' shows where it stands"
        )


class NotBegun(InterimError):
    """A contribution was treated at a meeting that is still to come, or does not take place."""

    def __init__(self, meeting: Meeting, reason: str) -> None:
        super().__init__(
            f"nothing was treated at meeting {meeting.label or meeting.uid[:8]} of {meeting.date}: "
            f"{reason}; name the meeting that treated it with --meeting"
        )


def withdraw(
    store: Store,
    typed: str,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
    reason: str | None,
) -> Placed:
    """Record that its sources took a contribution back; its number stays in the list."""

    def decide(_: Memory, known: Placed) -> Contribution:
        one = known.contribution
        _refuse_settled(one, "withdrawn")
        taken_back = Withdrawn(at=now, by=by, reason=reason)
        return replace(one, withdrawn=taken_back, redirection=None)

    return _decided(store, typed, group, decide, groups, now, by)


def accept(
    store: Store,
    typed: str,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    by: str,
    reason: str | None,
) -> Placed:
    """Record that a late contribution was admitted, and by whom."""

    def decide(_: Memory, known: Placed) -> Contribution:
        one = known.contribution
        _refuse_settled(one, "accepted")
        if one.accepted:
            raise AlreadyDone(one, f"accepted by {one.accepted.by}", "accepted again")
        if not _is_late(known):
            raise NotLate(one)
        return replace(one, accepted=Acceptance(by=by, at=now, reason=reason))

    return _decided(store, typed, group, decide, groups, now, by)


def treat(
    store: Store,
    typed: str,
    group: str | None,
    meeting: str,
    *,
    outcome: Outcome,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
) -> Placed:
    """Record that a meeting, named as people name it, was done with a contribution."""

    def decide(memory: Memory, known: Placed) -> Contribution:
        one = known.contribution
        if one.withdrawn or one.redirection:
            _refuse_settled(one, "treated")
            raise AlreadyDone(one, f"redirected to {_goal(one)}", "treated here")
        held = find_meeting(memory, meeting, one.group)
        _refuse_unheld(held, now)
        treatment = Treatment(meeting=held.uid, outcome=outcome, at=now, by=by)
        return replace(one, treatment=treatment)

    return _decided(store, typed, group, decide, groups, now, by)


def redirect(
    store: Store,
    typed: str,
    group: str | None,
    to: str,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
    reason: str | None,
) -> Placed:
    """Record that a contribution belongs to another group; to its own takes that back."""

    def decide(_: Memory, known: Placed) -> Contribution:
        one = known.contribution
        _refuse_settled(one, "redirected")
        if to == one.group:
            return replace(one, redirection=None)
        return replace(one, redirection=Redirection(to=to, at=now, by=by, reason=reason))

    return _decided(store, typed, group, decide, groups, now, by)


def _decided(
    store: Store,
    typed: str,
    group: str | None,
    decide: Decision,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
) -> Placed:
    with store.writing() as memory:
        known = find_contribution(memory, typed, group, groups)
        before = placed(table_of(memory, known.group, groups, now), known)
        after = decide(memory, before)
        memory.save_contribution(after)
        return placed(record_moves(memory, known.group, groups, now, by), after)


def _is_late(known: Placed) -> bool:
    """Tell whether a contribution came too late for a call, wherever it has been carried since."""
    if known.place.state is ContributionState.LATE:
        return True
    agendas = known.table.agendas.by_meeting.values()
    handed_on = (carried for agenda in agendas for carried in agenda.carried)
    return any(
        carried.contribution == known.contribution.id and carried.reason is CarryReason.LATE
        for carried in handed_on
    )


def _refuse_settled(contribution: Contribution, verb: str) -> None:
    if contribution.withdrawn:
        again = " again" if verb == "withdrawn" else ""
        raise AlreadyDone(
            contribution, f"withdrawn at {contribution.withdrawn.at}", f"{verb}{again}"
        )
    if contribution.treatment:
        treated = contribution.treatment
        raise AlreadyDone(contribution, f"{treated.outcome} at {treated.at}", verb)


def _refuse_unheld(meeting: Meeting, now: Instant) -> None:
    if not takes_place(meeting):
        raise NotBegun(meeting, f"it is {meeting.status}")
    begins = candidates(meeting.starts or WallTime(meeting.date, MIDNIGHT, meeting.zone))[0]
    if begins > now:
        raise NotBegun(meeting, f"it begins at {begins}")


def _goal(contribution: Contribution) -> str:
    return contribution.redirection.to if contribution.redirection else "another group"
