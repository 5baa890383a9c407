"""`agenda`: what stands on each call and why, what moves on, and what moved before."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.actions.edit import Edited, change_draft, find_meeting
from scheduler.actions.laying import Table, lay, with_agendas
from scheduler.actions.plan import known_group
from scheduler.actions.table import record_moves, table_of
from scheduler.errors import InterimError
from scheduler.model.agenda import Agenda, CarryRecord
from scheduler.model.group import Group
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.planning.calls import over_at
from scheduler.store.protocol import Memory, Store


class NoAgenda(InterimError):
    """A meeting that has no agenda, for it does not take place."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"meeting {meeting.label or meeting.uid[:8]} of {meeting.date} is {meeting.status} and "
            "has no agenda; 'interim agenda' shows those of the calls ahead"
        )


class NothingToSet(InterimError):
    """Agendas were to be set for a group that has no call ahead."""

    def __init__(self, group: str | None) -> None:
        super().__init__(
            f"{f'{group} has no' if group else 'no group has a'} call ahead whose agenda could be "
            "set; "
            "import a report, or name a call with --meeting"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A call and the agenda that it has as things stand."""

    meeting: Meeting
    agenda: Agenda


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The calls of one group that were asked for, and the history of its contributions."""

    table: Table
    sittings: tuple[Sitting, ...]
    history: tuple[CarryRecord, ...]


def show_agendas(
    store: Store,
    group: str | None,
    meeting: str | None,
    *,
    groups: Mapping[str, Group],
    now: Instant,
) -> tuple[View, ...]:
    """Return the agendas of the calls ahead, of one group or all, or that of one call.

    `meeting` is named as people name it. Raises `UnknownGroup`, `UnknownMeeting`,
    `SeveralMeetings` or `NoAgenda`.
    """
    with store.reading() as memory:
        return _views(memory, group, meeting, groups, now)


def set_agendas(
    store: Store,
    group: str | None,
    meeting: str | None,
    *,
    groups: Mapping[str, Group],
    now: Instant,
    by: str | None,
) -> tuple[Edited, ...]:
    """Write the agendas of the calls ahead, or of one call, into the drafts of their groups.

    They are told once approved. Raises `NothingToSet` beside what `show_agendas` does.
    """
    with store.writing() as memory:
        views = [view for view in _views(memory, group, meeting, groups, now) if view.sittings]
        if not views:
            raise NothingToSet(group)
        return tuple(_set(memory, view, groups, now, by) for view in views)


def carry_history(
    store: Store, group: str | None, *, groups: Mapping[str, Group], now: Instant
) -> tuple[View, ...]:
    """Return every line of what moved, of one group or all; raises `UnknownGroup`."""
    with store.reading() as memory:
        return tuple(
            View(table=table_of(memory, name, groups, now), sittings=(), history=lines)
            for name in _chosen(memory, group, groups)
            if (lines := memory.carries(name)) or group
        )


def _views(
    memory: Memory,
    group: str | None,
    meeting: str | None,
    groups: Mapping[str, Group],
    now: Instant,
) -> tuple[View, ...]:
    if meeting is not None:
        named = find_meeting(memory, meeting, group)
        table = table_of(memory, named.group, groups, now)
        if named.uid not in table.agendas.by_meeting:
            raise NoAgenda(named)
        return (_view(memory, table, (named,)),)
    tables = [table_of(memory, name, groups, now) for name in _chosen(memory, group, groups)]
    return tuple(_view(memory, table, _ahead(table, now)) for table in tables)


def _chosen(memory: Memory, group: str | None, groups: Mapping[str, Group]) -> list[str]:
    if group is None:
        return list(memory.groups())
    known_group(group, memory, groups)
    return [group]


def _view(memory: Memory, table: Table, meetings: tuple[Meeting, ...]) -> View:
    found = table.agendas.by_meeting
    return View(
        table=table,
        sittings=tuple(Sitting(meeting=m, agenda=found[m.uid]) for m in meetings),
        history=memory.carries(table.group.acronym),
    )


def _ahead(table: Table, now: Instant) -> tuple[Meeting, ...]:
    """The calls that are not over, in their order."""
    known = {meeting.uid: meeting for meeting in table.plan.meetings}
    calls = (known[uid] for uid in table.agendas.by_meeting)
    return tuple(meeting for meeting in calls if over_at(meeting) >= now)


def _set(
    memory: Memory, view: View, groups: Mapping[str, Group], now: Instant, by: str | None
) -> Edited:
    group = view.table.group
    chosen = {sitting.meeting.uid for sitting in view.sittings}
    edited = change_draft(
        memory,
        group.acronym,
        now,
        lambda plan, _: with_agendas(plan, lay(memory, group, plan, now).agendas, chosen),
    )
    record_moves(memory, group.acronym, groups, now, by)
    return edited
