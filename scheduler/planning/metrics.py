"""How a group's work went in a period: its meetings, and what became of the contributions to them.

Counted from the plan that stands and the contributions alone, whatever the day. A contribution
counts at the first call it was for, and in the period that call lies in; one that was for no call
counts in the period it was received in (its day in UTC).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.contribution import Contribution, Outcome
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.period import StudyPeriod, calendar_year
from scheduler.model.plan import Plan
from scheduler.planning.calls import over_at, takes_place
from scheduler.rules.priorities import contribution_deadline, is_late


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """How long a contribution was carried: over `calls` calls and `days` days.

    `days` is None where it went to the parent.
    """

    contribution: str
    calls: int
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of some contributions.

    `contributions` are all; of them `on_time` and `late` are received, `admitted` late and
    admitted, `announced` not received; `withdrawn` and `redirected` need no treatment; `treated`
    and `noted` have had theirs; `carried` were carried to a later call or to the parent.
    `on_table` are those that were received, or treated, and neither withdrawn nor redirected.
    """

    contributions: int = 0
    announced: int = 0
    on_time: int = 0
    late: int = 0
    admitted: int = 0
    withdrawn: int = 0
    redirected: int = 0
    treated: int = 0
    noted: int = 0
    on_table: int = 0
    carried: tuple[Carrying, ...] = ()

    @property
    def share(self) -> Fraction | None:
        """The share of those on the table that was treated or noted; None where there is none."""
        return Fraction(self.treated + self.noted, self.on_table) if self.on_table else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFigures:
    """What was put before one call; `over` is the instant it is over."""

    meeting: Meeting
    over: Instant
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A group's figures in one period.

    `called_off` is how many meetings did not take place; `sources` and `countries` are names
    with how many contributions they submitted, most first.
    """

    period: StudyPeriod
    calls: tuple[CallFigures, ...]
    called_off: int
    counts: Counts
    sources: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]

    def held(self, now: Instant) -> int:
        """Return how many of its meetings are over."""
        return sum(call.over <= now for call in self.calls)


def periods_of(plan: Plan, known: Iterable[StudyPeriod] = ()) -> tuple[StudyPeriod, ...]:
    """Return the periods a plan's meetings lie in: `known` ones, or else calendar years."""
    known = tuple(known)
    found = {
        next((p for p in known if p.holds(meeting.date)), calendar_year(meeting.date.year))
        for meeting in plan.meetings
    }
    return tuple(sorted(found, key=lambda period: (period.start, period.end)))


def figures(
    plan: Plan, contributions: Iterable[Contribution], periods: Iterable[StudyPeriod]
) -> tuple[Figures, ...]:
    """Return a group's figures in each period, in the order of `periods`.

    `contributions` are those of the plan's group, in any order.
    """
    table = _Table(plan)
    entries = [_entry(one, table) for one in sorted(contributions, key=lambda one: one.id)]
    return tuple(_figures(plan, period, entries, table) for period in periods)


class _Table:
    """The calls of a plan in order, and which call each contribution stands at by the agendas."""

    def __init__(self, plan: Plan) -> None:
        standing = (meeting for meeting in plan.meetings if takes_place(meeting))
        self.calls = sorted(standing, key=lambda m: (over_at(m), m.date, m.uid))
        self.overs = [over_at(meeting) for meeting in self.calls]
        self.places = {meeting.uid: place for place, meeting in enumerate(self.calls)}
        self.first: dict[str, int] = {}
        self.now: dict[str, int] = {}
        for place, meeting in enumerate(self.calls):
            self._take(place, meeting)

    def _take(self, place: int, meeting: Meeting) -> None:
        if meeting.agenda is None:
            return
        for carried in meeting.agenda.carried:
            self.first.setdefault(carried.contribution, place)
            self.now[carried.contribution] = self._goal(carried.to, place)
        for item in meeting.agenda.items:
            if item.contribution:
                self.first.setdefault(item.contribution, place)
                self.now[item.contribution] = place

    def _goal(self, uid: str | None, place: int) -> int:
        return len(self.calls) if uid is None else self.places.get(uid, place)


@dataclass(frozen=True, slots=True)
class _Entry:
    contribution: Contribution
    call: int | None
    late: bool
    carrying: Carrying | None


def _entry(contribution: Contribution, table: _Table) -> _Entry:
    call = _first_call(contribution, table)
    late = call is not None and is_late(contribution, contribution_deadline(table.calls[call]))
    return _Entry(contribution, call, late, _carrying(contribution, call, table))


def _first_call(contribution: Contribution, table: _Table) -> int | None:
    """The call it was submitted to, or the first that has it, or the next one after receipt."""
    if contribution.meeting in table.places:
        return table.places[contribution.meeting]
    if contribution.id in table.first:
        return table.first[contribution.id]
    if contribution.received is None:
        return None
    place = bisect_left(table.overs, contribution.received)
    return place if place < len(table.calls) else None


def _carrying(contribution: Contribution, call: int | None, table: _Table) -> Carrying | None:
    treated = contribution.treatment.meeting if contribution.treatment else None
    now = table.places.get(treated) if treated else table.now.get(contribution.id)
    if contribution.withdrawn or contribution.redirection or call is None or now is None:
        return None
    if now <= call:
        return None
    to_parent = now == len(table.calls)
    days = None if to_parent else (table.calls[now].date - table.calls[call].date).days
    return Carrying(contribution=contribution.id, calls=now - call, days=days)


def _figures(plan: Plan, period: StudyPeriod, entries: Sequence[_Entry], table: _Table) -> Figures:
    own = [entry for entry in entries if _is_in(entry, period, table)]
    by_call: dict[int | None, list[_Entry]] = {}
    for entry in own:
        by_call.setdefault(entry.call, []).append(entry)
    called_off = [m for m in plan.meetings if not takes_place(m) and period.holds(m.date)]
    sources = [entry.contribution.sources for entry in own]
    return Figures(
        period=period,
        calls=tuple(
            CallFigures(
                meeting=meeting, over=table.overs[place], counts=_counts(by_call.get(place, ()))
            )
            for place, meeting in enumerate(table.calls)
            if period.holds(meeting.date)
        ),
        called_off=len(called_off),
        counts=_counts(own),
        sources=_tally({source.name for source in several} for several in sources),
        countries=_tally({one.country for one in several if one.country} for several in sources),
    )


def _is_in(entry: _Entry, period: StudyPeriod, table: _Table) -> bool:
    if entry.call is not None:
        return period.holds(table.calls[entry.call].date)
    received = entry.contribution.received
    return received is not None and period.holds(received.utc.date())


def _counts(entries: Sequence[_Entry]) -> Counts:
    said = [entry.contribution for entry in entries]
    outcomes = Counter(one.treatment.outcome for one in said if one.treatment)
    return Counts(
        contributions=len(entries),
        announced=sum(one.received is None for one in said),
        on_time=sum(one.received is not None for one in said) - sum(e.late for e in entries),
        late=sum(entry.late for entry in entries),
        admitted=sum(e.late and e.contribution.accepted is not None for e in entries),
        withdrawn=sum(one.withdrawn is not None for one in said),
        redirected=sum(one.redirection is not None for one in said),
        treated=outcomes[Outcome.TREATED],
        noted=outcomes[Outcome.NOTED],
        on_table=sum(_is_on_table(one) for one in said),
        carried=tuple(entry.carrying for entry in entries if entry.carrying),
    )


def _is_on_table(contribution: Contribution) -> bool:
    if contribution.withdrawn or contribution.redirection:
        return False
    return contribution.received is not None or contribution.treatment is not None


def _tally(names: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    counted = Counter(name for several in names for name in several)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
