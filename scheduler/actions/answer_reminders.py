"""Who is asked again for their answer, found in what is remembered."""

from collections.abc import Iterator, Mapping

from scheduler.model.group import Group
from scheduler.model.letter import Letter
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.answers import answer_letter, due_answer_reminders, opening_between
from scheduler.notification.due import NO_DOMAIN
from scheduler.notification.invitations import may_have_arrived
from scheduler.store.protocol import Memory


def answer_reminders_due(
    memory: Memory, groups: Mapping[str, Group], domain: str, now: Instant
) -> tuple[Letter, ...]:
    """Return the letters that ask for an answer, are due at `now` and were not queued before.

    Who may not have had their newest invitation is not among their recipients. `domain` as in all
    letters.
    """
    due = (
        letter
        for group, plan in _asking(memory, groups)
        for letter in due_answer_reminders(
            plan, group, memory.attendees(group.acronym), now, domain=domain
        )
    )
    return tuple(
        letter for letter in due if memory.letter(letter.key) is None and _has_had(memory, letter)
    )


def answer_reminders_between(
    memory: Memory, groups: Mapping[str, Group], start: Instant, end: Instant
) -> Iterator[Letter]:
    """Yield the letters that open after `start`, and by `end`, if nobody answers until then."""
    for group, plan in _asking(memory, groups):
        attendees = memory.attendees(group.acronym)
        for found in opening_between(plan, group, attendees, start, end):
            yield answer_letter(found, found.opening.opens, NO_DOMAIN)


def _asking(memory: Memory, groups: Mapping[str, Group]) -> Iterator[tuple[Group, Plan]]:
    """Yield the groups whose rules ask for answers and that have a plan; most have no such rule."""
    for name, group in groups.items():
        plan = memory.current(name) if group.answer_rungs else None
        if plan is not None:
            yield group, plan


def _has_had(memory: Memory, letter: Letter) -> bool:
    attendee = memory.attendee(letter.subscription)
    newest = memory.letter(attendee.letter) if attendee and attendee.letter else None
    return newest is not None and may_have_arrived(newest)
