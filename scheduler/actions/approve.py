"""`approve`: makes drafts the plans that stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.plan import Proposal, propose
from scheduler.errors import InterimError
from scheduler.model.change import Comparison
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.planning.stamping import stamped
from scheduler.store.protocol import Memory, Store
from scheduler.wording.findings import sentence
from scheduler.wording.languages import speaker


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A plan that stands now, and what it changed."""

    plan: Plan
    changes: Comparison


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
) -> tuple[Approved, ...]:
    """Make the draft of one group, or all drafts, the plans that stand; all of them or none.

    `despite` is the reason why errors are overruled; it is kept with the plan. Returns nothing
    where there is no draft. Raises `DraftHasErrors` or `UnknownGroup`.
    """
    packs = tuple(packs)
    with store.writing() as memory:
        chosen = [group] if group else memory.groups()
        proposals = [propose(memory, name, groups, packs, now) for name in chosen]
        drafts = [proposal for proposal in proposals if proposal.is_draft]
        faulty = [proposal for proposal in drafts if proposal.has_errors]
        if faulty and not despite:
            raise DraftHasErrors(faulty)
        return tuple(
            _stand(
                memory,
                replace(proposal.plan, by=by, despite=despite, zone_data=zone_data),
                proposal,
                now,
            )
            for proposal in drafts
        )


def _stand(memory: Memory, draft: Plan, proposal: Proposal, now: Instant) -> Approved:
    plan = stamped(proposal.published, draft, now)
    memory.save_current(plan)
    return Approved(plan=plan, changes=proposal.changes)


def _errors(proposal: Proposal) -> list[str]:
    english = speaker("en")
    found = [sentence(f, english) for f in proposal.findings if f.severity is Severity.ERROR]
    read = [p.message for p in proposal.problems if p.severity is Severity.ERROR]
    return found + read
