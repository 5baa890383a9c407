"""Days and moments in words: always with the weekday, the date, the clock time and the zone."""

import datetime as dt

from babel.dates import format_date

from scheduler.model.moment import ANYWHERE_ON_EARTH, Instant, clock_text
from scheduler.wording.languages import Speaker

UTC = "UTC"


def day_in_words(day: dt.date, speaker: Speaker) -> str:
    """Return weekday and date, such as "Tuesday 13 February 2024"."""
    if day.day == 1:
        pattern = speaker.say_in("date pattern, first of a month", "EEEE d MMMM y")
    else:
        pattern = speaker.say_in("date pattern", "EEEE d MMMM y")
    return format_date(day, pattern, locale=speaker.locale)


def date_in_words(day: dt.date, speaker: Speaker) -> str:
    """Return the date without its weekday, such as "13 February 2024"; never for a moment."""
    if day.day == 1:
        pattern = speaker.say_in("date pattern, first of a month", "d MMMM y")
    else:
        pattern = speaker.say_in("date pattern", "d MMMM y")
    return format_date(day, pattern, locale=speaker.locale)


def short_date(day: dt.date, speaker: Speaker) -> str:
    """Return the date with its month shortened, such as "13 Feb 2024"; for tables alone."""
    pattern = speaker.say_in("date pattern, short", "d MMM y")
    return format_date(day, pattern, locale=speaker.locale)


def time_in_words(clock: dt.time) -> str:
    """Return `13:00`, and `23:59:59` where the seconds are not zero."""
    return clock_text(clock)


def hours_in_words(opens: dt.time, closes: dt.time, speaker: Speaker) -> str:
    """Return "13:00–14:30"."""
    return speaker.say(
        "%(opens)s–%(closes)s", opens=time_in_words(opens), closes=time_in_words(closes)
    )


def moment_in_words(instant: Instant, zone: str, speaker: Speaker) -> str:
    """Return "Tuesday 13 February 2024, 23:59:59 (Europe/Zurich, UTC+01:00)"."""
    if zone == UTC:
        return utc_in_words(instant, speaker)
    local = instant.in_zone(zone)
    return speaker.say(
        "%(day)s, %(time)s (%(zone)s)",
        day=day_in_words(local.date(), speaker),
        time=time_in_words(local.time()),
        zone=zone_in_words(instant, zone, speaker),
    )


def utc_in_words(instant: Instant, speaker: Speaker) -> str:
    """Return the moment in UTC with its date: "Tuesday 13 February 2024, 22:59:59 UTC"."""
    return speaker.say(
        "%(day)s, %(time)s UTC",
        day=day_in_words(instant.utc.date(), speaker),
        time=time_in_words(instant.utc.time()),
    )


def span_in_words(start: Instant, end: Instant, zone: str, speaker: Speaker) -> str:
    """Return "Tuesday 20 February 2024, 13:00–14:30 (Europe/Zurich, UTC+01:00)".

    A span over midnight, or over a clock change, names both of its moments in full.
    """
    first, last = start.in_zone(zone), end.in_zone(zone)
    if first.date() != last.date() or first.utcoffset() != last.utcoffset():
        return speaker.say(
            "from %(start)s to %(end)s",
            start=moment_in_words(start, zone, speaker),
            end=moment_in_words(end, zone, speaker),
        )
    hours = hours_in_words(first.time(), last.time(), speaker)
    day = day_in_words(first.date(), speaker)
    if zone == UTC:
        return speaker.say("%(day)s, %(time)s UTC", day=day, time=hours)
    place = zone_in_words(start, zone, speaker)
    return speaker.say("%(day)s, %(time)s (%(zone)s)", day=day, time=hours, zone=place)


def utc_span_in_words(start: Instant, end: Instant, speaker: Speaker) -> str:
    """Return a span in UTC with its date: "Tuesday 20 February 2024, 12:00–13:30 UTC"."""
    return span_in_words(start, end, UTC, speaker)


def zone_in_words(instant: Instant, zone: str, speaker: Speaker) -> str:
    """Return the zone's IANA name and its offset at `instant`: "Europe/Zurich, UTC+01:00"."""
    offset = offset_in_words(instant, zone)
    if zone == ANYWHERE_ON_EARTH:  # whose own name has the sign the wrong way round
        return speaker.say("anywhere on Earth, %(offset)s", offset=offset)
    return f"{zone}, {offset}"


def offset_in_words(instant: Instant, zone: str) -> str:
    """Return the zone's offset at `instant`, such as "UTC+05:30"."""
    minutes = round((instant.in_zone(zone).utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def nearness_in_words(day: dt.date, today: dt.date, speaker: Speaker) -> str:
    """Return "today", "tomorrow" or "in 7 days", counted in dates of one zone."""
    days = (day - today).days
    if days == 0:
        return speaker.say("today")
    if days == 1:
        return speaker.say("tomorrow")
    if days < 0:
        return speaker.say_many("%(count)s day ago", "%(count)s days ago", -days)
    return speaker.say_many("in %(count)s day", "in %(count)s days", days)
