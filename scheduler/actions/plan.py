"""`plan`: the draft beside what is published, what the rules find, and what would change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.actions.laying import refreshed
from scheduler.actions.surroundings import ALONE, Outside, Surroundings, survey
from scheduler.errors import InterimError
from scheduler.intake.missing_files import group_without_file, without_file
from scheduler.intake.reminder_settings import owner_not_reached
from scheduler.model.change import Comparison
from scheduler.model.duty import Done
from scheduler.model.finding import Finding
from scheduler.model.group import Group, plain_group
from scheduler.model.moment import Instant
from scheduler.model.pack import Pack
from scheduler.model.plan import Plan
from scheduler.model.problem import Problem, Severity
from scheduler.notification.due import wants_letters
from scheduler.notification.rungs import is_about
from scheduler.planning.comparison import compare
from scheduler.rules.engine import judge
from scheduler.rules.law import law_of
from scheduler.store.protocol import Memory, Store
from scheduler.zonedata import zone_data_version


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
    doubts: tuple[Problem, ...] = ()
    done: tuple[Done, ...] = ()

    @property
    def awaits_approval(self) -> bool:
        """Tell whether there is a draft, or newer zone data that move what is published."""
        return self.is_draft or bool(self.changes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The doubts of the report that the draft was read from, which no rule finds again.

        Behind them stand `doubts`, about the group's file, outside calendars and who owes what.
        """
        found = {finding.code for finding in self.findings}
        read = (problem for problem in self.plan.problems if problem.code not in found)
        return (*read, *self.doubts)

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
    outside: Outside | None = None,
) -> tuple[Proposal, ...]:
    """Return what would stand for one group, or for every one whose plan awaits approval.

    That is each with a draft, and each with a published instant that newer zone data moved.
    Raises `UnknownGroup`.
    """
    packs = tuple(packs)
    with store.reading() as memory:
        chosen = [group] if group else [g for g in memory.groups() if _awaits(memory, g)]
        around = survey(memory, groups, chosen, outside)
        return tuple(propose(memory, name, groups, packs, now, around) for name in chosen)


def propose(
    memory: Memory,
    acronym: str,
    groups: Mapping[str, Group],
    packs: Iterable[Pack],
    now: Instant,
    around: Surroundings = ALONE,
) -> Proposal:
    """Return what would stand for one group, amid what lies around; raises `UnknownGroup`."""
    draft, published = memory.draft(acronym), memory.current(acronym)
    group = known_group(acronym, memory, groups)
    if draft is not None:
        draft = refreshed(memory, group, draft, now)
    standing = _computed_now(draft or published or Plan(group=acronym))
    return Proposal(
        group=group,
        plan=standing,
        published=published,
        is_draft=draft is not None,
        changes=compare(published, standing),
        findings=judge(law_of(group, packs), standing, now, group, around.elsewhere(acronym)),
        doubts=(
            *map(group_without_file, without_file([acronym], groups)),
            *around.doubts(acronym),
            *_unreached(memory, group),
        ),
        done=_done(memory, standing),
    )


def _unreached(memory: Memory, group: Group) -> Iterator[Problem]:
    """Yield who owes something by the group's rules and is reminded of nothing."""
    wishes = memory.wishes_in(group.acronym, group.owners) if group.owners else ()
    for rule in group.reminder_rules:
        reached = {
            wish.address.casefold()
            for wish in filter(wants_letters, wishes)
            if is_about(wish, rule.kind)
        }
        for address in rule.owed_by:
            if address.casefold() not in reached:
                yield owner_not_reached(address, rule, group.acronym)


def _done(memory: Memory, plan: Plan) -> tuple[Done, ...]:
    """Return what is done of the duties of a plan's meetings, in their order."""
    places = {meeting.uid: place for place, meeting in enumerate(plan.meetings)}
    found = (one for one in memory.done(plan.group) if one.meeting in places)
    return tuple(sorted(found, key=lambda one: (places[one.meeting], one.kind)))


def _awaits(memory: Memory, group: str) -> bool:
    if memory.draft(group):
        return True
    published = memory.current(group)
    return published is not None and bool(compare(published, _computed_now(published)))


def _computed_now(plan: Plan) -> Plan:
    """The plan as the zone data of this process have it."""
    return replace(plan, zone_data=zone_data_version())


def known_group(acronym: str, memory: Memory, groups: Mapping[str, Group]) -> Group:
    """Return a group's settings, plain ones if it has a plan and no file; raises `UnknownGroup`."""
    if acronym in groups:
        return groups[acronym]
    if acronym in memory.groups():
        return plain_group(acronym)
    raise UnknownGroup(acronym, sorted({*groups, *memory.groups()}))
