"""What a stated zone or conversion claims, against what the zone database says of that day."""

import datetime as dt
from zoneinfo import ZoneInfo

from scheduler.intake.moments.found import TimeFound, ZoneFound
from scheduler.intake.moments.sentences import in_words, offset_in_words
from scheduler.model.problem import Problem, Severity

_NOON = dt.time(12)


def check_zone(day: dt.date, clock: dt.time | None, stated: ZoneFound) -> tuple[Problem, ...]:
    """Compare the stated abbreviation or offset with what its zone keeps on `day` at `clock`.

    "CET" for a day in summer is a contradiction: `zone_abbreviation_season_mismatch`. A claim in
    figures ("Geneva time (UTC+1)") that is wrong is a `zone_conversion_mismatch`. The meeting
    keeps its wall time in the zone's own region either way.
    """
    if stated.zone is None or stated.offset_minutes is None:
        return ()
    moment = dt.datetime.combine(day, clock or _NOON, ZoneInfo(stated.zone))
    kept = _offset(moment)
    # in the hour that a clock change repeats, either reading may be meant
    if stated.offset_minutes in (kept, _offset(moment.replace(fold=1))):
        return ()
    code = (
        "zone_abbreviation_season_mismatch" if stated.abbreviation else "zone_conversion_mismatch"
    )
    message = (
        f"{stated.text!r} means {offset_in_words(stated.offset_minutes)}, but on {in_words(day)} "
        f"{stated.zone} keeps {offset_in_words(kept)} ({moment.tzname()}); "
        "the wall time in that zone was kept"
    )
    return (Problem(code, Severity.WARNING, message),)


def check_conversion(
    day: dt.date, statement: TimeFound, conversion: TimeFound, zone: str
) -> tuple[Problem, ...]:
    """Compare a time on `day` with its restatement for another zone.

    `zone` is the one of the statement where it names none. A restatement may fall on the day
    before or after without saying so. Wrong ones give `zone_conversion_mismatch`.
    """
    if conversion.zone is None:
        return ()
    home = ZoneInfo(statement.zone or zone)
    away = ZoneInfo(conversion.zone)
    pairs = ((statement.start, conversion.start), (statement.end, conversion.end))
    offsets = (statement.start_day_offset, statement.end_day_offset)
    for (stated, restated), days in zip(pairs, offsets, strict=True):
        if stated is None or restated is None:
            continue
        moment = dt.datetime.combine(day + dt.timedelta(days=days), stated, home)
        there = moment.astimezone(away)
        if there.time().replace(fold=0) != restated:
            message = (
                f"{statement.text!r} on {in_words(day)} is {there:%H:%M} in {conversion.zone}, "
                f"but the text says {conversion.text!r}"
            )
            return (Problem("zone_conversion_mismatch", Severity.WARNING, message),)
    return ()


def _offset(moment: dt.datetime) -> int:
    return round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
