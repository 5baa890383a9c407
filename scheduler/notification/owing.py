"""Who owes what a deadline is for, and so is reminded of it: pure, from what is known."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scheduler.model.deadline import CONTRIBUTION
from scheduler.model.duty import Done
from scheduler.model.group import Group
from scheduler.model.letter import NOT_OWED, Letter, LetterState
from scheduler.model.plan import Plan
from scheduler.notification.standing import Occasion, Withdrawal, occasions
from scheduler.planning.submissions import Submitted

_AGENDAS = ("agenda", "draft_agenda")
Duty = tuple[str, str]
"""A meeting, by its UID, and the kind of its deadlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """What is known to be fulfilled of a plan: duties that are done, and who has submitted."""

    done: Mapping[Duty, Done] = field(default_factory=dict)
    submitted: Submitted = field(default_factory=dict)


NOTHING_YET = Fulfilled()


def exemption(
    address: str, found: Occasion, group: Group, fulfilled: Fulfilled = NOTHING_YET
) -> str | None:
    """Return why an address owes nothing by an occasion of its group, None where it may.

    A meeting's start is told to everybody. A deadline is owed by those whom the group names, or
    else by all, until its duty is done; one for contributions until the address has submitted.
    """
    if found.deadline is None:
        return None
    mailbox, owners = address.casefold(), group.owners_of(found.kind)
    if owners and mailbox not in owners:
        return f"{NOT_OWED}others owe it"
    done = fulfilled.done.get((found.meeting.uid, found.kind))
    if done is not None:
        return f"{NOT_OWED}done, as was said at {done.at}"
    if owners and found.kind in _AGENDAS and found.meeting.agenda is not None:
        return f"{NOT_OWED}done, for the agenda is set"
    document = None
    if found.kind == CONTRIBUTION:
        document = fulfilled.submitted.get(mailbox, {}).get(found.meeting.uid)
    return f"{NOT_OWED}has submitted {document}" if document else None


def apart(group: Group, fulfilled: Fulfilled) -> frozenset[str]:
    """Return the mailboxes of a group's readers who may owe something else than all others."""
    return group.owners.union(fulfilled.submitted)


def was_not_owed(letter: Letter) -> bool:
    """Tell whether a letter was called off since its reader owed nothing of what it told."""
    return letter.state is LetterState.CANCELLED and (letter.last_error or "").startswith(NOT_OWED)


def not_owed(
    letter: Letter, plan: Plan, group: Group, fulfilled: Fulfilled = NOTHING_YET
) -> Withdrawal | None:
    """Return why a letter's reader owes nothing of what it tells, None where they owe some."""
    reasons = _exemptions(letter, plan, group, fulfilled)
    if len(reasons) < len(letter.subjects):
        return None
    return Withdrawal(LetterState.CANCELLED, reasons[letter.subjects[0]])


def owed_part(
    letter: Letter, plan: Plan, group: Group, fulfilled: Fulfilled = NOTHING_YET
) -> Letter:
    """Return a letter with what of it its reader owes still, in its order."""
    reasons = _exemptions(letter, plan, group, fulfilled)
    return _part(letter, lambda uid: uid not in reasons) if reasons else letter


def exempt_parts(
    letter: Letter, plan: Plan, group: Group, fulfilled: Fulfilled
) -> Iterator[tuple[str, Letter]]:
    """Yield why a letter's reader owes nothing of some of it, each with that part of the letter."""
    reasons = _exemptions(letter, plan, group, fulfilled)
    for reason in sorted(set(reasons.values())):
        wanted = {uid for uid, why in reasons.items() if why == reason}
        yield reason, _part(letter, wanted.__contains__)


def _part(letter: Letter, wanted: Callable[[str], bool]) -> Letter:
    chosen = [number for number, uid in enumerate(letter.subjects) if wanted(uid)]
    return replace(
        letter,
        subjects=tuple(letter.subjects[number] for number in chosen),
        told=tuple(letter.told[number] for number in chosen),
    )


def _exemptions(
    letter: Letter, plan: Plan, group: Group, fulfilled: Fulfilled
) -> Mapping[str, str]:
    """Return by UID why a letter's reader owes nothing of some of its subjects."""
    if not (group.owners or fulfilled.done or fulfilled.submitted):
        return {}
    wanted = set(letter.subjects)
    near = [
        one
        for one in plan.meetings
        if not wanted.isdisjoint([deadline.uid for deadline in one.deadlines])
    ]
    reasons = {
        found.uid: exemption(letter.recipient, found, group, fulfilled)
        for found in occasions(plan, among=near)
        if found.uid in wanted
    }
    return {uid: reason for uid, reason in reasons.items() if reason}
