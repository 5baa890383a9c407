"""`contribution list`: what is before the groups, and where each document stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.actions.laying import Table
from scheduler.actions.table import table_of
from scheduler.errors import InterimError
from scheduler.intake.reports import is_meant
from scheduler.model.contribution import Contribution
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.planning.placement import Place
from scheduler.store.protocol import Memory, Store

MOST_NAMED = 8


class UnknownContribution(InterimError):
    """A document that is before no group."""

    def __init__(self, typed: str, known: Iterable[str]) -> None:
        names = list(known)
        more = ", \u2026" if len(names) > MOST_NAMED else ""
        shown = ", ".join(names[:MOST_NAMED]) or "none yet: 'interim contribution add' enters one"
        super().__init__(f"{typed!r} is no contribution that is known; those are {shown}{more}")


class SeveralContributions(InterimError):
    """A number that several documents or groups have."""

    def __init__(self, typed: str, found: Iterable[Contribution]) -> None:
        shown = ", ".join(f"{one.id} of {one.group}" for one in found)
        super().__init__(
            f"{typed!r} could be several contributions: {shown}; "
            "write the number with its group, and name the group that treats it with --group"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A contribution, and where it stands at the table of its group."""

    contribution: Contribution
    place: Place
    table: Table


def list_contributions(
    store: Store, group: str | None, *, groups: Mapping[str, Group], now: Instant
) -> tuple[Placed, ...]:
    """Return the contributions of one group, or of all, by group and id; raises `UnknownGroup`."""
    with store.reading() as memory:
        chosen = [group] if group else sorted({*groups, *memory.groups()})
        tables = [table_of(memory, name, groups, now) for name in chosen]
    return tuple(placed(table, one) for table in tables for one in table.contributions)


def placed(table: Table, contribution: Contribution) -> Placed:
    """Return a contribution with its place at a table that it is on."""
    place = table.agendas.places[contribution.id]
    return Placed(contribution=contribution, place=place, table=table)


def find_contribution(
    memory: Memory, typed: str, group: str | None, groups: Mapping[str, Group]
) -> Contribution:
    """Return the one contribution, of one group or of any, that a typed number means.

    Raises `NoNumber`, `UnknownContribution` or `SeveralContributions`.
    """
    chosen = [group] if group else sorted({*groups, *memory.groups()})
    known = [one for name in chosen for one in memory.contributions(name)]
    found = [
        one for one in known if is_meant(typed, one.id, one.document_group, one.series, one.number)
    ]
    if len(found) > 1:
        raise SeveralContributions(typed, found)
    if not found:
        raise UnknownContribution(typed, (one.id for one in known))
    return found[0]
