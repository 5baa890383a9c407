"""The meetings of a mandate that names its days, or the rules they recur by.

A day that is skipped keeps its place: the hours of the days after it do not change. Nothing is
left out without a word.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import cycle

from scheduler.model.mandate import Mandate
from scheduler.model.meeting import Meeting, Status
from scheduler.model.recurrence import Slot
from scheduler.model.report import AuthorizationState, ParentMeeting
from scheduler.planning.expansion import NONE_CLOSED, recurring_days
from scheduler.rules.deadlines import derive


class Omission(StrEnum):
    """Why a day that a rule names is left out."""

    SKIPPED = "skipped"
    DURING_PARENT = "during_parent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A day without its meeting, and what stands against it."""

    date: date
    why: Omission
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The meetings of a mandate in order, and the days that were left out of them."""

    meetings: tuple[Meeting, ...]
    left_out: tuple[LeftOut, ...] = ()


def named_series(mandate: Mandate, closed: AbstractSet[date] = NONE_CLOSED) -> Series:
    """Return the series of a mandate's listed days and rules, up to the parent's next meeting.

    `closed` holds the host's closure days. The same day and start is taken once.
    """
    kept: dict[tuple[date, Slot], Meeting] = {}
    left_out: dict[date, LeftOut] = {}
    for day, slot in sorted(_named_slots(mandate, closed)):
        hindrance = hindered(mandate, day, ends_on(day, slot))
        if hindrance:
            left_out[day] = hindrance
        else:
            kept.setdefault((day, slot), meeting_at(mandate, day, slot))
    return Series(
        meetings=numbered(mandate, kept.values(), closed), left_out=tuple(left_out.values())
    )


def meeting_at(mandate: Mandate, day: date, slot: Slot) -> Meeting:
    """Return a meeting of the mandate at a slot, without label, topics and deadlines."""
    ends = datetime.combine(day, slot.start) + timedelta(minutes=slot.minutes)
    allowed = mandate.authorization.state is AuthorizationState.AUTHORIZED
    return Meeting(
        group=mandate.group,
        date=day,
        start=slot.start,
        end_date=ends.date(),
        end=ends.time(),
        zone=mandate.zone,
        mode=mandate.mode,
        place=mandate.place,
        link=mandate.link,
        status=Status.CONFIRMED if allowed else Status.TENTATIVE,
    )


def ends_on(day: date, slot: Slot) -> date:
    """Return the last day of a meeting that takes a slot."""
    return (datetime.combine(day, slot.start) + timedelta(minutes=slot.minutes)).date()


def numbered(
    mandate: Mandate, meetings: Iterable[Meeting], closed: AbstractSet[date] = NONE_CLOSED
) -> tuple[Meeting, ...]:
    """Return meetings in order with numbers for labels, their topics and their deadlines."""
    ordered = sorted(meetings, key=lambda m: (m.date, str(m.start)))
    return tuple(_dressed(mandate, meeting, at, closed) for at, meeting in enumerate(ordered))


def hindered(mandate: Mandate, day: date, end_day: date) -> LeftOut | None:
    """Return what keeps a meeting of the mandate from these days; None where nothing does."""
    for skip in mandate.skips:
        if day <= skip.date <= end_day:
            return LeftOut(date=day, why=Omission.SKIPPED, reason=skip.reason)
    for parent in mandate.parents:
        if day <= parent.end_date and parent.date <= end_day:
            return LeftOut(date=day, why=Omission.DURING_PARENT, reason=parent_in_words(parent))
    return None


def parent_in_words(parent: ParentMeeting) -> str:
    """Return a parent meeting's name and days, such as "TSAG 2024-07-29 to 2024-08-02"."""
    days = f"{parent.date} to {parent.end_date}"
    return f"{parent.name} {days}" if parent.name else days


def _named_slots(mandate: Mandate, closed: AbstractSet[date]) -> Iterator[tuple[date, Slot]]:
    yield from zip(sorted(set(mandate.listed)), cycle(mandate.slots), strict=False)
    for rule in mandate.rules:
        last = rule.recurrence.until or _bound(mandate, rule.first)
        days = recurring_days(rule.recurrence, rule.first, last, closed)
        yield from zip(days, cycle(rule.slots), strict=False)


def _bound(mandate: Mandate, first: date) -> date:
    """The eve of the parent's next meeting; without one, what the rule itself counts to."""
    ahead = [parent.date for parent in mandate.parents if parent.date > first]
    return min(ahead) - timedelta(days=1) if ahead else date.max


def _dressed(mandate: Mandate, meeting: Meeting, at: int, closed: AbstractSet[date]) -> Meeting:
    topics = mandate.topics[at] if at < len(mandate.topics) else ()
    labelled = replace(meeting, label=str(at + 1), topics=topics)
    return replace(labelled, deadlines=derive(mandate.deadline_rules, labelled, closed))
