"""`move`, `cancel`, `skip`: edit the draft of one meeting, this and the following, or all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scheduler.errors import InterimError
from scheduler.model.change import Comparison
from scheduler.model.group import Group, group_named
from scheduler.model.letter import Letter
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.planning.comparison import compare
from scheduler.planning.editing import Move, Scope, cancelled, moved, skipped
from scheduler.store.protocol import Memory, Store

SHORTEST_UID = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """Whose draft was edited, and what the draft now changes in the plan that stands.

    `letters` tell of what stands already, as after `authorize`.
    """

    group: str
    changes: Comparison
    published: Plan | None
    draft: Plan
    letters: tuple[Letter, ...] = ()


class UnknownMeeting(InterimError):
    """No meeting answers to that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no meeting is called {name!r}; give its id, the first {SHORTEST_UID} or more "
            "characters of it, its label, date or GROUP/label, as 'interim plan' shows them"
        )


class SeveralMeetings(InterimError):
    """Several meetings answer to that name."""

    def __init__(self, name: str, meetings: list[Meeting]) -> None:
        shown = ", ".join(f"{m.uid[:8]} ({m.group} {m.label or ''} {m.date})" for m in meetings)
        super().__init__(f"{name!r} could be several meetings: {shown}; give the id of one of them")


def move(
    store: Store,
    meeting: str,
    to: Move,
    *,
    scope: Scope,
    reason: str | None,
    groups: Mapping[str, Group],
    now: Instant,
) -> Edited:
    """Move a meeting in its group's draft; returns what the draft now changes in the plan.

    `groups` tell which days their hosts are closed on, which some deadlines pass over.
    `meeting` is a UID or a beginning of one, a label, a date, or GROUP/label. Raises
    `UnknownMeeting`, `SeveralMeetings`, or what `planning.editing.moved` raises.
    """

    def edit(plan: Plan, uid: str, _: Plan | None) -> Plan:
        group = group_named(plan.group, groups)
        return moved(plan, uid, to, scope=scope, reason=reason, closed=group.closed_days)

    return _edit(store, meeting, edit, now)


def cancel(store: Store, meeting: str, *, scope: Scope, reason: str | None, now: Instant) -> Edited:
    """Cancel a meeting in its group's draft; returns what the draft now changes in the plan."""
    return _edit(
        store,
        meeting,
        lambda plan, uid, published: cancelled(plan, uid, published, scope=scope, reason=reason),
        now,
    )


def skip(store: Store, meeting: str, *, scope: Scope, reason: str | None, now: Instant) -> Edited:
    """Leave a meeting out; where calendars show it already, it is cancelled there."""
    return _edit(
        store,
        meeting,
        lambda plan, uid, published: skipped(plan, uid, published, scope=scope, reason=reason),
        now,
    )


def _edit(
    store: Store, name: str, edit: Callable[[Plan, str, Plan | None], Plan], now: Instant
) -> Edited:
    with store.writing() as memory:
        chosen = find_meeting(memory, name)
        return change_draft(
            memory, chosen.group, now, lambda plan, published: edit(plan, chosen.uid, published)
        )


def change_draft(
    memory: Memory, group: str, now: Instant, edit: Callable[[Plan, Plan | None], Plan]
) -> Edited:
    """Save a group's draft, or its plan as a draft, as `edit` returns it.

    `edit` is given that plan and the one that stands. Where it changes nothing, nothing is saved.
    """
    published = memory.current(group)
    base = memory.draft(group) or published or Plan(group=group)
    edited = edit(base, published)
    if edited != base:
        memory.save_draft(replace(edited, made=now))
    return Edited(
        group=group, changes=compare(published, edited), published=published, draft=edited
    )


def find_meeting(memory: Memory, name: str, group: str | None = None) -> Meeting:
    """Return the one meeting, of any group or of one, that a name means.

    Raises `UnknownMeeting` or `SeveralMeetings`.
    """
    groups = [group] if group else memory.groups()
    plans = (memory.draft(known) or memory.current(known) for known in groups)
    meetings = [meeting for plan in plans if plan for meeting in plan.meetings]
    for test in (_is_uid, _is_label, _is_date):
        found = [meeting for meeting in meetings if test(meeting, name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralMeetings(name, found)
    raise UnknownMeeting(name)


def _is_uid(meeting: Meeting, name: str) -> bool:
    return meeting.uid == name or (len(name) >= SHORTEST_UID and meeting.uid.startswith(name))


def _is_label(meeting: Meeting, name: str) -> bool:
    names = (meeting.label, f"{meeting.group}/{meeting.label}")
    return meeting.label is not None and name in names


def _is_date(meeting: Meeting, name: str) -> bool:
    return name in (meeting.date.isoformat(), f"{meeting.group}/{meeting.date}")
