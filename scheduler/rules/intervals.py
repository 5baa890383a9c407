"""How many meetings, how far apart, how long, and after what."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.model.deadline import Unit
from scheduler.model.finding import Finding
from scheduler.model.meeting import Meeting
from scheduler.model.pack import RuleCall
from scheduler.rules.case import Case, finding
from scheduler.rules.deadlines import shift

ONE_MINUTE = timedelta(minutes=1)


def quota(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A series has no more meetings than were authorised, or than the rule names."""
    stated = call.option("at_most")
    most = case.plan.authorization.count if stated is None else int(stated)
    if most is None or (stated is None and not case.is_of_last_report(meeting)):
        return
    rank = case.rank(meeting)
    if rank > most:
        yield finding(call, "too_many_meetings", meeting, rank=rank, most=most)


def spacing(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting follows the one before it neither too soon nor too late."""
    earlier = case.before(meeting)
    if earlier is None:
        return
    unit = Unit(str(call.value("unit")))
    for option, sign in (("at_least", 1), ("at_most", -1)):
        amount = call.option(option)
        if amount is None:
            continue
        code = "too_close" if sign > 0 else "too_far_apart"
        limit = shift(earlier.end_date, int(amount), unit, case.closed)
        if (limit - meeting.date).days * sign > 0:
            yield finding(
                call,
                code,
                meeting,
                days=(meeting.date - earlier.end_date).days,
                other=earlier.end_date.isoformat(),
                amount=int(amount),
                unit=unit,
                limit=limit.isoformat(),
            )


def duration(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting of one day lasts so many minutes; silent where its hours are not known."""
    start, end = meeting.start_instant, meeting.end_instant
    if start is None or end is None or meeting.daily:
        return
    minutes = (end.utc - start.utc) // ONE_MINUTE
    least, most = call.option("at_least_minutes"), call.option("at_most_minutes")
    if least is not None and minutes < int(least):
        yield finding(call, "too_short", meeting, minutes=minutes, least=int(least))
    if most is not None and minutes > int(most):
        yield finding(call, "too_long", meeting, minutes=minutes, most=int(most))


def after_event(case: Case, call: RuleCall, meeting: Meeting) -> Iterator[Finding]:
    """A meeting on a topic comes after the event it waits for."""
    topic, event = call.option("topic"), str(call.value("event")).lower()
    if topic and not any(str(topic).lower() in said.lower() for said in meeting.topics):
        return
    for awaited in case.events:
        if event in awaited.title.lower() and meeting.date <= awaited.end_date:
            yield finding(
                call,
                "before_event",
                meeting,
                date=meeting.date.isoformat(),
                event=awaited.title,
                event_date=awaited.end_date.isoformat(),
            )
