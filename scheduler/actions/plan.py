"""`plan`: the draft beside what is published, what the rules find, and what would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.errors import InterimError
from scheduler.model.change import Comparison
from scheduler.model.finding import Finding
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.problem import Problem, Severity
from scheduler.planning.comparison import compare
from scheduler.rules.engine import judge
from scheduler.rules.law import law_of
from scheduler.store.protocol import Memory, Store


class UnknownGroup(InterimError):
    """A group that the workspace has neither a file nor a plan of."""

    def __init__(self, group: str, known: Iterable[str]) -> None:
        names = ", ".join(known) or "none yet: import a report, or write groups/<name>.yaml"
        super().__init__(f"unknown group {group!r}; the workspace knows: {names}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A group's plan as it would stand: its draft, or what is published where there is none."""

    group: Group
    plan: Plan
    published: Plan | None
    is_draft: bool
    changes: Comparison
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The doubts of the report that the draft was read from, which no rule finds again."""
        found = {finding.code for finding in self.findings}
        return tuple(problem for problem in self.plan.problems if problem.code not in found)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything in it keeps it from being approved."""
        weights = [finding.severity for finding in self.findings]
        weights += [problem.severity for problem in self.problems]
        return Severity.ERROR in weights


def plan(
    store: Store,
    group: str | None,
    *,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    now: Instant,
) -> tuple[Proposal, ...]:
    """Return what would stand for one group, or for every group with a draft.

    Raises `UnknownGroup`.
    """
    packs = tuple(packs)
    with store.reading() as memory:
        chosen = [group] if group else [g for g in memory.groups() if memory.draft(g)]
        return tuple(propose(memory, name, groups, packs, now) for name in chosen)


def propose(
    memory: Memory, acronym: str, groups: Mapping[str, Group], packs: Iterable[Pack], now: Instant
) -> Proposal:
    """Return what would stand for one group; raises `UnknownGroup`."""
    draft, published = memory.draft(acronym), memory.current(acronym)
    group = known_group(acronym, memory, groups)
    standing = draft or published or Plan(group=acronym)
    return Proposal(
        group=group,
        plan=standing,
        published=published,
        is_draft=draft is not None,
        changes=compare(published, standing),
        findings=judge(law_of(group, packs), standing, now, group),
    )


def known_group(acronym: str, memory: Memory, groups: Mapping[str, Group]) -> Group:
    """Return a group's settings, plain ones if it has a plan and no file; raises `UnknownGroup`."""
    if acronym in groups:
        return groups[acronym]
    if acronym in memory.groups():
        return Group(acronym=acronym)
    raise UnknownGroup(acronym, sorted({*groups, *memory.groups()}))
