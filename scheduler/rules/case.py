"""What a rule is given to judge, and how it words its judgement in facts."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from scheduler.model.busy import BusyTime
from scheduler.model.finding import Finding
from scheduler.model.group import Group, plain_group
from scheduler.model.holiday import Holiday, country_of
from scheduler.model.meeting import Event, Meeting, Status
from scheduler.model.moment import Instant
from scheduler.model.pack import Level, RuleCall
from scheduler.model.plan import Plan
from scheduler.model.problem import Severity
from scheduler.model.report import ParentMeeting
from scheduler.rules.timetable import Timetable

WEIGHT = {
    Level.MUST: Severity.ERROR,
    Level.NORMALLY: Severity.WARNING,
    Level.NOTE: Severity.NOTICE,
}
Start = tuple[datetime, str]
Day = tuple[date, time, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A group's plan as it stands at an instant, and the law it is judged by.

    `standing` are the meetings that take place, `with_deadlines` those of them that have some,
    `timetable` those with a known start, in the order of `starts`, `in_order` all of them in that
    of `days`, which `series` has by their source: what they are put in order by stands beside
    them, so that looking one up stays quick. `parents` are the meetings of the parent in order,
    `holidays` the days that the host or a member's country keeps, `elsewhere` what other groups
    and outside calendars hold, the group's own meetings perhaps among it.
    """

    plan: Plan
    now: Instant
    group: Group
    calls: tuple[RuleCall, ...]
    parents: tuple[ParentMeeting, ...]
    holidays: Mapping[date, tuple[Holiday, ...]]
    closed: frozenset[date]
    elsewhere: tuple[Timetable[BusyTime], ...] = ()
    standing: tuple[Meeting, ...] = ()
    with_deadlines: tuple[Meeting, ...] = ()
    timetable: tuple[Meeting, ...] = ()
    starts: tuple[Start, ...] = ()
    in_order: tuple[Meeting, ...] = ()
    days: tuple[Day, ...] = ()
    series: Mapping[str | None, Sequence[Day]] = field(default_factory=dict)

    def with_meetings(self, meetings: Iterable[Meeting]) -> "Case":
        """Return the case of these meetings on the same ground."""
        standing = tuple(m for m in meetings if m.status is not Status.CANCELLED)
        known = ((m.start_instant, m) for m in standing)
        timetable = sorted(
            (((start.utc, m.uid), m) for start, m in known if start), key=lambda row: row[0]
        )
        in_order = sorted(standing, key=day_of)
        series: defaultdict[str | None, list[Day]] = defaultdict(list)
        for meeting in in_order:
            series[meeting.source].append(day_of(meeting))
        return replace(
            self,
            standing=standing,
            with_deadlines=tuple(m for m in standing if m.deadlines),
            timetable=tuple(meeting for _, meeting in timetable),
            starts=tuple(start for start, _ in timetable),
            in_order=tuple(in_order),
            days=tuple(day_of(meeting) for meeting in in_order),
            series=series,
        )

    def overlapping_later(self, meeting: Meeting) -> Iterator[Meeting]:
        """Yield the meetings that start during `meeting`, or with it and stand behind it."""
        start, end = meeting.start_instant, meeting.end_instant
        if start is None or end is None:
            return
        place = bisect_right(self.starts, (start.utc, meeting.uid))
        while place < len(self.starts) and self.starts[place][0] < end.utc:
            yield self.timetable[place]
            place += 1

    def held_during(self, meeting: Meeting) -> Iterator[BusyTime]:
        """Yield what is held elsewhere at some time of `meeting`."""
        start, end = meeting.start_instant, meeting.end_instant
        if start is None or end is None or not self.elsewhere:
            return
        for timetable in self.elsewhere:
            yield from timetable.across(start.utc, end.utc)

    def before(self, meeting: Meeting) -> Meeting | None:
        """Return the meeting that precedes this one."""
        place = bisect_left(self.days, day_of(meeting))
        return self.in_order[place - 1] if place else None

    def after(self, meeting: Meeting) -> Meeting | None:
        """Return the meeting that follows this one."""
        place = bisect_right(self.days, day_of(meeting))
        return self.in_order[place] if place < len(self.days) else None

    def rank(self, meeting: Meeting) -> int:
        """Return which meeting of its series this one is, the first being 1."""
        return bisect_right(self.series.get(meeting.source, ()), day_of(meeting))

    def is_of_last_report(self, meeting: Meeting) -> bool:
        """Tell whether a meeting belongs to the document that asks for permission."""
        number = self.plan.document.number
        return number is None or meeting.source is None or number.startswith(meeting.source)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the report and of the group's file."""
        return (*self.plan.events, *self.group.events)

    @property
    def permitted_on(self) -> date | None:
        """The day from which notice counts: the parent's decision, or its meeting's last day.

        Until the parent has decided, the end of the meeting that was asked to is the earliest
        day on which it can have.
        """
        plan = self.plan
        if plan.authorization.decided:
            return plan.authorization.decided
        return plan.parent_meeting.end_date if plan.parent_meeting else None

    def announced_on(self, meeting: Meeting) -> date:
        """Return the day a meeting was announced: published first, or today at the earliest."""
        announced = meeting.stamp.created if meeting.stamp else self.now
        return announced.in_zone(meeting.zone).date()


def case_of(
    plan: Plan,
    now: Instant,
    group: Group | None = None,
    calls: Iterable[RuleCall] = (),
    elsewhere: Iterable[Timetable[BusyTime]] = (),
) -> Case:
    """Return a group's plan made ready to be judged as of `now` by the calls of its law."""
    group = group or plain_group(plan.group)
    ground = Case(
        plan=plan,
        now=now,
        group=group,
        calls=tuple(calls),
        parents=_parents(plan, group),
        holidays=_holidays(group),
        closed=group.closed_days,
        elsewhere=tuple(elsewhere),
    )
    return ground.with_meetings(plan.meetings)


def day_of(meeting: Meeting) -> Day:
    """Return what meetings are put in order by."""
    return (meeting.date, meeting.start or time.min, meeting.uid)


def finding(call: RuleCall, code: str, meeting: Meeting, **facts: str | int) -> Finding:
    """Return the judgement of a rule on a meeting, as heavy as the rule's level makes it."""
    return Finding(
        code=code,
        severity=WEIGHT[call.level],
        meeting=meeting.uid,
        facts=(("meeting", meeting.label or meeting.date.isoformat()), *facts.items()),
        citation=call.citation,
        rule=call.id or call.rule,
        reason=call.reason,
    )


def remark(call: RuleCall, code: str, meeting: Meeting, **facts: str | int) -> Finding:
    """Return what a rule has to say where it is not missed: a notice, whatever its level."""
    return replace(finding(call, code, meeting, **facts), severity=Severity.NOTICE)


def _parents(plan: Plan, group: Group) -> tuple[ParentMeeting, ...]:
    known = {meeting.date: meeting for meeting in group.parent_meetings}
    if plan.parent_meeting:
        known[plan.parent_meeting.date] = plan.parent_meeting
    return tuple(known[day] for day in sorted(known))


def _holidays(group: Group) -> Mapping[date, tuple[Holiday, ...]]:
    found: dict[date, tuple[Holiday, ...]] = {}
    places = {*group.member_countries, *map(country_of, group.member_countries)}
    for day in group.holidays:
        of_host = day.host is not None and day.host == group.host
        if of_host or places & set(day.countries):
            found[day.date] = (*found.get(day.date, ()), day)
    return found
