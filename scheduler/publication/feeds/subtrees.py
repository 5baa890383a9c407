"""Which groups stand under which: by the parents that their files name."""

from collections.abc import Iterable, Mapping

from scheduler.model.group import Group

_Name = str  # of a group or parent, whatever its case and blanks


def subtrees(groups: Iterable[Group]) -> Mapping[str, frozenset[str]]:
    """Return the acronyms of each parent and of all groups below it, by the parent's name.

    A parent need not be among the groups; one whose case or blanks differ is the same. Groups
    that stand under each other in a circle are below nobody twice.
    """
    known = {_name(group.acronym): group for group in groups}
    called: dict[_Name, str] = {}
    below: dict[_Name, set[str]] = {}
    for key in sorted(known):
        for parent in _above(known[key], known):
            called.setdefault(_name(parent), parent)
            below.setdefault(_name(parent), set()).add(known[key].acronym)
    for key, acronyms in below.items():
        if key in known:
            called[key] = known[key].acronym
            acronyms.add(known[key].acronym)
    return {called[key]: frozenset(below[key]) for key in sorted(below)}


def bodies(groups: Iterable[Group]) -> Mapping[str, frozenset[str]]:
    """Return the acronyms of the groups of each body, by the body's name."""
    called: dict[_Name, str] = {}
    found: dict[_Name, set[str]] = {}
    for group in sorted(groups, key=lambda group: group.acronym):
        if group.body:
            called.setdefault(_name(group.body), group.body)
            found.setdefault(_name(group.body), set()).add(group.acronym)
    return {called[key]: frozenset(found[key]) for key in sorted(found)}


def _above(group: Group, known: Mapping[_Name, Group]) -> Iterable[str]:
    """The parent of a group, the parent's parent, and so on."""
    met = {_name(group.acronym)}
    parent = group.parent
    while parent and _name(parent) not in met:
        met.add(_name(parent))
        yield parent
        upper = known.get(_name(parent))
        parent = upper.parent if upper else None


def _name(text: str) -> _Name:
    return " ".join(text.casefold().split())
