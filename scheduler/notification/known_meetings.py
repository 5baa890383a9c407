"""What somebody who is invited knows of a meeting, and what is news to them by now: pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.notification.beliefs import History, believed
from scheduler.notification.changes import Changes, changes_between
from scheduler.notification.telling import due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What of a meeting is another than somebody believes who was told it up to a revision.

    `told` is the plan with that meeting as they believe it to be. Invitations tell neither agenda
    nor deadlines, so that no change of these is among the `changes`.
    """

    told: Plan | None
    changes: Changes


def news_since(history: History, revision: int, uid: str, now: Instant) -> News:
    """Return what is news of a meeting by now; what changed in silence is none."""
    told = believed(_of_meeting(history, uid), revision)
    return News(told=told, changes=changes_between(told, alone(history.plan, uid), now))


def news_due_at(
    news: News, history: History, revision: int, uid: str, wait: dt.timedelta, now: Instant
) -> Instant:
    """Return when news since a revision may go, as `due_at` does for all letters about changes."""
    made = tuple(_changes_made(_of_meeting(history, uid), revision))
    return max(now, due_at(news.changes, made[0], made[-1], wait)) if made else now


def meeting_of(history: History, revision: int, uid: str) -> Meeting | None:
    """Return a meeting as it was in a revision, None where it had none."""
    plan = history.revision(revision)
    found = (one for one in plan.meetings if one.uid == uid) if plan else iter(())
    return next(found, None)


def _changes_made(history: History, revision: int) -> Iterator[Instant]:
    """Yield when each later revision was made that changed what there is of the history."""
    before = history.revision(revision)
    for number in range(revision + 1, history.plan.revision + 1):
        after = history.revision(number)
        if after is None or after.made is None:
            continue
        if number not in history.silent and (before is None or before.meetings != after.meetings):
            yield after.made
        before = after


def _of_meeting(history: History, uid: str) -> History:
    """Return the history of one meeting, of which only what invitations tell is left."""

    def revision(number: int) -> Plan | None:
        plan = history.revision(number)
        return plan and alone(plan, uid)

    return replace(history, plan=alone(history.plan, uid), revision=revision)


def alone(plan: Plan, uid: str) -> Plan:
    """Return a plan with one meeting, of which only what invitations tell is left."""
    meetings = tuple(_as_invited(one) for one in plan.meetings if one.uid == uid)
    return replace(plan, meetings=meetings, events=(), former_events=())


def _as_invited(meeting: Meeting) -> Meeting:
    """Return a meeting without what invitations do not tell; of its stamp the instants stay."""
    stamp = meeting.stamp and replace(
        meeting.stamp, sequence=0, modified=meeting.stamp.created, cancelled=None
    )
    bare = replace(meeting, stamp=stamp, agenda=None, deadlines=(), former=(), label=None)
    return replace(bare, reason=None, problems=(), line=None, source=None)
