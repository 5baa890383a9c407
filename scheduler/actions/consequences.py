"""What becomes of feeds and letters once a plan stands, by what publishes and reminds itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.actions.owing import Known, fulfilled_by
from scheduler.model.group import Group
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.digests import told_about
from scheduler.notification.foresight import LetterChanges, letter_changes
from scheduler.planning.stamping import stamped
from scheduler.publication.foresight import FeedChanges, feed_changes
from scheduler.store.protocol import Memory, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A group's plan that stands, None where there is none, and the one that is to."""

    group: Group
    published: Plan | None
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What one step does to a group's feeds and letters; `plan` is stamped as it would stand."""

    group: Group
    plan: Plan
    feeds: FeedChanges
    letters: LetterChanges


def foresee(
    store: Store, steps: Iterable[Step], *, base_url: str, now: Instant
) -> tuple[Consequences, ...]:
    """Return what `approve`, `publish` and `remind` would do at `now` with each step."""
    with store.reading() as memory:
        return tuple(_foreseen(memory, step, base_url, now) for step in steps)


def _foreseen(memory: Memory, step: Step, base_url: str, now: Instant) -> Consequences:
    group, before = step.group, step.published
    after = stamped(before, step.plan, now)
    letters = told_about(group, memory.letters(None))
    wishes = memory.subscriptions(group.acronym)
    known = memory.contributions(group.acronym)
    done = Known(memory).done(group)
    return Consequences(
        group=group,
        plan=after,
        feeds=feed_changes(group, before, after, base_url, now),
        letters=letter_changes(
            group,
            before,
            after,
            wishes,
            letters,
            now,
            lambda plan: fulfilled_by(plan, group, done, known),
        ),
    )
