"""`approve`: makes drafts the plans that stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from scheduler.actions.auditing import note_approval
from scheduler.actions.plan import Proposal, known_group, propose
from scheduler.actions.surroundings import Outside, survey
from scheduler.actions.table import record_moves
from scheduler.actions.telling import Teller, tell
from scheduler.errors import InterimError
from scheduler.model.audit import UNNAMED
from scheduler.model.change import Comparison
from scheduler.model.group import Group
from scheduler.model.letter import Letter, LetterState
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.planning.comparison import is_called_off
from scheduler.planning.stamping import stamped
from scheduler.rules.law import WITHOUT_INSTANT
from scheduler.store.protocol import Memory, Store
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker

# Doubts about a meeting that leave no sure instant, and the option of `move` that settles each.
_SETTLED_BY = {
    "ambiguous_zone_abbreviation": "--zone ZONE",
    "unknown_zone": "--zone ZONE",
    "invalid_date": "--date YYYY-MM-DD",
    "missing_year": "--date YYYY-MM-DD",
    "ambiguous_date": "--date YYYY-MM-DD",
    "invalid_time": "--start HH:MM",
}


class DraftHasErrors(InterimError):
    """Drafts that break what must hold."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        faults = [
            f"{proposal.group.acronym}: {text}"
            for proposal in proposals
            for text in _errors(proposal)
        ]
        super().__init__(
            *faults, "nothing was approved; mend the draft, or overrule this with --despite REASON"
        )


class NoInstant(InterimError):
    """Drafts with meetings or deadlines that no reason makes an instant of."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        faults = [
            f"{proposal.group.acronym}: {text}; choose with '{way_out}'"
            for proposal in proposals
            for text, way_out in unsettled(proposal)
        ]
        super().__init__(
            *faults,
            "nothing was approved, and no --despite overrules what calendars have no instant for; "
            "choose for each of these meetings, or cancel or skip it",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A plan that stands now, what it changed, and the letters that tell of it."""

    plan: Plan
    changes: Comparison
    letters: tuple[Letter, ...] = ()


def approve(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    now: Instant,
    zone_data: str,
    by: str | None,
    despite: str | None,
    outside: Outside | None = None,
    who: str = UNNAMED,
    teller: Teller | None = None,
) -> tuple[Approved, ...]:
    """Make the draft of one group, or all drafts, the plans that stand; all of them or none.

    `teller` queues the letters about what changes; without one the next approval that has one
    does. `despite` is the reason why errors are overruled; it is kept with the plan. `who` is named
    in the audit where `by` names nobody. What has no instant is never overruled. Returns nothing
    where there is no draft. Raises `DraftHasErrors`, `NoInstant` or `UnknownGroup`.
    """
    packs = tuple(packs)
    with store.reading() as memory:  # calendars of others take time, which no writer should wait
        around = survey(memory, groups, [group] if group else memory.groups(), outside)
    with store.writing() as memory:
        chosen = [group] if group else memory.groups()
        proposals = [propose(memory, name, groups, packs, now, around) for name in chosen]
        drafts = [proposal for proposal in proposals if proposal.awaits_approval]
        _refuse_faulty(drafts, despite)
        signed = partial(replace, by=by, despite=despite, zone_data=zone_data)
        approved = [_stand(memory, signed(one.plan), one, now) for one in drafts]
        for one in approved:
            record_moves(memory, one.plan.group, groups, now, by)
            note_approval(memory, one.plan, one.changes, who=by or who, at=now)
        told = tuple(_told(memory, one, groups, teller, now) for one in approved)
        return tuple(_as_they_wait(memory, told))


def _refuse_faulty(drafts: Iterable[Proposal], despite: str | None) -> None:
    faulty = [proposal for proposal in drafts if proposal.has_errors]
    if faulty and not despite:
        raise DraftHasErrors(faulty)
    if open_ended := [proposal for proposal in faulty if any(unsettled(proposal))]:
        raise NoInstant(open_ended)


def unsettled(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what has no instant in a draft: a sentence, and the command that would settle it."""
    english = speaker("en")
    for found in proposal.findings:
        if found.code in WITHOUT_INSTANT and found.severity is Severity.ERROR:
            yield sentence(found, english), _move(found.meeting, "--reading earlier|later")
    for meeting in proposal.plan.meetings:
        for problem in meeting.problems:
            option = _SETTLED_BY.get(problem.code)
            if option and problem.severity is Severity.ERROR and not is_called_off(meeting):
                yield problem.message, _move(meeting.uid, option)


def _move(uid: str, option: str) -> str:
    return f"interim move {uid[:8]} {option}"


def _stand(memory: Memory, draft: Plan, proposal: Proposal, now: Instant) -> Approved:
    plan = stamped(proposal.published, draft, now)
    memory.save_current(plan)
    return Approved(plan=plan, changes=proposal.changes)


def _told(
    memory: Memory, one: Approved, groups: Mapping[str, Group], teller: Teller | None, now: Instant
) -> Approved:
    if teller is None:
        return one
    group = known_group(one.plan.group, memory, groups)
    return replace(one, letters=tell(memory, group, one.plan, teller, now))


def _as_they_wait(memory: Memory, told: tuple[Approved, ...]) -> Iterator[Approved]:
    """Yield each with the letters that wait: one may go in that of another group's plan."""
    letters = {letter.key: letter for one in told for letter in one.letters}
    counts = Counter(letter.recipient for letter in letters.values())
    shared = {key: memory.letter(key) for key, one in letters.items() if counts[one.recipient] > 1}
    waiting = [one for one in shared.values() if one and one.state is LetterState.QUEUED]
    groups = {one.key: {found.group for found in memory.tellings(one.key)} for one in waiting}
    for one in told:
        alone = (letter for letter in one.letters if letter.key not in shared)
        joined = (letter for letter in waiting if one.plan.group in groups[letter.key])
        yield replace(one, letters=(*alone, *joined))


def _errors(proposal: Proposal) -> list[str]:
    english = speaker("en")
    found = [sentence(f, english) for f in proposal.findings if f.severity is Severity.ERROR]
    read = [p.message for p in proposal.problems if p.severity is Severity.ERROR]
    return found + read
