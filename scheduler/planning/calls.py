"""The calls of a plan as an agenda sees them: their order, topics, room and last moments."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.model.meeting import Meeting, Status
from scheduler.model.moment import Instant, exact
from scheduler.model.plan import Plan
from scheduler.rules.deadlines import end_of_day
from scheduler.rules.priorities import contribution_deadline
from scheduler.rules.topics import TopicIndex

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A meeting that takes place, as far as its agenda goes.

    `over` is the instant of its end, or of the end of its last day where its hour is unknown;
    `minutes` how long it lasts, None where that is unknown; `deadline` the last instant for
    contributions, None without one; `topics` the names of the topics it is held on.
    """

    meeting: Meeting
    over: Instant
    minutes: int | None
    deadline: Instant | None
    topics: frozenset[str]

    @property
    def uid(self) -> str:
        """The UID of the meeting."""
        return self.meeting.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The calls of a plan in the order they end in, and which of them are on a topic."""

    calls: tuple[Call, ...]
    overs: tuple[datetime, ...]
    on_topic: Mapping[str, Sequence[int]]
    places: Mapping[str, int]

    def first_open(self, at: Instant) -> int:
        """Return the place of the first call not over at an instant; behind all if none is."""
        return bisect_left(self.overs, at.utc)

    def next_on(self, topic: str | None, place: int) -> int | None:
        """Return the first call at or behind a place that is held on a topic, if there is one."""
        if topic is None:
            return None
        places = self.on_topic.get(topic, ())
        at = bisect_left(places, place)
        return places[at] if at < len(places) else None

    def after(self, instant: Instant) -> int:
        """Return the place of the first call that ends after an instant."""
        return bisect_right(self.overs, instant.utc)


def calls_of(plan: Plan, topics: TopicIndex) -> Calls:
    """Return the calls of a plan: its meetings without those that do not take place."""
    found = (_call(m, topics) for m in plan.meetings if takes_place(m))
    calls = tuple(sorted(found, key=lambda call: (call.over, call.meeting.date, call.uid)))
    on_topic: dict[str, list[int]] = {}
    for place, call in enumerate(calls):
        for topic in call.topics:
            on_topic.setdefault(topic, []).append(place)
    return Calls(
        calls=calls,
        overs=tuple(call.over.utc for call in calls),
        on_topic=on_topic,
        places={call.uid: place for place, call in enumerate(calls)},
    )


def takes_place(meeting: Meeting) -> bool:
    """Tell whether a meeting stands, so that it can have an agenda."""
    return meeting.status not in (Status.CANCELLED, Status.POSTPONED)


def over_at(meeting: Meeting) -> Instant:
    """Return the instant a meeting is over; its last day's end where no hour is known."""
    return meeting.end_instant or exact(end_of_day(meeting.end_date, meeting.zone))


def minutes_of(meeting: Meeting) -> int | None:
    """Return how many minutes a meeting has, over all its days; None where that is unknown."""
    if meeting.daily is not None:
        opens, closes = (datetime.combine(meeting.date, clock) for clock in meeting.daily)
        days = (meeting.end_date - meeting.date).days + 1
        return max(0, (closes - opens) // ONE_MINUTE) * days
    start, end = meeting.start_instant, meeting.end_instant
    if start is None or end is None:
        return None
    return max(0, (end.utc - start.utc) // ONE_MINUTE)


def _call(meeting: Meeting, topics: TopicIndex) -> Call:
    return Call(
        meeting=meeting,
        over=over_at(meeting),
        minutes=minutes_of(meeting),
        deadline=contribution_deadline(meeting),
        topics=topics.main_topics(meeting),
    )
