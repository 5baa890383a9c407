"""The reasons of a planned series as notices, which stand with its draft."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scheduler.model.mandate import Preferences
from scheduler.model.moment import clock_text
from scheduler.model.problem import Problem, Severity
from scheduler.planning.candidates import Candidate, Field
from scheduler.planning.explanation import Explanation, Loser
from scheduler.planning.scoring import Part, Points
from scheduler.planning.series import LeftOut, Omission
from scheduler.rules.fairness import LocalTime, clock_changes, local_times

_PARTS = {
    Part.HOURS: "fairness of the hour",
    Part.NEARNESS: "nearness to events",
    Part.CLASHES: "freedom from soft clashes",
    Part.LAW: "what is NORMALLY so",
    Part.SPACING: "spacing",
    Part.SHARING: "no bad hour twice running",
    Part.BALANCE: "sharing of bad hours over the series",
}


def why_chosen(explanation: Explanation) -> Problem:
    """Return the notice of one chosen slot: its score by part, each zone's hour, who lost."""
    score = explanation.score
    parts = ", ".join(f"{_PARTS[part]} {points}" for part, points in score.parts)
    said = [f"{_slot(explanation.candidate)} scores {score.of_hundred} of 100 ({parts})"]
    said += [f"there it is {_hours(explanation.local_times)}"] if explanation.local_times else []
    said += [_lost(loser, explanation) for loser in explanation.losers]
    return _notice("slot_chosen", "; ".join(said))


def why_left_out(left_out: Iterable[LeftOut]) -> tuple[Problem, ...]:
    """Return a notice for each day that a rule names and the series does without."""
    return tuple(_notice("day_left_out", f"{_day(day.date)}: {_omission(day)}") for day in left_out)


def doubts_about_hours(
    field: Field, chosen: Sequence[Candidate], preferences: Preferences
) -> Iterator[Problem]:
    """Yield what is to be reconsidered: no slot that is fair to everyone, hours that shift."""
    members = preferences.members
    if members and not any(_is_fair(candidate, preferences) for candidate in field.candidates):
        yield _notice(
            "no_fair_slot", "no slot begins from 06:00 to midnight for the members of all zones"
        )
    for place, member in enumerate(members):
        hours = [local_times(c.start, c.end, members)[place].start for c in chosen]
        if len({hour.time() for hour in hours}) > 1 and len({c.slot for c in chosen}) == 1:
            days = clock_changes(member.zone, preferences.first, preferences.last)
            yield _notice("hours_shift", _shift(member.zone, [f"{h:%H:%M}" for h in hours], days))


def _shift(zone: str, hours: Sequence[str], days: Sequence[date]) -> str:
    changes = f"; clocks change there on {' and '.join(map(_day, days))}" if days else ""
    return f"the hour in {zone} is not the same all along: {', '.join(hours)}{changes}"


def _is_fair(candidate: Candidate, preferences: Preferences) -> bool:
    times = local_times(candidate.start, candidate.end, preferences.members)
    return all(time.is_fair for time in times)


def _lost(loser: Loser, explanation: Explanation) -> str:
    if not loser.lost_points:
        return f"{_slot(loser.candidate)} scores as much, and the seed settled it"
    worse = _worse(loser.worse_than(explanation.score))
    return f"{_slot(loser.candidate)} lost by {loser.lost_points} weighted points{worse}"


def _worse(parts: Points) -> str:
    return f" ({', '.join(f'{_PARTS[part]} -{less}' for part, less in parts)})" if parts else ""


def _hours(times: Iterable[LocalTime]) -> str:
    return ", ".join(f"{time.start:%a %H:%M} {time.zone}" for time in times)


def _slot(candidate: Candidate) -> str:
    return f"{_day(candidate.day)} {clock_text(candidate.slot.start)}"


def _day(day: date) -> str:
    return f"{day:%a} {day.isoformat()}"


def _omission(day: LeftOut) -> str:
    return f"left out, {day.reason}" if day.why is Omission.SKIPPED else f"during {day.reason}"


def _notice(code: str, message: str) -> Problem:
    return Problem(code, Severity.NOTICE, message)
