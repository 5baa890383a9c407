"""A time or range of times as written, with its zone, before it is judged."""

from typing import NamedTuple

from scheduler.intake.moments import lexicon
from scheduler.intake.moments.clocks import Clock, Style, read_clock
from scheduler.intake.moments.durations import read_duration_after
from scheduler.intake.moments.figures import read_to
from scheduler.intake.moments.found import Context, Convention, ZoneFound
from scheduler.intake.moments.tokens import Kind, Page
from scheduler.intake.moments.zones import read_zone_after

_CONVERSION_OPENERS = frozenset({"(", "/", "="})


class Written(NamedTuple):
    """A clock time, a range, or a convention such as "COB", from token `begin` to `stop`."""

    begin: int
    stop: int
    first: Clock | None
    last: Clock | None = None
    minutes: int | None = None
    zone: ZoneFound | None = None
    convention: Convention | None = None


def read_written(page: Page, begin: int, context: Context, *, bare: bool = False) -> Written | None:
    """Read a time at token `begin`; `bare` lets a place without "time" name its zone."""
    if page.at(begin).kind is Kind.WORD and page.key(begin) not in lexicon.NAMED_HOURS:
        return _read_convention(page, begin, context)
    first = read_clock(page, begin)
    if first is None:
        return None
    written = Written(begin, first.stop, first, convention=first.convention)
    written = _read_zone(page, written, context, bare=bare)
    return _read_end(page, written, context, bare=bare)


def _read_zone(page: Page, written: Written, context: Context, *, bare: bool) -> Written:
    zone = read_zone_after(page, written.stop, context, bare=bare)
    if zone is None:
        # "13:00 Geneva / 07:00 New York": the places are zones, since hours stand beside both
        zone = read_zone_after(page, written.stop, context, bare=True)
        if zone is None or not _opens_conversion(page, zone[1]):
            return written
    return written._replace(zone=zone[0], stop=zone[1])


def _opens_conversion(page: Page, index: int) -> bool:
    return page.key(index) in _CONVERSION_OPENERS and page.at(index + 1).kind is Kind.NUMBER


def _read_end(page: Page, written: Written, context: Context, *, bare: bool) -> Written:
    onward = _read_connector(page, written)
    last = read_clock(page, onward) if onward is not None and page.at(onward).near else None
    if last and written.first and _fit(written.first, last):
        ended = written._replace(last=last, stop=last.stop)
        ended = _read_zone(page, ended, context, bare=bare)
        if written.zone is None or ended.zone in (None, written.zone) or _same(written, ended):
            return ended if Style.BARE is not last.style or ended.zone else written
    duration = read_duration_after(page, written.stop)
    if duration is None:
        return written
    lasting = written._replace(minutes=duration[0], stop=duration[1])
    return lasting if written.zone else _read_zone(page, lasting, context, bare=bare)


def _same(written: Written, ended: Written) -> bool:
    return bool(written.zone and ended.zone and written.zone.zone == ended.zone.zone)


def _read_connector(page: Page, written: Written) -> int | None:
    between = page.key(written.begin - 1) in lexicon.BETWEEN
    if between and page.key(written.stop) in {"and", "et", "und"}:
        return written.stop + 1
    return read_to(page, written.stop)


def _fit(first: Clock, last: Clock) -> bool:
    """Tell whether two clock times may be the ends of one range, by the way they are written."""
    if Style.FIGURES in (first.style, last.style):
        mixed = first.style is not last.style
        if mixed and any(clock.is_like_year for clock in (first, last)):
            return False
        return {first.style, last.style} <= {Style.FIGURES, Style.COLON, Style.NAMED}
    if first.style is Style.BARE:
        return bool(last.half) or last.style in (Style.COLON, Style.HOUR, Style.BARE, Style.NAMED)
    return last.style is not Style.BARE


def _read_convention(page: Page, begin: int, context: Context) -> Written | None:
    """Read "COB", "close of business (17:00 CET)", "end of day Geneva time"."""
    rows = lexicon.CONVENTIONS_BY_WORD.get(page.key(begin), ())
    row = next((row for row in rows if page.says(begin, *row[0])), None)
    if row is None:
        return None
    stop = begin + len(row[0])
    idiom = page.says(begin - 2, "at", "the") and page.key(stop) == ","
    if idiom:
        return None
    written = Written(begin, stop, None, convention=row[1])
    return _read_hour_of(page, written, context) or _read_zone(page, written, context, bare=False)


def _read_hour_of(page: Page, written: Written, context: Context) -> Written | None:
    index = written.stop
    opened = page.key(index) == "("
    index += opened or page.key(index) == ","
    clock = read_clock(page, index) if page.at(index).near else None
    if clock is None or clock.style in (Style.BARE, Style.NAMED):
        return None
    timed = written._replace(first=clock, stop=clock.stop)
    timed = _read_zone(page, timed, context, bare=opened)
    closed = opened and page.key(timed.stop) == ")"
    return timed._replace(stop=timed.stop + closed)
