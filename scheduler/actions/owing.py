"""What is known to be fulfilled of a plan, read in few questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scheduler.model.contribution import Contribution
from scheduler.model.duty import Done
from scheduler.model.group import Group
from scheduler.model.plan import Plan
from scheduler.notification.owing import Duty, Fulfilled
from scheduler.planning.submissions import submitted
from scheduler.store.protocol import Memory


class Known:
    """What is fulfilled of the plans of all groups: asked once, and once for some people."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._done: dict[str, dict[Duty, Done]] = defaultdict(dict)
        for one in memory.done():
            self._done[one.group][one.meeting, one.kind] = one

    def done(self, group: Group) -> Fulfilled:
        """Return which duties of a group are done, whoever has submitted."""
        return Fulfilled(done=self._done.get(group.acronym, {}))

    def submissions(self, addresses: Iterable[str]) -> Mapping[str, list[Contribution]]:
        """Return what some people have submitted, by the group that treats it."""
        found: dict[str, list[Contribution]] = defaultdict(list)
        for one in self._memory.submissions(addresses):
            found[one.group].append(one)
        return found


def fulfilled_by(
    plan: Plan, group: Group, done: Fulfilled, contributions: Iterable[Contribution]
) -> Fulfilled:
    """Return what is fulfilled of a plan by the duties that are done and some contributions."""
    came = submitted(plan, contributions, group.agenda, group.topics)
    return Fulfilled(done=done.done, submitted=came)


def fulfilled(memory: Memory, plan: Plan, group: Group) -> Fulfilled:
    """Return all that is known to be fulfilled of one group's plan."""
    return fulfilled_by(plan, group, _done(memory, group), memory.contributions(group.acronym))


def fulfilled_for(memory: Memory, address: str, plan: Plan, group: Group) -> Fulfilled:
    """Return what is known to be fulfilled of one group's plan, as far as it concerns a person."""
    theirs = [one for one in memory.submissions_of(address) if one.group == group.acronym]
    return fulfilled_by(plan, group, _done(memory, group), theirs)


def _done(memory: Memory, group: Group) -> Fulfilled:
    return Fulfilled(done={(one.meeting, one.kind): one for one in memory.done(group.acronym)})
