"""Time zones as a text names them, and the one that is meant."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.intake.moments.found import Context, Span, ZoneFound
from scheduler.intake.moments.lexicon import words
from scheduler.intake.moments.sentences import offset_in_words
from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.intake.moments.zone_claims import (
    Claim,
    read_abbreviation,
    read_iana,
    read_minus,
    read_place,
    read_plus,
    read_time_of_place,
    read_universal,
    read_unknown,
)
from scheduler.intake.moments.zone_names import ABBREVIATIONS, UTC, Abbreviation
from scheduler.model.moment import ANYWHERE_ON_EARTH
from scheduler.model.problem import Problem, Severity

_FIXED = frozenset({UTC, ANYWHERE_ON_EARTH})
_ANY_YEAR = 2024
_OPENERS = frozenset({"(", "["})
_CLOSERS = frozenset({")", "]"})
_CUES = words("time times zone zones timezone heure heures horaires")
_BETWEEN_CUE_AND_ZONE = words(
    "are is in given provided stated shown expressed indicated the all : = ( - en sont "
    "indiquees local"
)
_LOOK_BACK = 7


def read_zone_after(
    page: Page, begin: int, context: Context, *, bare: bool = False
) -> tuple[ZoneFound, int] | None:
    """Read the zone that follows an hour directly, after a comma, or in parentheses.

    `bare` takes a place without the word "time" too ("07:00 New York").
    """
    token = page.at(begin)
    if not token.near:
        return None
    claim = read_plus(page, begin) or _read_stamp_end(page, begin)
    if claim is None and token.key in _OPENERS:
        return _read_enclosed(page, begin, context)
    index = begin + (1 if token.key in {",", "in"} else 0)
    comma = token.key == ","
    claim = claim or _read_any(page, index) or read_place(page, index, bare=bare)
    if claim is None and not comma:
        claim = _read_bare_region(page, index) or read_unknown(page, index)
    if claim is None or (comma and page.at(index).key in {"et", "pt", "ct", "mt"}):
        return None
    return _finish(page, index, claim, context)


def _read_stamp_end(page: Page, begin: int) -> Claim | None:
    """Read the offset of "13:00:00-05:00", where a dash is unlikely to open a range."""
    colons = page.key(begin - 2) == ":" and page.key(begin - 4) == ":"
    # "28 April: 10:00-12:00" has a colon of its own before the hour
    seconds = colons and page.at(begin - 3).touches and page.at(begin - 4).touches
    return read_minus(page, begin) if seconds else None


def _read_enclosed(page: Page, begin: int, context: Context) -> tuple[ZoneFound, int] | None:
    claim = _read_any(page, begin + 1) or read_place(page, begin + 1, bare=True)
    claim = claim or read_unknown(page, begin + 1)
    if claim is None:
        return None
    found, stop = _finish(page, begin + 1, claim, context)
    return (found, stop + 1) if page.key(stop) in _CLOSERS else None


def read_zone_alone(page: Page, begin: int, context: Context) -> tuple[ZoneFound, int] | None:
    """Read a zone that stands by itself, as in "all times are Geneva time"."""
    if page.at(begin).kind is not Kind.WORD or not page.alone(begin):
        return None
    claim = read_iana(page, begin) or read_time_of_place(page, begin)
    claim = claim or read_place(page, begin, bare=_is_cued(page, begin))
    claim = claim or _read_alone_abbreviation(page, begin)
    if claim is None and _is_cued(page, begin):
        claim = read_unknown(page, begin)
    if claim is None and page.says(begin + 1, "time", "zone"):
        claim = read_unknown(page, begin)
        claim = claim._replace(stop=begin + 3) if claim else None
    return _finish(page, begin, claim, context) if claim else None


def _read_alone_abbreviation(page: Page, begin: int) -> Claim | None:
    claim = read_universal(page, begin) or read_abbreviation(page, begin)
    if claim is None or claim.key is None:
        return claim
    named = page.key(claim.stop) in {"time", "times"}
    if ABBREVIATIONS[claim.key].plain and not (named or _is_cued(page, begin)):
        return None
    enclosed = page.key(begin - 1) in _OPENERS and page.key(claim.stop) in _CLOSERS
    explained = _merge(page, claim).stop > claim.stop
    sure = named or enclosed or explained or claim.key == "aoe"
    return claim if sure or _is_cued(page, begin) else None


def _is_cued(page: Page, begin: int) -> bool:
    """Tell whether "times are given in" or the like leads up to this token."""
    for index in range(begin - 1, begin - _LOOK_BACK, -1):
        if page.key(index) in _CUES:
            return True
        if page.key(index) not in _BETWEEN_CUE_AND_ZONE:
            return False
    return False


def _read_any(page: Page, begin: int) -> Claim | None:
    token = page.at(begin)
    if not token.near or token.kind is not Kind.WORD:
        return None
    claim = (
        read_universal(page, begin) or read_iana(page, begin) or read_place(page, begin, bare=False)
    )
    claim = claim or read_time_of_place(page, begin)
    if claim is None and token.gap <= Gap.LINE:
        claim = read_abbreviation(page, begin)
        # in capitals "ET" may be French for "and"
        if claim and claim.key == "et" and page.at(claim.stop).kind is Kind.NUMBER:
            return None
    return claim


def _read_bare_region(page: Page, begin: int) -> Claim | None:
    """Read "1 pm Eastern"."""
    if page.key(begin) in {"eastern", "central", "mountain", "pacific"}:
        return read_place(page, begin, bare=True)
    return None


def _finish(page: Page, begin: int, claim: Claim, context: Context) -> tuple[ZoneFound, int]:
    merged = _merge(page, claim)
    stop = merged.stop
    if page.key(stop) in {"time", "times"} and page.at(stop).gap is Gap.SPACE:
        stop += 2 if page.says(stop, "time", "zone") else 1
    text = page.excerpt(begin, stop)
    zone, offset = merged.zone, merged.offset
    candidates: tuple[str, ...] = ()
    if merged.key is not None and zone is None:
        zone, offset, candidates = _choose(merged, ABBREVIATIONS[merged.key], context)
    found = ZoneFound(
        span=Span(page.at(begin).start, page.at(stop - 1).end),
        text=text,
        zone=zone,
        candidates=candidates,
        abbreviation=merged.abbreviation,
        offset_minutes=offset,
        local=merged.local,
        problems=tuple(_problems(text, zone, candidates, merged)),
    )
    return found, stop


def _merge(page: Page, claim: Claim) -> Claim:
    """Add what stands in parentheses behind a zone: "Geneva time (CET)", "CET (UTC+1)"."""
    if page.key(claim.stop) not in _OPENERS or not page.at(claim.stop).near:
        return claim
    other = _read_any(page, claim.stop + 1) or read_place(page, claim.stop + 1, bare=True)
    if other is None or page.key(other.stop) not in _CLOSERS:
        return claim
    # a place says more than an abbreviation, and that more than a mere distance from UTC
    best, rest = (other, claim) if _weight(other) > _weight(claim) else (claim, other)
    return best._replace(
        stop=other.stop + 1,
        abbreviation=best.abbreviation or rest.abbreviation,
        offset=best.offset if best.offset is not None else rest.offset,
    )


def _weight(claim: Claim) -> int:
    if claim.zone is not None and claim.offset is None:
        return 2
    return 1 if claim.key is not None or claim.abbreviation is not None else 0


def _choose(
    claim: Claim, entry: Abbreviation, context: Context
) -> tuple[str | None, int | None, tuple[str, ...]]:
    """Return the zone an abbreviation means here, what it claims, and what else it could mean.

    The zone of the context is preferred where it goes by that abbreviation itself.
    """
    zone: str | None = entry.zones[0]
    if context.zone is not None and entry.zones[0] not in _FIXED:
        if _seasons(context, context.zone).keys() & entry.names or context.zone in entry.zones:
            zone = context.zone
        elif entry.shared:
            zone = None
    elif entry.shared:
        zone = None
    if zone is None:
        return None, None, entry.zones
    offset = claim.offset
    if offset is None and claim.abbreviation and len(entry.names) == 1:
        seasons = _seasons(context, zone)
        offset = next((seasons[name] for name in entry.names if name in seasons), None)
    return zone, offset, ()


def _seasons(context: Context, zone: str) -> dict[str, int]:
    """Return what a zone calls itself in January and July, and its minutes from UTC then."""
    year = context.speaks_on.year if context.speaks_on else _ANY_YEAR
    try:
        info = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return {}
    moments = (dt.datetime(year, month, 1, 12, tzinfo=info) for month in (1, 7))
    return {
        moment.tzname() or "": round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
        for moment in moments
    }


def _problems(
    text: str, zone: str | None, candidates: tuple[str, ...], claim: Claim
) -> Iterator[Problem]:
    if zone is not None or claim.local:
        return
    if candidates:
        message = f"{text!r} may mean {' or '.join(candidates)}; name the zone in full"
        yield Problem("ambiguous_zone_abbreviation", Severity.ERROR, message)
    elif claim.offset is not None:
        message = f"no time zone keeps {offset_in_words(claim.offset)} all year; name the zone"
        yield Problem("unknown_zone", Severity.ERROR, message)
    else:
        message = (
            f"{text!r} is not a known time zone; "
            "give an IANA name such as Europe/Zurich or Asia/Tokyo"
        )
        yield Problem("unknown_zone", Severity.ERROR, message)
