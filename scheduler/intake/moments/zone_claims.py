"""Readers of the single forms in which a text names a time zone."""

from typing import NamedTuple

from scheduler.intake.moments.tokens import Gap, Kind, Page
from scheduler.intake.moments.zone_names import (
    ABBREVIATIONS,
    NO_PLACES,
    PART_HOUR_ZONES,
    REGIONS,
    UTC,
    iana_names,
    places,
)
from scheduler.model.moment import ANYWHERE_ON_EARTH

_UNIVERSAL = frozenset({"utc", "gmt"})
_ANY_CASE = frozenset({"utc", "gmt", "aoe", "cet", "cest"})
_WEST_MOST, _EAST_MOST = -12 * 60, 14 * 60
_HOUR = 60
_LONGEST_NAME = 12  # tokens of "America/Argentina/Buenos_Aires"
_LONGEST_PHRASE = 4  # words of "Australian Eastern Standard Time" before "Time"
_TIME_WORDS = frozenset({"time", "times", "timezone"})
_SUMMER, _WINTER = frozenset({"summer", "daylight"}), frozenset({"standard", "winter"})
_FRENCH_JOINTS = frozenset({"locale", "de", "d", "du", "'", "a", "legale", "normale", "en"})


class Claim(NamedTuple):
    """What one form says: a zone (None where it names none that exists) and what it claims.

    `key` is the abbreviation's key in the table, where the zone still has to be chosen.
    """

    stop: int
    zone: str | None = None
    key: str | None = None
    abbreviation: str | None = None
    offset: int | None = None
    local: bool = False


def read_universal(page: Page, begin: int) -> Claim | None:
    """Read "UTC", "GMT+2", "UTC+05:30", "UTC -0500"."""
    if page.key(begin) not in _UNIVERSAL:
        return None
    shifted = _read_shift(page, begin + 1)
    if shifted is None:
        return Claim(begin + 1, UTC, abbreviation=page.key(begin).upper(), offset=0)
    return shifted


def read_plus(page: Page, begin: int) -> Claim | None:
    """Read "+02:00" or "+0200" right after an hour."""
    digits = page.at(begin + 1)
    long_enough = len(digits.key) == 4 or page.key(begin + 2) == ":"
    return _read_shift(page, begin) if page.key(begin) == "+" and long_enough else None


def read_minus(page: Page, begin: int) -> Claim | None:
    """Read "-05:00" or "-0500" right after an hour with seconds, where it opens no range."""
    digits = page.at(begin + 1)
    long_enough = len(digits.key) == 4 or page.key(begin + 2) == ":"
    return _read_shift(page, begin, stamp=True) if page.key(begin) == "-" and long_enough else None


def _read_shift(page: Page, begin: int, *, stamp: bool = False) -> Claim | None:
    sign, digits = page.at(begin), page.at(begin + 1)
    if sign.key not in {"+", "-"} or sign.gap > Gap.SPACE:
        return None
    if digits.kind is not Kind.NUMBER or not digits.touches or len(digits.key) > 4:
        return None
    hours, minutes = divmod(digits.value, 100) if len(digits.key) > 2 else (digits.value, 0)
    stop = begin + 2
    clock = page.key(stop) == ":" and page.at(stop + 1).touches and page.at(stop).touches
    if clock and page.at(stop + 1).kind is Kind.NUMBER:
        minutes, stop = page.at(stop + 1).value, stop + 2
    total = (hours * _HOUR + minutes) * (-1 if sign.key == "-" else 1)
    exact = len(digits.key) > 2 or clock
    # "13:00 UTC -14:30 UTC" is a range of hours, and so is anything beyond the zones there are
    if sign.key == "-" and exact and (not (sign.touches or stamp) or total < _WEST_MOST):
        return None
    return Claim(stop, fixed_zone(total), offset=total)


def fixed_zone(minutes: int) -> str | None:
    """Return a zone that is always `minutes` ahead of UTC, or None where there is none."""
    if minutes == 0:
        return UTC
    if minutes % _HOUR == 0 and _WEST_MOST <= minutes <= _EAST_MOST:
        # the database counts these the other way round: Etc/GMT-2 is ahead of UTC
        return f"Etc/GMT{-minutes // _HOUR:+d}"
    return PART_HOUR_ZONES.get(minutes)


def read_iana(page: Page, begin: int) -> Claim | None:
    """Read a name of the zone database, such as "America/New_York"."""
    shape = page.key(begin + 1) == "/" and page.at(begin + 1).touches
    if page.at(begin).kind is not Kind.WORD or not shape:
        return None
    best, names = None, iana_names()
    for index in range(begin + 2, begin + _LONGEST_NAME):
        if not page.at(index).touches or page.at(index).kind is Kind.END:
            break
        zone = names.get(page.excerpt(begin, index + 1).casefold())
        best = Claim(index + 1, zone) if zone else best
    return best


def read_unknown(page: Page, begin: int) -> Claim | None:
    """Read what has the form of a zone and is none: "Foo/Bar", "Atlantis time"."""
    first, second = page.at(begin), page.at(begin + 1)
    if first.kind is not Kind.WORD or not first.capital:
        return None
    if second.key == "/" and second.touches:
        last = page.at(begin + 2)
        joined = last.touches and last.kind is Kind.WORD and last.capital
        return Claim(begin + 3) if joined else None
    if first.key in NO_PLACES or first.key in ABBREVIATIONS or second.gap is not Gap.SPACE:
        return None
    if second.key in {"standard", "local"} and page.says(begin + 2, "time"):
        return Claim(begin + 3)
    return Claim(begin + 2) if second.key == "time" else None


def read_abbreviation(page: Page, begin: int) -> Claim | None:
    """Read "CET", "EDT", "AoE"; "CET/CEST" leaves the season open."""
    token = page.at(begin)
    if page.says(begin, "anywhere", "on", "earth"):
        return Claim(begin + 3, ANYWHERE_ON_EARTH, abbreviation="AoE", offset=_WEST_MOST)
    if token.kind is not Kind.WORD or token.key not in ABBREVIATIONS:
        return None
    written = page.text[token.start : token.end]
    if not written.isupper() and token.key not in _ANY_CASE:
        return None
    entry = ABBREVIATIONS[token.key]
    other = ABBREVIATIONS.get(page.key(begin + 2))
    if page.key(begin + 1) == "/" and other and other.zones == entry.zones:
        return Claim(begin + 3, key=token.key)
    return Claim(begin + 1, key=token.key, abbreviation=written, offset=entry.offset)


def read_place(page: Page, begin: int, *, bare: bool) -> Claim | None:
    """Read "Geneva time", "Central European Summer Time"; `bare` also "Geneva", "Eastern"."""
    if page.at(begin).kind is not Kind.WORD or not page.at(begin).capital:
        return None
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase, stop = _phrase(page, begin, length)
        zone = places().get(phrase)
        region = REGIONS.get(phrase)
        if zone is None and region is None:
            continue
        named = _read_time_word(page, stop, region or (zone, None, None))
        if named or bare:
            return named or Claim(stop, region[0] if region else zone)
    return None


def _phrase(page: Page, begin: int, length: int) -> tuple[str, int]:
    words, index = [page.key(begin)], begin + 1
    while len(words) < length:
        index += page.key(index) == "-"
        if page.at(index).kind is not Kind.WORD or page.at(index).gap > Gap.LINE:
            return "", begin
        words.append(page.key(index))
        index += 1
    return " ".join(words), index


def _read_time_word(
    page: Page, begin: int, region: tuple[str | None, str | None, str | None]
) -> Claim | None:
    zone, winter, summer = region
    index, abbreviation = begin, None
    if not page.at(index).near:
        return None
    if page.key(index) in _SUMMER | _WINTER:
        abbreviation = summer if page.key(index) in _SUMMER else winter
        index += 1
    elif page.says(index, "(", "local", "time", ")"):
        return Claim(index + 4, zone)
    index += page.key(index) == "local"
    if page.key(index) not in _TIME_WORDS:
        return None
    index += 2 if page.says(index, "time", "zone") else 1
    offset = ABBREVIATIONS[abbreviation.lower()].offset if abbreviation else None
    return Claim(index, zone, abbreviation=abbreviation, offset=offset)


def read_time_of_place(page: Page, begin: int) -> Claim | None:
    """Read "local time in Geneva", "local time", "heure de Genève", "heure locale"."""
    index = begin
    local = page.key(index) == "local"
    index += local
    if page.key(index) in {"time", "times"}:
        index += 1
        opened = page.key(index) == "("
        joined = page.key(index) in {"in", "of", "at"} or opened
        place = read_place(page, index + 1, bare=True) if joined else None
        if place and opened:
            closed = page.key(place.stop) == ")"
            place = place._replace(stop=place.stop + 1) if closed else None
        return place or (Claim(index, local=True) if local else None)
    return None if local else _read_french(page, begin)


def _read_french(page: Page, begin: int) -> Claim | None:
    if page.key(begin) not in {"heure", "heures", "hora"}:
        return None
    index, local = begin + 1, False
    summer = winter = False
    while index < begin + 8 and page.at(index).near:
        key = page.key(index)
        local, summer, winter = (
            local or key == "locale",
            summer or key == "ete",
            winter or key == "hiver",
        )
        if key not in _FRENCH_JOINTS | {"ete", "hiver", "local"}:
            break
        index += 1
    place = read_place(page, index, bare=True) if index > begin + 1 else None
    if place is None:
        return Claim(begin + 2, local=True) if local else None
    region = REGIONS.get(" ".join(page.key(n) for n in range(index, place.stop)))
    abbreviation = (region[2] if summer else region[1]) if region and (summer or winter) else None
    offset = ABBREVIATIONS[abbreviation.lower()].offset if abbreviation else None
    return place._replace(abbreviation=abbreviation, offset=offset)
