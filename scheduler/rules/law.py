"""Which law binds a group: every body's, its body's for its kind, and its own changes of it."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.errors import InterimError
from scheduler.model.group import Group
from scheduler.model.pack import Override, Pack, RuleCall, names

EVERY_BODY = "*"
# What nobody can do without: the word of the vocabulary that asks for it, and what it finds.
UNWAIVABLE = "time_settled"
WITHOUT_INSTANT = frozenset({"ambiguous_local_time", "nonexistent_local_time"})


class UnknownRule(InterimError):
    """A group changes or waives a rule that does not bind it."""

    def __init__(self, group: str, rule: str, known: Iterable[str]) -> None:
        super().__init__(
            f"{group}: no rule {rule!r} binds it; the rules are {', '.join(sorted(known))}"
        )


class RuleNotWaivable(InterimError):
    """A group would waive that its times are instants."""

    def __init__(self, group: str, rule: str) -> None:
        super().__init__(
            f"{group}: rule {rule!r} cannot be waived, for calendars need an instant; choose one "
            "with 'interim move MEETING --reading earlier|later', or move it to another hour"
        )


def check_waivable(group: Group, packs: Iterable[Pack], rule: str) -> None:
    """Raise `UnknownRule` or `RuleNotWaivable` unless the group may do without a rule."""
    bound = {call.id: call for pack in law_of(group, packs) for call in pack.rules}
    if rule not in bound:
        raise UnknownRule(group.acronym, rule, bound)
    if bound[rule].rule == UNWAIVABLE:
        raise RuleNotWaivable(group.acronym, rule)


def law_of(group: Group, packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return the packs that bind a group, as it has changed them, and its own rules last.

    Every body's pack stands first. Rules for another kind of group are left out. Raises
    `UnknownRule` where the group overrides or waives what does not bind it.
    """
    bodies = (EVERY_BODY, group.body)
    known = sorted((p for p in packs if p.body in bodies), key=lambda p: bodies.index(p.body))
    own = Pack(body=group.acronym, title=group.acronym, since=1, rules=group.rules)
    bound = [_for_kind(pack, group.kind or pack.usual) for pack in known]
    bound += [own] if group.rules else []
    ids = {name for pack in bound for name in names(pack.rules)}
    changed = [override.rule for override in group.overrides]
    for rule in changed + [waiver.rule for waiver in group.waivers]:
        if rule not in ids:
            raise UnknownRule(group.acronym, rule, ids)
    changes = {override.rule: override for override in group.overrides}
    return tuple(
        replace(pack, rules=tuple(_changed(call, changes.get(call.id)) for call in pack.rules))
        for pack in bound
    )


def _for_kind(pack: Pack, kind: str | None) -> Pack:
    return replace(pack, rules=tuple(c for c in pack.rules if not c.kinds or kind in c.kinds))


def _changed(call: RuleCall, override: Override | None) -> RuleCall:
    if override is None:
        return call
    values = dict(call.values) | dict(override.values)
    return replace(
        call,
        level=override.level or call.level,
        values=tuple(sorted(values.items())),
        reason=override.reason,
    )
