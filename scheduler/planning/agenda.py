"""The agenda of every call of a plan, and the one place where each contribution stands now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from scheduler.model.agenda import (
    AdministrativeItem,
    Agenda,
    AgendaItem,
    AgendaSettings,
    Carried,
    CarryReason,
    Standing,
)
from scheduler.model.contribution import Contribution, ContributionState
from scheduler.model.meeting import Meeting
from scheduler.model.moment import Instant
from scheduler.model.plan import Plan
from scheduler.model.topic import Topic, TopicMatch
from scheduler.planning.calls import Call, Calls, calls_of, over_at
from scheduler.planning.carrying import Course, carried_through
from scheduler.planning.placement import Agendas, LeftToParent, Place, Redirected
from scheduler.planning.visits import Departure, Seat, Visit
from scheduler.rules.topics import topic_index, topics_of


def agendas(
    plan: Plan,
    contributions: Iterable[Contribution],
    settings: AgendaSettings,
    topics: Sequence[Topic],
    now: Instant,
) -> Agendas:
    """Return the agenda of every call of a plan, and where each contribution stands.

    `contributions` are those of the plan's group, each id once, in any order; `settings` how the
    group makes its agendas; `topics` those it declares (the meetings' own are added). A call that
    ended before `now` is over. The same values give the same agendas.
    """
    index = topic_index(topics_of(plan, topics))
    calls = calls_of(plan, index)
    ordered = sorted(contributions, key=lambda contribution: contribution.id)
    matches = {c.id: index.match(c) for c in ordered}
    before_calls = [c for c in ordered if _is_before_calls(c, matches[c.id], calls)]
    course = carried_through(
        calls, _visits(plan, calls, before_calls, matches, settings, now), settings, now
    )
    elsewhere = {c.id: _elsewhere(c, matches[c.id]) for c in ordered}
    return Agendas(
        group=plan.group,
        by_meeting={
            call.uid: _agenda(call, seats, departures, settings)
            for call, seats, departures in zip(
                calls.calls, course.seats, course.departures, strict=True
            )
        },
        places=elsewhere | _places(calls, course),
        redirected=tuple(_redirected(ordered, matches)),
        parent=tuple(_left(visit) for visit in course.left),
        withdrawn=tuple(c.id for c in ordered if c.withdrawn),
    )


def is_redirected(contribution: Contribution, match: TopicMatch) -> bool:
    """Tell whether a contribution belongs elsewhere, by a person's word or by its topic."""
    if contribution.withdrawn or contribution.treatment:
        return False
    return contribution.redirection is not None or not match.in_scope


def _is_before_calls(contribution: Contribution, match: TopicMatch, calls: Calls) -> bool:
    if contribution.withdrawn or is_redirected(contribution, match):
        return False
    treatment = contribution.treatment
    return treatment is None or treatment.meeting in calls.places


def _visits(
    plan: Plan,
    calls: Calls,
    contributions: Iterable[Contribution],
    matches: Mapping[str, TopicMatch],
    settings: AgendaSettings,
    now: Instant,
) -> Iterator[tuple[Visit, int]]:
    """Each contribution with the place of the call that it is for in the first place."""
    meetings = {meeting.uid: meeting for meeting in plan.meetings}
    for contribution in contributions:
        match, named = matches[contribution.id], contribution.meeting
        called_off = named is not None and named not in calls.places
        visit = Visit(
            contribution=contribution,
            match=match,
            minutes=settings.minutes_per_item
            if contribution.minutes is None
            else contribution.minutes,
            came_from=named if called_off else None,
            carried=CarryReason.CALLED_OFF if called_off else None,
        )
        yield visit, first_place(contribution, match, calls, meetings, now)


def first_place(
    contribution: Contribution,
    match: TopicMatch,
    calls: Calls,
    meetings: Mapping[str, Meeting],
    now: Instant,
) -> int:
    """Return the place of the call that a contribution is for in the first place.

    The call it was submitted to; else the first on its topic, or else the first of all. What is
    only announced can come before no call that is over `now`; what was submitted to a meeting
    that was called off is for the next.
    """
    named = contribution.meeting
    if named is not None and named in calls.places:
        return calls.places[named]
    first = calls.first_open(contribution.received or now)
    if named is None:
        on_topic = calls.next_on(match.topic, first)
        return first if on_topic is None else on_topic
    return max(first, calls.after(over_at(meetings[named]))) if named in meetings else first


def _agenda(
    call: Call, seats: Iterable[Seat], departures: Iterable[Departure], settings: AgendaSettings
) -> Agenda:
    fixed = settings.administrative
    items = [_administrative(item) for item in fixed if not item.last]
    items += [_item(seat) for seat in seats]
    items += [_administrative(item) for item in fixed if item.last]
    starts = accumulate((item.minutes for item in items), initial=0)
    return Agenda(
        items=tuple(replace(item, starts=at) for item, at in zip(items, starts, strict=False)),
        carried=tuple(_carried(departure) for departure in departures),
        minutes=call.minutes,
    )


def _administrative(item: AdministrativeItem) -> AgendaItem:
    return AgendaItem(
        title=item.title, standing=Standing.ADMINISTRATIVE, minutes=item.minutes, starts=0
    )


def _item(seat: Seat) -> AgendaItem:
    visit = seat.visit
    return AgendaItem(
        title=_title(visit.contribution),
        standing=seat.standing,
        minutes=visit.minutes,
        starts=0,
        contribution=visit.id,
        revision=visit.contribution.revision,
        match=visit.match,
        came_from=visit.came_from,
        carried=visit.carried,
    )


def _carried(departure: Departure) -> Carried:
    contribution = departure.visit.contribution
    return Carried(
        contribution=contribution.id,
        title=_title(contribution),
        reason=departure.reason,
        to=departure.to,
    )


def _places(calls: Calls, course: Course) -> dict[str, Place]:
    places = {
        seat.visit.id: _place(seat.visit, call.uid, seat.standing)
        for call, seats in zip(calls.calls, course.seats, strict=True)
        for seat in seats
    }
    return places | {visit.id: _place(visit, None, None) for visit in course.left}


def _place(visit: Visit, meeting: str | None, standing: Standing | None) -> Place:
    return Place(
        state=_state(visit, standing),
        match=visit.match,
        meeting=meeting,
        to_parent=meeting is None,
        standing=standing,
        came_from=visit.came_from,
        carried=visit.carried,
    )


def _state(visit: Visit, standing: Standing | None) -> ContributionState:
    contribution = visit.contribution
    if contribution.treatment:
        return ContributionState(contribution.treatment.outcome)
    if contribution.received is None:
        return ContributionState.ANNOUNCED
    if standing is Standing.LATE or visit.carried is CarryReason.LATE:
        accepted = contribution.accepted is not None
        return ContributionState.ACCEPTED_LATE if accepted else ContributionState.LATE
    return ContributionState.CARRIED if visit.carried else ContributionState.RECEIVED


def _elsewhere(contribution: Contribution, match: TopicMatch) -> Place:
    """The place of what is before no call: withdrawn, redirected, or treated at another meeting."""
    treatment = contribution.treatment
    if contribution.withdrawn:
        return Place(state=ContributionState.WITHDRAWN, match=match)
    if treatment:
        state = ContributionState(treatment.outcome)
        return Place(state=state, match=match, meeting=treatment.meeting)
    return Place(state=ContributionState.REDIRECTED, match=match)


def _redirected(
    contributions: Iterable[Contribution], matches: Mapping[str, TopicMatch]
) -> Iterator[Redirected]:
    for contribution in contributions:
        match, redirection = matches[contribution.id], contribution.redirection
        if is_redirected(contribution, match):
            yield Redirected(
                contribution=contribution.id,
                title=_title(contribution),
                match=match,
                to=redirection.to if redirection else None,
                reason=redirection.reason if redirection else None,
            )


def _left(visit: Visit) -> LeftToParent:
    return LeftToParent(
        contribution=visit.id,
        title=_title(visit.contribution),
        came_from=visit.came_from,
        reason=visit.carried,
    )


def _title(contribution: Contribution) -> str:
    return contribution.title or contribution.id
